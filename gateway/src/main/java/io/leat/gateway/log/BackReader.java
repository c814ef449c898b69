package io.leat.gateway.log;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads of a log's past: a few consumers that serve all readers in turn, a small batch at a time, so that a reader costs
 * what it has been given and no consumer of its own. Thread-safe.
 */
final class BackReader implements Past {

    /** Taken from the client at once: few, because a packed fetch may unfold to many times its size. */
    private static final int FEW_RECORDS = 64;
    /** Of a batch as it is held, and of a fetch. */
    private static final int MAX_BYTES = 256 << 10;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BATCH_WITHIN = Duration.ofSeconds(4);

    private final KafkaSettings kafka;
    private final List<TopicPartition> partitions;
    private final BlockingQueue<KafkaConsumer<byte[], byte[]>> idle = new LinkedBlockingQueue<>();
    private final ExecutorService threads;

    BackReader(KafkaSettings kafka, String topic, int partitionCount, int consumers) {
        this.kafka = kafka;
        this.partitions = partitions(topic, partitionCount);
        this.threads = Executors.newFixedThreadPool(consumers, work -> {
            Thread thread = new Thread(work, "leat-gateway-past-" + topic);
            thread.setDaemon(true);
            return thread;
        });
    }

    static List<TopicPartition> partitions(String topic, int count) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            partitions.add(new TopicPartition(topic, p));
        }
        return List.copyOf(partitions);
    }

    @Override
    public Future<Batch> read(Place from) {
        return with(consumer -> batch(consumer, from));
    }

    @Override
    public Future<Ends> ends(long thinnedBefore) {
        return with(consumer -> {
            long[] end = offsets(consumer.endOffsets(partitions));
            return new Ends(offsets(consumer.beginningOffsets(partitions)), at(consumer, thinnedBefore, end), end);
        });
    }

    @Override
    public Future<Place> since(long millis) {
        return with(consumer -> Place.at(at(consumer, millis, offsets(consumer.endOffsets(partitions)))));
    }

    @Override
    public Future<Survivors> survivors(Place from) {
        long[] end = Objects.requireNonNull(from.snapshotEnd());
        return with(consumer -> {
            Survivors.Search search = new Survivors.Search(partitions.size());
            do {
                Place at = from;
                while (!at.reaches(end)) {
                    Batch batch = batch(consumer, at);
                    batch.changes().forEach(search::saw);
                    if (batch.after().equals(at)) {
                        throw new IllegalStateException("the log cannot be read at the moment");
                    }
                    at = batch.after();
                }
            } while (search.goesOn());
            return search.found();
        });
    }

    /** Within a snapshot nothing beyond its end is read, of no partition. */
    private Batch batch(KafkaConsumer<byte[], byte[]> consumer, Place from) {
        long[] end = from.snapshotEnd();
        List<TopicPartition> wanted = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            long next = from.next(partition.partition());
            if (consumer.position(partition) != next) {
                consumer.seek(partition, next);
            }
            if (end == null || next < end[partition.partition()]) {
                wanted.add(partition);
            }
        }
        consumer.pause(partitions);
        consumer.resume(wanted);
        long deadline = System.nanoTime() + BATCH_WITHIN.toNanos();
        List<Told> changes = new ArrayList<>();
        Place place = from;
        long bytes = 0;
        boolean more = true;
        while (more && bytes < MAX_BYTES && System.nanoTime() < deadline) {
            var records = consumer.poll(place.equals(from) ? POLL : Duration.ZERO);
            Set<TopicPartition> complete = new HashSet<>(wanted);
            for (ConsumerRecord<byte[], byte[]> rec : records) {
                if (bytes >= MAX_BYTES) {
                    complete.remove(partitions.get(rec.partition()));
                } else if (end == null || rec.offset() < end[rec.partition()]) {
                    place = place.after(rec.partition(), rec.offset());
                    if (rec.value() != null && rec.key() != null) {
                        changes.add(new Told(rec.partition(), rec.offset(), rec.key(), rec.value(), place));
                        bytes += rec.value().length + rec.key().length;
                    }
                }
            }
            for (TopicPartition partition : complete) {
                int p = partition.partition();
                long position = consumer.position(partition);
                place = place.after(p, (end == null ? position : Math.min(position, end[p])) - 1);
            }
            more = place.equals(from) || !records.isEmpty();
        }
        return new Batch(changes, place);
    }

    private long[] at(KafkaConsumer<byte[], byte[]> consumer, long millis, long[] end) {
        Map<TopicPartition, Long> moments = new HashMap<>();
        partitions.forEach(partition -> moments.put(partition, Math.max(0, millis)));
        long[] offsets = end.clone();
        consumer.offsetsForTimes(moments).forEach((partition, found) -> {
            OffsetAndTimestamp first = found;
            if (first != null) {
                offsets[partition.partition()] = Math.min(first.offset(), end[partition.partition()]);
            }
        });
        return offsets;
    }

    private static long[] offsets(Map<TopicPartition, Long> byPartition) {
        long[] offsets = new long[byPartition.size()];
        byPartition.forEach((partition, offset) -> offsets[partition.partition()] = offset);
        return offsets;
    }

    private <T> Future<T> with(Function<KafkaConsumer<byte[], byte[]>, T> work) {
        Promise<T> promise = Promise.promise();
        try {
            threads.execute(() -> answer(promise, work));
        } catch (RejectedExecutionException e) {
            promise.tryFail(e);
        }
        return promise.future();
    }

    private <T> void answer(Promise<T> promise, Function<KafkaConsumer<byte[], byte[]>, T> work) {
        KafkaConsumer<byte[], byte[]> consumer = null;
        try {
            if (threads.isShutdown()) {
                throw new IllegalStateException("the log is not read any more");
            }
            consumer = idle.poll();
            if (consumer == null) {
                consumer = open();
            }
            promise.complete(work.apply(consumer));
            idle.add(consumer);
        } catch (RuntimeException | Error e) {
            if (consumer != null) {
                close(consumer);
            }
            promise.tryFail(e);
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.reader(Map.of(
                        "max.poll.records", Integer.toString(FEW_RECORDS),
                        "fetch.max.bytes", Integer.toString(MAX_BYTES),
                        "max.partition.fetch.bytes", Integer.toString(MAX_BYTES / 2))),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions);
        return consumer;
    }

    private static void close(KafkaConsumer<byte[], byte[]> consumer) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    @Override
    public void close() {
        threads.shutdownNow().forEach(Runnable::run); // who asked is told that there is no answer
        try {
            boolean unused = threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        idle.forEach(BackReader::close);
        idle.clear();
    }
}

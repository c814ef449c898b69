package io.leat.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from beginning to end with a plain consumer, without a group, and leaves no trace.
 *
 * <p>The end is where the topic ended when reading began. For committed records that is no sooner known than every
 * transaction is over: the reader waits for it.
 *
 * @param bootstrap the broker's address
 * @param isolation whether to see records of open and aborted transactions
 * @param deadline the longest one whole read may take
 * @param properties further settings of the clients
 */
public record TopicReader(
        String bootstrap, IsolationLevel isolation, Duration deadline, Map<String, Object> properties) {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_MILLIS = 20;

    public TopicReader {
        properties = Map.copyOf(properties);
    }

    /** Reads committed records, for at most 10 minutes. */
    public static TopicReader committed(String bootstrap) {
        return new TopicReader(bootstrap, IsolationLevel.READ_COMMITTED, Duration.ofMinutes(10), Map.of());
    }

    /** Reads all records, for at most 10 minutes. */
    public static TopicReader uncommitted(String bootstrap) {
        return new TopicReader(bootstrap, IsolationLevel.READ_UNCOMMITTED, Duration.ofMinutes(10), Map.of());
    }

    /** Reads everything. Partitions interleave; each is in its order. */
    public Read read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        return read(topic, Map.of(), records, count -> {});
    }

    /**
     * Reads from given offsets.
     *
     * @param from the first offset by partition; a partition not named is read from its beginning. An offset the topic
     *     no longer has is an error
     * @param progress told the number of records so far, after each batch
     */
    public Read read(
            String topic,
            Map<Integer, Long> from,
            Consumer<ConsumerRecord<byte[], byte[]>> records,
            LongConsumer progress) {
        Limit limit = new Limit(System.nanoTime() + deadline.toNanos());
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings())) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(topic, limit.left("listing partitions"))
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            Map<TopicPartition, Long> ends = ends(partitions, limit);
            consumer.assign(partitions);
            consumer.beginningOffsets(partitions)
                    .forEach((partition, earliest) ->
                            consumer.seek(partition, from.getOrDefault(partition.partition(), earliest)));
            long count = 0;
            while (!isThere(consumer, ends)) {
                limit.left("reading " + topic + ", " + count + " records so far");
                ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> rec : batch) {
                    if (rec.offset() < ends.getOrDefault(new TopicPartition(rec.topic(), rec.partition()), 0L)) {
                        records.accept(rec);
                        count++;
                    }
                }
                progress.accept(count);
            }
            Map<Integer, Long> next = new TreeMap<>();
            ends.forEach((partition, end) -> next.put(partition.partition(), end));
            return new Read(count, next);
        }
    }

    /**
     * How a read went.
     *
     * @param count records given
     * @param next by partition, the offset a next read may start from
     */
    public record Read(long count, Map<Integer, Long> next) {}

    /** Positions rather than records tell the end: the last offsets may be markers of transactions. */
    private static boolean isThere(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<TopicPartition> done = new ArrayList<>();
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (consumer.position(end.getKey()) >= end.getValue()) {
                done.add(end.getKey());
            }
        }
        consumer.pause(done);
        return done.size() == ends.size();
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, Limit limit) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        try (Admin admin = Admin.create(settings)) {
            Waiting first = new Waiting(limit, "listing offsets of " + partitions);
            Map<TopicPartition, Long> written = latest(admin, partitions, IsolationLevel.READ_UNCOMMITTED, first);
            if (isolation == IsolationLevel.READ_UNCOMMITTED) {
                return written;
            }
            Map<TopicPartition, Long> stable = latest(admin, partitions, IsolationLevel.READ_COMMITTED, first);
            while (!written.equals(stable)) {
                Thread.sleep(PAUSE_MILLIS);
                Waiting open =
                        new Waiting(limit, "waiting for open transactions: stable " + stable + ", written " + written);
                stable = latest(admin, partitions, IsolationLevel.READ_COMMITTED, open);
                written = latest(admin, partitions, IsolationLevel.READ_UNCOMMITTED, open);
            }
            return stable;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Map<TopicPartition, Long> latest(
            Admin admin, Collection<TopicPartition> partitions, IsolationLevel level, Waiting waiting)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            admin.listOffsets(asked, new ListOffsetsOptions(level))
                    .all()
                    .get(waiting.left().toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, info) -> offsets.put(partition, info.offset()));
        } catch (TimeoutException e) {
            throw new IllegalStateException("the deadline passed while " + waiting.doing(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot list offsets of " + partitions, e);
        }
        return offsets;
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    /** When reading has to be over. */
    private record Limit(long endNanos) {

        /** The time left; an error that says what was going on if there is none. */
        Duration left(String doing) {
            long left = endNanos - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("the deadline passed while " + doing);
            }
            return Duration.ofNanos(left);
        }
    }

    /** A limit and what it is spent on. */
    private record Waiting(Limit limit, String doing) {
        Duration left() {
            return limit.left(doing);
        }
    }
}

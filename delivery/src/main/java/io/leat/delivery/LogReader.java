package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.lane.Cursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the change log once for all clients. Gateways share its partitions through one consumer group; a partition that
 * is taken away is given up only when what was under way has ended, or after a few seconds.
 */
final class LogReader implements ConsumerRebalanceListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    static final Duration SESSION = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofSeconds(8);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration IDLE_COMMIT = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final SubscriptionBook book;
    private final Cursors cursors;
    private final Office office;
    private final Map<TopicPartition, PartitionLanes> open = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Set<TopicPartition> unopened = new HashSet<>();
    private final Lease lease;
    private long seenVersion = -1;
    private long idleCommittedAt = System.nanoTime();
    private volatile boolean closing;

    /** Until when the gateway may take its partitions for its own. */
    static final class Lease {
        private volatile long renewedAt = System.nanoTime();

        void renew() {
            renewedAt = System.nanoTime();
        }

        boolean holds() {
            return System.nanoTime() - renewedAt < LEASE.toNanos();
        }
    }

    /**
     * A reader.
     *
     * @param settings of a consumer in the gateways' group
     */
    LogReader(
            String topic,
            Map<String, Object> settings,
            SubscriptionBook book,
            Cursors cursors,
            Office office,
            Lease lease) {
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topic = topic;
        this.book = book;
        this.cursors = cursors;
        this.office = office;
        this.lease = lease;
    }

    /** Reads until it is closed or interrupted; then it is of no more use. */
    void run() throws InterruptedException {
        try {
            consumer.subscribe(List.of(topic), this);
            while (!closing) {
                try {
                    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                    lease.renew();
                    dispatch(records);
                    openWhatWaits();
                    commitIdleNowAndThen();
                } catch (WakeupException e) {
                    LOG.debug("woken");
                } catch (InterruptException e) {
                    throw new InterruptedException();
                } catch (KafkaException e) {
                    LOG.warn("The change log cannot be read at the moment: {}", e.toString());
                    Thread.sleep(POLL.toMillis());
                }
            }
        } finally {
            boolean unused = Thread.interrupted(); // so that what was taken is given back in good order
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(DRAIN.plusSeconds(2)));
        }
    }

    private void dispatch(ConsumerRecords<byte[], byte[]> records) {
        for (Map.Entry<TopicPartition, PartitionLanes> entry : open.entrySet()) {
            TopicPartition partition = entry.getKey();
            List<Told> changes = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> rec : records.records(partition)) {
                Told told = Told.of(rec);
                if (told != null) {
                    changes.add(told);
                }
            }
            long position = consumer.position(partition);
            long before = positions.getOrDefault(partition, -1L);
            if (position < before) {
                throw new IllegalStateException(partition + " has been made anew: it ended before " + before);
            }
            if (!changes.isEmpty() || position != before) {
                positions.put(partition, position);
                PartitionLanes lanes = entry.getValue();
                await(() -> lanes.arrived(changes, position));
            }
        }
    }

    /** Waits, so that no more is read than lanes can be told. */
    private void await(Runnable task) {
        try {
            office.thread().submit(task).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("lanes failed", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void openWhatWaits() {
        long version = book.version();
        boolean misses = false;
        for (PartitionLanes lanes : open.values()) {
            misses |= lanes.misses();
        }
        if (unopened.isEmpty() && version == seenVersion && !misses) {
            return;
        }
        Map<String, Standing> all = book.all();
        Set<TopicPartition> partitions = new HashSet<>(open.keySet());
        partitions.addAll(unopened);
        Map<String, Map<Integer, Cursor>> committed = cursors.load(
                all.keySet(), partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet()));
        for (TopicPartition partition : partitions) {
            Map<String, Cursor> from = new HashMap<>();
            all.forEach((name, standing) -> {
                Cursor cursor = committed.getOrDefault(name, Map.of()).get(partition.partition());
                from.put(name, start(partition, standing, cursor));
            });
            PartitionLanes lanes = open.computeIfAbsent(partition, fresh -> begin(fresh, from.values()));
            await(() -> {
                lanes.lanes().stream()
                        .map(ClientLane::name)
                        .filter(name -> !all.containsKey(name))
                        .forEach(lanes::forget);
                all.forEach((name, standing) -> lanes.open(standing, from.get(name)));
            });
            unopened.remove(partition);
        }
        seenVersion = version;
    }

    private PartitionLanes begin(TopicPartition partition, Collection<Cursor> cursors) {
        long head = cursors.stream().mapToLong(Cursor::position).max().orElseGet(() -> end(partition));
        consumer.seek(partition, head);
        consumer.resume(List.of(partition));
        return new PartitionLanes(office, partition.partition(), head);
    }

    private Cursor start(TopicPartition partition, Standing standing, @org.jspecify.annotations.Nullable Cursor known) {
        if (known != null && known.epoch() >= standing.epoch()) {
            return known.within(beginning(partition), end(partition));
        }
        if (standing.epoch() > 0) {
            return Cursor.at(standing.epoch(), since(partition, standing.replayFromMillis()));
        }
        return Cursor.at(
                0, standing.subscription().from() == Subscription.From.NOW ? end(partition) : beginning(partition));
    }

    private long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private long beginning(TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private long since(TopicPartition partition, long millis) {
        OffsetAndTimestamp found =
                consumer.offsetsForTimes(Map.of(partition, millis)).get(partition);
        return found == null ? end(partition) : found.offset();
    }

    private void commitIdleNowAndThen() {
        if (System.nanoTime() - idleCommittedAt > IDLE_COMMIT.toNanos()) {
            idleCommittedAt = System.nanoTime();
            await(() -> open.values().forEach(PartitionLanes::commitIdle));
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        unopened.addAll(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        List<PartitionLanes> leaving = take(partitions);
        await(() -> leaving.forEach(PartitionLanes::stop));
        long deadline = System.nanoTime() + DRAIN.toNanos();
        while (System.nanoTime() < deadline && !allIdle(leaving)) {
            pause();
        }
        await(() -> leaving.forEach(PartitionLanes::close));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        List<PartitionLanes> lost = take(partitions);
        await(() -> lost.forEach(PartitionLanes::close));
    }

    private List<PartitionLanes> take(Collection<TopicPartition> partitions) {
        List<PartitionLanes> taken = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            unopened.remove(partition);
            positions.remove(partition);
            PartitionLanes lanes = open.remove(partition);
            if (lanes != null) {
                taken.add(lanes);
            }
        }
        return taken;
    }

    private boolean allIdle(List<PartitionLanes> lanes) {
        try {
            return office.thread()
                    .submit(() -> lanes.stream().allMatch(PartitionLanes::isIdle))
                    .get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return true;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** The lanes there are; to be asked on the office's thread. */
    Collection<PartitionLanes> lanes() {
        return open.values();
    }

    /** Has it end. From any thread. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
    }
}

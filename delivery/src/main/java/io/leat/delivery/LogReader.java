package io.leat.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
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
    private static final long SOME_LEAVING = -1;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final SubscriptionBook book;
    private final LogIdentity identity;
    private final Starts starts;
    private final Company company;
    private final Office office;
    private final Map<TopicPartition, PartitionLanes> open = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    /** What nobody wants is not read. */
    private final Set<TopicPartition> unopened = new HashSet<>();

    private final Lease lease;
    private long seenVersion = SOME_LEAVING;
    private long idleCommittedAt = System.nanoTime();
    private volatile boolean closing;
    private volatile boolean halting;

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
            LogIdentity identity,
            SubscriptionBook book,
            Cursors cursors,
            Company company,
            Office office,
            Lease lease) {
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topic = topic;
        this.identity = identity;
        this.book = book;
        this.starts = new Starts(consumer, cursors);
        this.company = company;
        this.office = office;
        this.lease = lease;
    }

    /** Reads until it is closed or interrupted; then it is of no more use. */
    void run() throws InterruptedException {
        identity.readAnew();
        try {
            consumer.subscribe(List.of(topic), this);
            while (!closing) {
                try {
                    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                    lease.renew();
                    dispatch(records);
                    followSubscriptions();
                    commitIdleNowAndThen();
                    company.look();
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
            consumer.close(
                    halting
                            ? CloseOptions.timeout(Duration.ZERO)
                                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP)
                            : CloseOptions.timeout(DRAIN.plusSeconds(2)));
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
        } catch (RejectedExecutionException e) {
            closing = true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("lanes failed", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void followSubscriptions() {
        long version = book.version();
        boolean misses = false;
        for (PartitionLanes lanes : open.values()) {
            misses |= lanes.misses();
        }
        Map<String, Standing> all = book.all();
        boolean mayOpen = !unopened.isEmpty() && !all.isEmpty();
        if (!mayOpen && version == seenVersion && !misses) {
            return;
        }
        identity.readOn();
        boolean leaving = false;
        for (TopicPartition partition : List.copyOf(open.keySet())) {
            leaving |= follow(partition, all);
        }
        if (mayOpen) {
            openPartitions(all);
        }
        seenVersion = leaving ? SOME_LEAVING : version;
    }

    private void openPartitions(Map<String, Standing> all) {
        for (TopicPartition partition : List.copyOf(unopened)) {
            Map<Standing, Cursors.Committed> from = starts.of(partition, all.values());
            open.put(partition, begin(partition, from.values()));
            openAll(partition, from);
            unopened.remove(partition);
        }
    }

    private boolean follow(TopicPartition partition, Map<String, Standing> all) {
        PartitionLanes lanes = Objects.requireNonNull(open.get(partition));
        List<Standing> without = new ArrayList<>();
        boolean[] leaving = {false};
        await(() -> {
            without.addAll(lanes.follow(all));
            leaving[0] = lanes.isLeaving();
        });
        if (!without.isEmpty()) {
            openAll(partition, starts.of(partition, without));
        }
        return leaving[0];
    }

    private void openAll(TopicPartition partition, Map<Standing, Cursors.Committed> from) {
        PartitionLanes lanes = Objects.requireNonNull(open.get(partition));
        await(() -> from.forEach((standing, at) -> lanes.open(standing, at.cursor(), at.revision())));
    }

    private PartitionLanes begin(TopicPartition partition, Collection<Cursors.Committed> cursors) {
        long head = cursors.stream()
                .mapToLong(committed -> committed.cursor().position())
                .max()
                .orElseGet(() -> starts.end(partition));
        consumer.seek(partition, head);
        consumer.resume(List.of(partition));
        return new PartitionLanes(office, partition.partition(), head);
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
        if (halting) {
            return;
        }
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

    /** Has it end without a word to the group. From any thread. */
    void halt() {
        halting = true;
        close();
    }

    /** Has it end. From any thread. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
    }
}

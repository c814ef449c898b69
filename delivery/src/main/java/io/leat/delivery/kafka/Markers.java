package io.leat.delivery.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the end of a transaction has come to all it wrote to. A coordinator decides it, and then has a marker written to each
 * partition; one that has no leader at that moment it takes for deleted, and passes over: for readers of committed records the
 * transaction never ends there. Waits for the cluster; for one thread at a time.
 */
final class Markers implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long USUAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Admin admin;
    private final String topic;
    private final TopicPartition place;
    private final String id;
    private final Duration patience;

    /**
     * Looks at one writer's transactions.
     *
     * @param admin is closed with it
     * @param topic what the writer writes to
     * @param id its transactional id, and its group
     * @param patience how long an end may be on its way
     */
    Markers(Admin admin, String topic, String id, Duration patience) {
        this.admin = admin;
        this.topic = topic;
        this.place = Progress.place(topic);
        this.id = id;
        this.patience = patience;
    }

    /** How a transaction ended, or will if nobody goes on with it. */
    enum End {
        COMMITTED,
        ABORTED,
        /** There was none since the last producer was made, or brokers before Kafka 3.0 are asked. */
        UNKNOWN
    }

    /** How the last one ended; to be asked before the next producer is made, which has the coordinator forget it. */
    End last() throws ExecutionException, InterruptedException {
        try {
            return switch (description().state()) {
                case COMPLETE_COMMIT, PREPARE_COMMIT -> End.COMMITTED;
                case COMPLETE_ABORT, PREPARE_ABORT, PREPARE_EPOCH_FENCE, ONGOING -> End.ABORTED;
                case EMPTY, UNKNOWN -> End.UNKNOWN;
            };
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException
                    || e.getCause() instanceof UnsupportedVersionException) {
                return End.UNKNOWN;
            }
            throw e;
        }
    }

    private TransactionDescription description() throws ExecutionException, InterruptedException {
        return admin.describeTransactions(List.of(id)).description(id).get();
    }

    /** Where a transaction of ours is open: the offset at which it began, by partition. None on brokers before Kafka 3.0. */
    Map<Integer, Long> open() throws ExecutionException, InterruptedException {
        try {
            long producer = description().producerId();
            Map<Integer, Long> open = new HashMap<>();
            for (Map.Entry<TopicPartition, PartitionProducerState> each :
                    admin.describeProducers(partitions()).all().get().entrySet()) {
                each.getValue().activeProducers().stream()
                        .filter(state -> state.producerId() == producer)
                        .flatMapToLong(state -> state.currentTransactionStartOffset().stream())
                        .forEach(start -> open.put(each.getKey().partition(), start));
            }
            return open;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnsupportedVersionException) {
                return Map.of();
            }
            throw e;
        }
    }

    private List<TopicPartition> partitions() throws ExecutionException, InterruptedException {
        int count = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /** Whether no end is missing in the group, to be asked while no transaction is going on; waits for one that is on its way. */
    boolean isGroupStable() throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!stableOffsets().containsKey(place)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /**
     * What the group has; {@code null} for nothing.
     *
     * @throws IOException if a transaction may still change it
     */
    @Nullable
    OffsetAndMetadata offset() throws IOException, ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = stableOffsets();
        if (!offsets.containsKey(place)) {
            throw new IOException("the cluster does not show how far the sink is");
        }
        return offsets.get(place);
    }

    /** Without the place as long as a transaction may change it. */
    private Map<TopicPartition, OffsetAndMetadata> stableOffsets() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(
                        Map.of(id, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(place))),
                        new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata(id)
                .get();
    }

    /**
     * Waits until readers of committed records see what was committed.
     *
     * @param written where it ends, by partition
     * @throws IOException if they do not
     */
    void awaitShown(Map<Integer, Long> written) throws IOException, ExecutionException, InterruptedException {
        long began = System.nanoTime();
        while (!isShown(written)) {
            long waited = System.nanoTime() - began;
            if (waited > USUAL_NANOS && open().isEmpty()) {
                break; // it is another's transaction that readers wait for
            }
            if (waited > patience.toNanos()) {
                throw new IOException("the cluster has committed changes and does not show them");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (!isGroupStable()) {
            throw new IOException("the cluster has committed an offset and does not show it");
        }
    }

    private boolean isShown(Map<Integer, Long> written) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        written.keySet().forEach(partition -> asked.put(new TopicPartition(topic, partition), OffsetSpec.latest()));
        return admin
                .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .entrySet()
                .stream()
                .allMatch(stable -> stable.getValue().offset()
                        >= written.getOrDefault(stable.getKey().partition(), 0L));
    }

    /** Waits until no transaction of ours is open, now that each has been ended. */
    void awaitNoneOpen() throws IOException, ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!open().isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the cluster does not end a transaction");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Partitions as a set. */
    static BitSet set(Iterable<Integer> partitions) {
        BitSet set = new BitSet();
        partitions.forEach(set::set);
        return set;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}

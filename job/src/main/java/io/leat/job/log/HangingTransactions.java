package io.leat.job.log;

import io.leat.job.Refusal;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a transaction that the broker has forgotten.
 *
 * <p>A broker that is killed right after it decided a transaction may, when it comes back, find no leader for the partition,
 * take it for deleted and drop the marker: the transaction is complete for its coordinator and open for the partition, for
 * ever. Readers of committed records then never get past it. Nobody has seen what is in it, no checkpoint reflects it, and
 * nothing behind it is committed, since checkpoints and the next commit wait until readers can see all of it: so it can be
 * aborted, and is told again.
 */
final class HangingTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);

    /** As long as a coordinator may be at work on what was decided. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LogSettings settings;
    private final Admin admin;
    private final LogOffsets offsets;

    HangingTransactions(LogSettings settings, Admin admin, LogOffsets offsets) {
        this.settings = settings;
        this.admin = admin;
        this.offsets = offsets;
    }

    /**
     * Aborts what hangs in a partition of ours. Does nothing while a coordinator is still at work on one of our ids.
     *
     * @param reflected the checkpoint reflects everything below this offset
     * @throws Refusal if a transaction is open that is not ours, or that the checkpoint takes for committed
     */
    void abort(TopicPartition place, long reflected) {
        ask(() -> {
            Optional<Set<Long>> ours = atRest(List.of(place.partition()));
            if (ours.isEmpty()) {
                return;
            }
            for (ProducerState producer : open(place)) {
                long start = producer.currentTransactionStartOffset().orElseThrow();
                mustBeAbortable(place, producer.producerId(), start, ours.get(), reflected);
                abort(place, producer, start);
            }
        });
    }

    private static void mustBeAbortable(
            TopicPartition place, long producer, long start, Set<Long> ours, long reflected) {
        if (!ours.contains(producer)) {
            throw new Refusal(
                    Refusal.Code.OPEN_TRANSACTION,
                    "%s has a transaction open at offset %s by producer %s, which is not this feed's."
                            .formatted(place, start, producer));
        }
        if (start < reflected) {
            throw new Refusal(
                    Refusal.Code.LOG_BEHIND,
                    "%s has a transaction open at offset %s that the checkpoint takes for committed."
                            .formatted(place, start));
        }
    }

    /**
     * Aborts what hangs in the topic of the notes about held items, to which other writers write too. A note that is lost so
     * is told again with the scrape that it is about, unless its change was seen: then nobody is told that it was held.
     *
     * @param partitions those of the log whose writers are ours, and are fenced
     */
    void abortNotes(Collection<Integer> partitions) {
        try {
            ask(() -> {
                for (TopicPartition place : places(settings.heldTopic())) {
                    abortNotes(place, partitions);
                }
            });
        } catch (IllegalStateException e) {
            if (!(e.getCause() instanceof AuthorizationException denied)) {
                throw e;
            }
            LOG.warn("Whether a transaction hangs at {} cannot be seen: {}", settings.heldTopic(), denied.getMessage());
        }
    }

    private void abortNotes(TopicPartition place, Collection<Integer> partitions)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (offsets.stable(place) < offsets.end(place)
                && !isRidOfOurs(place, partitions)
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** None where no item is ever held. */
    private List<TopicPartition> places(String topic) throws ExecutionException, InterruptedException {
        try {
            return Objects.requireNonNull(admin.describeTopics(List.of(topic))
                            .topicNameValues()
                            .get(topic))
                    .get()
                    .partitions()
                    .stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw e;
        }
    }

    private boolean isRidOfOurs(TopicPartition place, Collection<Integer> partitions)
            throws ExecutionException, InterruptedException {
        List<ProducerState> open = open(place);
        Optional<Set<Long>> ours = open.isEmpty() ? Optional.of(Set.of()) : atRest(partitions);
        if (ours.isEmpty()) {
            return false;
        }
        for (ProducerState producer : open) {
            if (ours.get().contains(producer.producerId())) {
                abort(place, producer, producer.currentTransactionStartOffset().orElseThrow());
            }
        }
        return true;
    }

    /** The producers behind our ids; empty while a coordinator is still at work on one of them. */
    private Optional<Set<Long>> atRest(Collection<Integer> partitions) throws ExecutionException, InterruptedException {
        Set<Long> ours = new HashSet<>();
        for (TransactionDescription description :
                admin.describeTransactions(ids(partitions)).all().get().values()) {
            switch (description.state()) {
                case ONGOING, PREPARE_ABORT, PREPARE_COMMIT, PREPARE_EPOCH_FENCE -> {
                    return Optional.empty();
                }
                default -> ours.add(description.producerId());
            }
        }
        return Optional.of(ours);
    }

    private List<String> ids(Collection<Integer> partitions) {
        return partitions.stream()
                .flatMap(partition ->
                        Arrays.stream(LogSettings.Turn.values()).map(turn -> settings.transactionalId(partition, turn)))
                .toList();
    }

    private List<ProducerState> open(TopicPartition place) throws ExecutionException, InterruptedException {
        return admin.describeProducers(List.of(place)).partitionResult(place).get().activeProducers().stream()
                .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                .toList();
    }

    private void abort(TopicPartition place, ProducerState producer, long start)
            throws ExecutionException, InterruptedException {
        LOG.warn("Aborting a transaction at {} offset {} that the broker forgot; nothing is lost.", place, start);
        admin.abortTransaction(new AbortTransactionSpec(
                        place,
                        producer.producerId(),
                        (short) producer.producerEpoch(),
                        producer.coordinatorEpoch().orElse(0)))
                .all()
                .get();
    }

    private interface Work {
        void run() throws ExecutionException, InterruptedException;
    }

    private static void ask(Work work) {
        try {
            work.run();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot look at the open transactions", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

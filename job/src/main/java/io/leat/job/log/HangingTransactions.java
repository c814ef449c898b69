package io.leat.job.log;

import io.leat.job.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a transaction that the broker has forgotten.
 *
 * <p>A broker that is killed right after it decided a transaction may, when it comes back, find no leader for the partition,
 * take it for deleted and drop the marker: the transaction is complete for its coordinator and open for the partition, for
 * ever. Readers of committed records then never get past it. Nobody has seen what is in it, and no checkpoint reflects it,
 * since a checkpoint waits until readers can see all of it: so it can be aborted, and is told again.
 */
final class HangingTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);

    private final LogSettings settings;
    private final Admin admin;

    HangingTransactions(LogSettings settings, Admin admin) {
        this.settings = settings;
        this.admin = admin;
    }

    /**
     * Aborts what hangs in a partition of ours. Does nothing while a coordinator is still at work on one of our ids.
     *
     * @param reflected the checkpoint reflects everything below this offset
     * @throws Refusal if a transaction is open that is not ours, or that the checkpoint takes for committed
     */
    void abort(TopicPartition place, long reflected) {
        try {
            Set<Long> ours = new HashSet<>();
            for (TransactionDescription description :
                    admin.describeTransactions(ids(place)).all().get().values()) {
                switch (description.state()) {
                    case ONGOING, PREPARE_ABORT, PREPARE_COMMIT, PREPARE_EPOCH_FENCE -> {
                        return;
                    }
                    default -> ours.add(description.producerId());
                }
            }
            for (ProducerState producer : admin.describeProducers(List.of(place))
                    .partitionResult(place)
                    .get()
                    .activeProducers()) {
                OptionalLong start = producer.currentTransactionStartOffset();
                if (start.isPresent()) {
                    abort(place, producer, start.getAsLong(), ours, reflected);
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot look at the transactions of " + place, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private List<String> ids(TopicPartition place) {
        return List.of(
                settings.transactionalId(place.partition(), LogSettings.Turn.A),
                settings.transactionalId(place.partition(), LogSettings.Turn.B));
    }

    private void abort(TopicPartition place, ProducerState producer, long start, Set<Long> ours, long reflected)
            throws ExecutionException, InterruptedException {
        if (!ours.contains(producer.producerId())) {
            throw new Refusal(
                    Refusal.Code.OPEN_TRANSACTION,
                    "%s has a transaction open at offset %s by producer %s, which is not this feed's."
                            .formatted(place, start, producer.producerId()));
        }
        if (start < reflected) {
            throw new Refusal(
                    Refusal.Code.LOG_BEHIND,
                    "%s has a transaction open at offset %s that the checkpoint takes for committed."
                            .formatted(place, start));
        }
        LOG.warn("Aborting a transaction at {} offset {} that the broker forgot; nothing is lost.", place, start);
        admin.abortTransaction(new AbortTransactionSpec(
                        place,
                        producer.producerId(),
                        (short) producer.producerEpoch(),
                        producer.coordinatorEpoch().orElse(0)))
                .all()
                .get();
    }
}

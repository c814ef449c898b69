package io.leat.job.log;

import io.leat.job.Refusal;
import java.lang.management.ManagementFactory;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Who writes a partition. The broker lets only the newest producer of a transactional id commit; here it is found out
 * who that is, so that the one that lost can say so.
 */
final class Ownership {

    /** A successor fences first and puts its name down at once afterwards: how long the loser waits for the name. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long PAUSE_MILLIS = 100;

    private Ownership() {}

    /** A name that no other writer has: process, host and a random part. */
    static String newName() {
        return ManagementFactory.getRuntimeMXBean().getName() + " "
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Whether the broker says that this producer is no longer the one with its id. */
    static boolean isLost(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof ProducerFencedException
                    || at instanceof InvalidProducerEpochException
                    || at instanceof InvalidTxnStateException) {
                return true;
            }
        }
        return false;
    }

    /**
     * The name that another writer has put down; {@code null} if there is none: then the id was lost to a transaction
     * that timed out, as after a long pause, and the job may take it again.
     */
    static @Nullable String successor(LogSettings settings, int partition, String ownName) {
        TopicPartition place = new TopicPartition(settings.topic(), partition);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try (Admin admin = Admin.create(Clients.common(settings.bootstrap(), settings.client()))) {
            do {
                OffsetAndMetadata claim = admin.listConsumerGroupOffsets(settings.ownerGroup())
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(place);
                if (claim != null && !claim.metadata().equals(ownName)) {
                    return claim.metadata();
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } while (System.nanoTime() < deadline);
        } catch (ExecutionException | KafkaException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /** The failure as something a person understands, or as it is. */
    static RuntimeException explain(LogSettings settings, Throwable failure) {
        if (failure instanceof AuthorizationException) {
            return new Refusal(
                    Refusal.Code.NO_RIGHTS,
                    "Writing to %s needs Write on the topic and on the transactional ids %s-*: %s"
                            .formatted(settings.topic(), settings.topic(), failure.getMessage()));
        }
        return failure instanceof RuntimeException known
                ? known
                : new IllegalStateException("the change log failed", failure);
    }
}

package io.leat.job.log;

import io.leat.job.Refusal;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Which run has put its name down for which partition. Outlives restarts in place, which make everything else anew. */
    private static final Set<String> PUT_DOWN = ConcurrentHashMap.newKeySet();

    private Ownership() {}

    /** A name that no other writer has: process, host, run, and a random part. */
    static String newName(LogSettings settings) {
        return ManagementFactory.getRuntimeMXBean().getName()
                + mark(settings)
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /** What all names of a run have in common. */
    private static String mark(LogSettings settings) {
        return " " + settings.run() + "-";
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
     * Bars a run whose job was restarted in place from taking a partition back that another run has taken since.
     *
     * @throws Refusal if another has put its name down after this run had, in this process
     */
    static void mayTake(LogSettings settings, int partition) {
        String now = PUT_DOWN.contains(place(settings, partition)) ? claim(settings, partition) : null;
        if (now != null && !now.contains(mark(settings))) {
            throw lost(settings, now);
        }
    }

    /** The run has put a name down. */
    static void putDown(LogSettings settings, int partition) {
        PUT_DOWN.add(place(settings, partition));
    }

    private static String place(LogSettings settings, int partition) {
        return settings.run() + " " + partition;
    }

    /** What the loser says. */
    static Refusal lost(LogSettings settings, String successor) {
        return new Refusal(
                Refusal.Code.ANOTHER_JOB,
                "Feed %s is now written by %s; this job has stopped and wrote nothing since."
                        .formatted(settings.feed(), successor));
    }

    private static @Nullable String claim(LogSettings settings, int partition) {
        try (Admin admin = Admin.create(Clients.common(settings.bootstrap(), settings.client()))) {
            return claim(admin, settings, partition);
        } catch (ExecutionException e) {
            throw new KafkaException("the owner of the change log cannot be found out", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for the owner", e);
        }
    }

    private static @Nullable String claim(Admin admin, LogSettings settings, int partition)
            throws ExecutionException, InterruptedException {
        OffsetAndMetadata claim = admin.listConsumerGroupOffsets(settings.ownerGroup())
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition(settings.topic(), partition));
        return claim == null ? null : claim.metadata();
    }

    /**
     * The name that another writer has put down; {@code null} if there is none: then the id was lost to a transaction
     * that timed out, as after a long pause, and the job may take it again.
     */
    static @Nullable String successor(LogSettings settings, int partition, String ownName) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try (Admin admin = Admin.create(Clients.common(settings.bootstrap(), settings.client()))) {
            do {
                String claim = claim(admin, settings, partition);
                if (claim != null && !claim.equals(ownName)) {
                    return claim;
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

package io.leat.job.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where a partition of the log begins, where it ends, and how far readers of committed records can see. */
final class LogOffsets {

    /** From the first answer: as long as a broker that is away is waited for by the client. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(1);

    private final Admin admin;

    LogOffsets(Admin admin) {
        this.admin = admin;
    }

    long beginning(TopicPartition place) {
        return offset(place, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    long end(TopicPartition place) {
        return offset(place, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** Below this everything is committed or aborted. */
    long stable(TopicPartition place) {
        return offset(place, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /**
     * Waits until readers can see everything below an offset. A commit returns when it is decided; the marker that shows it
     * is written a moment later.
     */
    void awaitVisible(TopicPartition place, long end) {
        if (stable(place) >= end) {
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("what was committed to " + place + " does not become visible");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (stable(place) < end);
    }

    private long offset(TopicPartition place, OffsetSpec spec, IsolationLevel isolation) {
        try {
            return admin.listOffsets(Map.of(place, spec), new ListOffsetsOptions(isolation))
                    .partitionResult(place)
                    .get()
                    .offset();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read the offsets of " + place, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

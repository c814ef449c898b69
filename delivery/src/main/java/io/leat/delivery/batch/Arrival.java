package io.leat.delivery.batch;

import io.leat.delivery.lane.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * What the log has at one offset.
 *
 * @param offset where it stands
 * @param appendedMillis when the broker appended it, by its clock, milliseconds since 1970
 * @param change the change; {@code null} if the subscription does not ask for it
 */
public record Arrival(long offset, long appendedMillis, @Nullable LogEntry change) {

    private static final int BYTES = 48;

    /** What it is counted as against the limits of memory. */
    public int size() {
        return change == null ? BYTES : BYTES + change.size();
    }
}

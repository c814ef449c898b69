package io.leat.delivery.lane;

import org.jspecify.annotations.Nullable;

/**
 * A change as it stands in the log.
 *
 * @param offset its offset in the partition
 * @param key the item's key; changes of one key stay in order
 * @param id the change's id
 * @param op what happened, as the change says it
 * @param time its event time, as the change says it
 * @param value the change as JSON, shared by all lanes: never written to
 * @param trace the trace its scrape belongs to, as W3C's {@code traceparent}; {@code null} for none
 * @param appendedMillis when the broker appended it, by its clock, milliseconds since 1970; 0 where nobody asks
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record LogEntry(
        long offset,
        String key,
        String id,
        String op,
        String time,
        byte[] value,
        @Nullable String trace,
        long appendedMillis) {

    /** One whose scrape belongs to no trace. */
    public LogEntry(long offset, String key, String id, String op, String time, byte[] value) {
        this(offset, key, id, op, time, value, null, 0);
    }

    /** What it is counted as against the limits of memory. */
    public int size() {
        return value.length + 2 * key.length() + 100;
    }
}

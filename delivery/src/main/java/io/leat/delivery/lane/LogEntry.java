package io.leat.delivery.lane;

/**
 * A change as it stands in the log.
 *
 * @param offset its offset in the partition
 * @param key the item's key; changes of one key stay in order
 * @param id the change's id
 * @param op what happened, as the change says it
 * @param time its event time, as the change says it
 * @param value the change as JSON, shared by all lanes: never written to
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record LogEntry(long offset, String key, String id, String op, String time, byte[] value) {

    /** What it is counted as against the limits of memory. */
    public int size() {
        return value.length + 2 * key.length() + 100;
    }
}

package io.leat.gateway.log;

/**
 * A change as it stands in the log.
 *
 * @param key the record's key, as bytes
 * @param value the line of JSON
 * @param after where a reader stands who has read the log up to here in this order
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Told(int partition, long offset, byte[] key, byte[] value, Place after) {}

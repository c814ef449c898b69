package io.leat.delivery.lane;

/**
 * A change that a lane holds.
 *
 * @param sinceMillis when it came
 */
public record Waiting(LogEntry entry, long sinceMillis) {}

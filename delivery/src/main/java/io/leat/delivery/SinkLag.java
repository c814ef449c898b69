package io.leat.delivery;

/**
 * How far a subscription is behind the log.
 *
 * @param standing the subscription as it stands
 * @param records of the log that its end has not got; marks of transactions between them count as records
 * @param sinceMillis when the broker took the oldest of them, milliseconds since 1970; 0 if there is none, -1 if that was not
 *     looked up
 */
public record SinkLag(Standing standing, long records, long sinceMillis) {}

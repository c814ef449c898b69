package io.leat.gateway.log;

/**
 * What of a log is there, by partition.
 *
 * @param begin the oldest offset kept
 * @param thinned before it only the last change of each key may be left
 * @param end the offset of the next committed change
 */
@SuppressWarnings("ArrayRecordComponent") // three rows of one table, never compared
public record Ends(long[] begin, long[] thinned, long[] end) {}

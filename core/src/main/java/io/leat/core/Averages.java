package io.leat.core;

/**
 * The moving averages of what was told of a key.
 *
 * @param since when the values that stand now were told, microseconds since 1970
 * @param means of the values that stood before, for each averaged field that has one; canonical numbers
 */
public record Averages(long since, Compared means) {}

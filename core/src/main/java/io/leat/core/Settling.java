package io.leat.core;

/**
 * A new value of a debounced field that has not been seen for long enough.
 *
 * @param path the field
 * @param value the canonical text
 * @param since when it was first seen, microseconds since 1970
 */
public record Settling(String path, String value, long since) {}

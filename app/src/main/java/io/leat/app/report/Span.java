package io.leat.app.report;

/**
 * A span of time.
 *
 * @param fromMillis its begin, milliseconds since 1970
 * @param toMillis its end, not included
 */
public record Span(long fromMillis, long toMillis) {

    boolean has(long millis) {
        return millis >= fromMillis && millis < toMillis;
    }
}

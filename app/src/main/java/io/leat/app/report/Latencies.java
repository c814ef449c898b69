package io.leat.app.report;

import org.HdrHistogram.Histogram;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Durations of any number, to two digits. For one thread. */
final class Latencies {

    private static final long LONGEST_MILLIS = 30L * 24 * 3_600_000;
    private static final int DIGITS = 2;
    private static final double MILLIS = 1_000.0;

    private final Histogram histogram = new Histogram(LONGEST_MILLIS, DIGITS);

    void add(long millis) {
        histogram.recordValue(Math.max(0, Math.min(LONGEST_MILLIS, millis)));
    }

    ObjectNode json() {
        boolean isAny = histogram.getTotalCount() > 0;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("samples", histogram.getTotalCount());
        json.put("p50_seconds", isAny ? (Double) (histogram.getValueAtPercentile(50) / MILLIS) : null);
        json.put("p99_seconds", isAny ? (Double) (histogram.getValueAtPercentile(99) / MILLIS) : null);
        return json;
    }
}

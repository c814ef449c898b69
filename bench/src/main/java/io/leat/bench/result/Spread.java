package io.leat.bench.result;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * How latencies spread, in milliseconds.
 *
 * @param count how many there are
 */
public record Spread(long count, double p50, double p99, double p999, double max) {

    private static final int DIGITS = 3;
    private static final double MICROS = 1_000;

    /** Collects latencies. */
    public static final class Collector {

        private final Histogram histogram = new Histogram(DIGITS);

        /** Takes one. Clocks of one machine may differ by less than a millisecond: below 0 counts as 0. */
        public void add(long micros) {
            histogram.recordValue(Math.max(0, micros));
        }

        /** How they spread. */
        public Spread spread() {
            return new Spread(histogram.getTotalCount(), at(50), at(99), at(99.9), histogram.getMaxValue() / MICROS);
        }

        private double at(double percentile) {
            return histogram.getValueAtPercentile(percentile) / MICROS;
        }
    }

    /** The median of each figure by itself, over several rotations. */
    public static Spread median(List<Spread> spreads) {
        return new Spread(
                spreads.stream().mapToLong(Spread::count).sum(),
                median(spreads, Spread::p50),
                median(spreads, Spread::p99),
                median(spreads, Spread::p999),
                median(spreads, Spread::max));
    }

    /** The middle value, or the mean of the two in the middle; not a number if there is none. */
    public static <T> double median(List<T> items, ToDoubleFunction<T> figure) {
        double[] sorted = items.stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

package io.leat.job;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogramStatistics;

/**
 * Durations of the last seconds: what happens now, not what happened at start. Of each span at most {@link #LIMIT} are
 * kept; beyond that a new one replaces an old one at a scattered place. All there ever were are counted in
 * {@link #buckets}. Thread-safe.
 */
public final class LatencyWindow implements Histogram {

    private static final int LIMIT = 4_096;
    private static final long[] BOUNDS = {
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000
    };
    private static final long SCATTER = 0x9E3779B1L;

    private final long spanMillis;
    private final LongSupplier clock;
    private final double[] current = new double[LIMIT];
    private double[] last = new double[0];
    private final long[] counts = new long[BOUNDS.length + 1];
    private long sum;
    private long seen;
    private long total;
    private long spanStartMillis = Long.MIN_VALUE;

    /**
     * @param spanMillis the figures cover between one and two of these, up to when they are asked for
     * @param clock tells the time to whoever asks, milliseconds since 1970
     */
    LatencyWindow(long spanMillis, LongSupplier clock) {
        this.spanMillis = spanMillis;
        this.clock = clock;
    }

    /** Adds a duration that ended at this moment. */
    synchronized void add(long value, long nowMillis) {
        if (nowMillis - spanMillis >= spanStartMillis) {
            last = nowMillis - 2 * spanMillis >= spanStartMillis ? new double[0] : values();
            seen = 0;
            spanStartMillis = nowMillis;
        }
        current[(int) (seen < LIMIT ? seen : Math.floorMod(seen * SCATTER >>> 8, (long) LIMIT))] = value;
        seen++;
        total++;
        sum += value;
        int place = Arrays.binarySearch(BOUNDS, value);
        counts[place < 0 ? -place - 1 : place]++;
    }

    /** The upper bounds of all buckets but the last, which has none; milliseconds. */
    public static long[] bounds() {
        return BOUNDS.clone();
    }

    /**
     * How many durations there were since the start.
     *
     * @param counts in each bucket, those below not included; one more than there are bounds
     * @param sumMillis all of them together
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Buckets(long[] counts, long sumMillis) {}

    /** All durations since the start. */
    public synchronized Buckets buckets() {
        return new Buckets(counts.clone(), sum);
    }

    private double[] values() {
        return Arrays.copyOf(current, (int) Math.min(seen, LIMIT));
    }

    @Override
    public void update(long value) {
        throw new UnsupportedOperationException("a duration needs the moment it ended: add(value, nowMillis)");
    }

    @Override
    public synchronized long getCount() {
        return total;
    }

    /** Of what came lately; of nothing if nothing did. */
    @Override
    public synchronized HistogramStatistics getStatistics() {
        long begun = clock.getAsLong() - 2 * spanMillis;
        double[] now = begun >= spanStartMillis ? new double[0] : values();
        double[] before = begun + spanMillis >= spanStartMillis ? new double[0] : last;
        double[] both = Arrays.copyOf(before, before.length + now.length);
        System.arraycopy(now, 0, both, before.length, now.length);
        return new DescriptiveStatisticsHistogramStatistics(both);
    }
}

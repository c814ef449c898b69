package io.leat.delivery;

import java.util.Arrays;

/** Counts durations by their length. Thread-safe. */
final class Durations {

    private static final long[] BOUNDS = {
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 3_600_000
    };

    private final long[] counts = new long[BOUNDS.length + 1];
    private long sum;

    synchronized void add(long millis) {
        long length = Math.max(0, millis); // clocks of two machines may differ
        int place = Arrays.binarySearch(BOUNDS, length);
        counts[place < 0 ? -place - 1 : place]++;
        sum += length;
    }

    synchronized SinkCounts.Buckets buckets() {
        return new SinkCounts.Buckets(BOUNDS.clone(), counts.clone(), sum);
    }
}

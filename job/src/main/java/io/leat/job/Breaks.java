package io.leat.job;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much a task has rested lately. One that hardly rests has more input than it can take, which is what being behind looks
 * like from within. Thread-safe.
 */
final class Breaks {

    /** Below this share of the time, a task counts as one that does not rest. */
    private static final double RARE = 0.08;

    private static final long SPAN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** What the newest span weighs against those before it: half a second of work without a break is noticed. */
    private static final double WEIGHT = 0.3;

    private final LongSupplier restedMillis;
    private final LongSupplier nanos;
    private long spanBegan;
    private long restedBefore;
    private double share = 1;

    /**
     * Watches from now on.
     *
     * @param restedMillis how long the task has rested in all; it may tell of a rest when that is over
     * @param nanos a clock that never goes back
     */
    Breaks(LongSupplier restedMillis, LongSupplier nanos) {
        this.restedMillis = restedMillis;
        this.nanos = nanos;
        this.spanBegan = nanos.getAsLong();
        this.restedBefore = restedMillis.getAsLong();
    }

    /** Whether it hardly rested. */
    synchronized boolean areRare() {
        long now = nanos.getAsLong();
        if (now - spanBegan >= SPAN_NANOS) {
            long rested = restedMillis.getAsLong();
            double last = TimeUnit.MILLISECONDS.toNanos(rested - restedBefore) / (double) (now - spanBegan);
            share += WEIGHT * (last - share);
            spanBegan = now;
            restedBefore = rested;
        }
        return share < RARE;
    }
}

package io.leat.core.silence;

import io.leat.core.drift.Parts;

/**
 * A share that is alarming when it is certainly twice the largest that is remembered: certainly, because its Wilson bound is.
 * Largest shares are remembered by day, for {@value #DAYS} days, each when the next window is not high: a window in which something
 * begins is half of the one and half of the other. For one thread.
 */
final class HighShare {

    /** Four standard deviations: once in 30,000, and it has to come twice running. */
    private static final double Z = 4;

    private static final int DAYS = 28;
    private static final long DAY_MILLIS = 24L * 3_600_000;
    private static final double TIMES = 2;
    private static final double OVER_TIMES = 1.5;
    private static final int RUNNING = 2;

    private final double least;
    private final long[] days = new long[DAYS];
    private final double[] peaks = new double[DAYS];
    private long running;
    private long since;
    private long told;
    private double toldShare;
    private double doubted;
    /** What the last window came to, -1 if that is remembered or never will be. Not kept over a restart. */
    private double last = -1;

    private long lastAt;

    /** @param least no smaller share is alarming */
    HighShare(double least) {
        this.least = least;
    }

    /** What a window comes to. */
    enum Turn {
        NOTHING,
        STARTED,
        OVER
    }

    /**
     * Takes a window.
     *
     * @param begin when it began, milliseconds since 1970
     * @param isLearning whether it is only remembered
     */
    Turn take(long count, long of, long begin, long at, boolean isLearning) {
        double share = (double) count / of;
        if (told != 0) {
            toldShare = Math.max(toldShare, share);
            if (share > Math.max(least / 2, OVER_TIMES * usual(at))) {
                return Turn.NOTHING;
            }
            told = 0;
            running = 0;
            if (doubted > 0 && Math.max(doubted, toldShare) <= 2 * Math.min(doubted, toldShare)) {
                remember(toldShare, at); // it came twice: it is usual
                doubted = 0;
            } else {
                doubted = toldShare;
            }
            return Turn.OVER;
        }
        boolean isHigh = !isLearning && lowest(count, of) > Math.max(least, TIMES * usual(at));
        running = isHigh ? running + 1 : 0;
        since = running == 1 ? begin : since;
        if (isHigh) {
            last = -1; // what is high now may have begun in it
        } else {
            rememberLast();
            last = share;
            lastAt = at;
        }
        if (running < RUNNING) {
            return Turn.NOTHING;
        }
        told = 1;
        toldShare = share;
        return Turn.STARTED;
    }

    long since() {
        return since;
    }

    boolean isTold() {
        return told != 0;
    }

    /** The largest share that is remembered. */
    double usual(long at) {
        long today = Math.floorDiv(at, DAY_MILLIS);
        double largest = 0;
        for (int i = 0; i < DAYS; i++) {
            largest = today - days[i] < DAYS ? Math.max(largest, peaks[i]) : largest;
        }
        return largest;
    }

    private void rememberLast() {
        if (last >= 0) {
            remember(last, lastAt);
        }
    }

    private void remember(double share, long at) {
        long today = Math.floorDiv(at, DAY_MILLIS);
        int place = (int) Math.floorMod(today, (long) DAYS);
        peaks[place] = days[place] == today ? Math.max(peaks[place], share) : share;
        days[place] = today;
    }

    /** Wilson's lower bound of a share. */
    static double lowest(long count, long of) {
        double share = (double) count / of;
        double z2 = Z * Z / of;
        double centre = share + z2 / 2;
        double spread = Z * Math.sqrt((share * (1 - share) + z2 / 4) / of);
        return (centre - spread) / (1 + z2);
    }

    void pass(Parts parts) {
        for (int i = 0; i < DAYS; i++) {
            days[i] = parts.whole(days[i]);
            peaks[i] = parts.number(peaks[i]);
        }
        running = parts.whole(running);
        since = parts.whole(since);
        told = parts.whole(told);
        toldShare = parts.number(toldShare);
        doubted = parts.number(doubted);
    }
}

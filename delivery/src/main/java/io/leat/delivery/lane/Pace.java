package io.leat.delivery.lane;

/** At most so many in a second, evenly: a short burst is forgiven, never a long one. */
final class Pace {

    private static final double BURST_MILLIS = 200;

    private final double intervalMillis;
    private double free = Double.NEGATIVE_INFINITY;

    /**
     * A pace.
     *
     * @param perSecond above 0, or 0 for no limit
     */
    Pace(double perSecond) {
        this.intervalMillis = perSecond == 0 ? 0 : 1000 / perSecond;
    }

    /** Whether one more may begin now. */
    boolean allows(long now) {
        return intervalMillis == 0 || freeAt() <= now;
    }

    /** One begins. */
    void begin(long now) {
        if (intervalMillis > 0) {
            free = Math.max(free, now - BURST_MILLIS) + intervalMillis;
        }
    }

    /** When the next one may begin. */
    long freeAt() {
        return free == Double.NEGATIVE_INFINITY ? 0 : (long) Math.ceil(free);
    }
}

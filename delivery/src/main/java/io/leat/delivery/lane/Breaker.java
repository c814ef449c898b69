package io.leat.delivery.lane;

import java.util.random.RandomGenerator;

/**
 * Lets an endpoint rest that answers nothing well: after a run of failures, or on its own wish, nothing is sent for a
 * while; then a single delivery probes it.
 */
final class Breaker {

    static final int FAILURES_IN_A_ROW = 5;
    private static final long FIRST_REST_MILLIS = 5_000;
    private static final long LONGEST_REST_MILLIS = 300_000;
    private static final long LONGEST_WISH_MILLIS = 86_400_000;

    private int failures;
    private int rests;
    private long restsUntil;
    private boolean probing;

    /** What may be sent. */
    enum Permit {
        ALL,
        ONE_PROBE,
        NOTHING
    }

    Permit at(long now) {
        if (rests == 0) {
            return Permit.ALL;
        }
        return probing || now < restsUntil ? Permit.NOTHING : Permit.ONE_PROBE;
    }

    /** The probe is under way. */
    void probe() {
        probing = true;
    }

    /** The probe never left: the next one may. */
    void notProbed() {
        probing = false;
    }

    /** The endpoint works. */
    void worked() {
        failures = 0;
        rests = 0;
        probing = false;
    }

    /**
     * The endpoint does not work.
     *
     * @param probe whether this was the probe; others were under way when the rest began and say nothing new
     */
    void failed(boolean probe, long now, RandomGenerator random) {
        failures++;
        if (probe || (rests == 0 && failures >= FAILURES_IN_A_ROW)) {
            probing = false;
            rest(now, pauseMillis(rests, random));
        }
    }

    /** The endpoint asks to be left alone for so long, or without saying how long ({@link Outcome#NO_WISH}). */
    void throttled(boolean probe, long wishMillis, long now, RandomGenerator random) {
        failures++;
        long pause =
                wishMillis == Outcome.NO_WISH ? pauseMillis(rests, random) : Math.min(wishMillis, LONGEST_WISH_MILLIS);
        if (probe || rests == 0) {
            probing = false;
            rest(now, pause);
        } else {
            restsUntil = Math.max(restsUntil, now + pause);
        }
    }

    private void rest(long now, long pauseMillis) {
        rests++;
        restsUntil = now + pauseMillis;
    }

    /** When the rest is over; in the past if there is none. */
    long restsUntil() {
        return rests == 0 ? 0 : restsUntil;
    }

    boolean isProbing() {
        return probing;
    }

    boolean isResting() {
        return rests > 0;
    }

    private static long pauseMillis(int rests, RandomGenerator random) {
        long pause = Math.min(LONGEST_REST_MILLIS, FIRST_REST_MILLIS << Math.min(rests, 16));
        return RetrySchedule.jittered(pause, random);
    }
}

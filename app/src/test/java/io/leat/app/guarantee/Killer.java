package io.leat.app.guarantee;

import io.leat.job.log.LogStep;
import io.leat.job.log.LogWatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Makes the job of this process fail at random steps of its log, so that it starts anew from its last checkpoint. */
final class Killer {

    static final LogWatch WATCH = Killer::reached;

    private static final int MOST_STEPS_BETWEEN = 60;

    private static final AtomicInteger LEFT = new AtomicInteger();
    private static final AtomicInteger COUNTDOWN = new AtomicInteger();
    private static volatile RandomGenerator random = RandomGenerator.getDefault();

    private Killer() {}

    /** @param kills how many are to come */
    static void arm(int kills, RandomGenerator chance) {
        random = chance;
        COUNTDOWN.set(1 + chance.nextInt(MOST_STEPS_BETWEEN));
        LEFT.set(kills);
    }

    private static void reached(LogStep step) {
        if (LEFT.get() > 0 && COUNTDOWN.decrementAndGet() == 0) {
            LEFT.decrementAndGet();
            COUNTDOWN.set(1 + random.nextInt(MOST_STEPS_BETWEEN));
            throw new IllegalStateException("killed at " + step);
        }
    }
}

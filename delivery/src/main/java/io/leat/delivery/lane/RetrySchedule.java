package io.leat.delivery.lane;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** When a failed delivery is tried again: soon at first, then over days, never at the same moment as all others. */
final class RetrySchedule {

    /**
     * The example of Standard Webhooks from five minutes on, and more steps before it: while a key waits, its later
     * changes wait too. The last one repeats until the change is given up.
     */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final double JITTER = 0.2;

    private RetrySchedule() {}

    /**
     * The pause after an attempt.
     *
     * @param attempts how many there were, at least 1
     * @return milliseconds
     */
    static long pauseMillis(int attempts, RandomGenerator random) {
        return jittered(PAUSES.get(Math.min(attempts, PAUSES.size()) - 1).toMillis(), random);
    }

    /** Up to a fifth longer or shorter. */
    static long jittered(long millis, RandomGenerator random) {
        return Math.round(millis * (1 + JITTER * (2 * random.nextDouble() - 1)));
    }
}

package io.leat.app.trace;

import java.time.Duration;

/**
 * How long somebody waits for an answer.
 *
 * @param untilNanos by {@link System#nanoTime}
 * @param hasEnd whether there is such a moment
 */
public record Patience(long untilNanos, boolean hasEnd) {

    /** As long as it takes. */
    public static final Patience ENDLESS = new Patience(0, false);

    /** So long from now on. */
    public static Patience of(Duration time) {
        return new Patience(System.nanoTime() + time.toNanos(), true);
    }

    void check() {
        if (hasEnd && System.nanoTime() - untilNanos > 0) {
            throw new Over();
        }
    }

    /** It took longer. */
    public static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Over() {
            super("it takes longer than somebody waits for it");
        }
    }
}

package io.leat.app.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Moments and spans as they are written: RFC 3339, and seconds. */
final class Moments {

    private static final double MILLIS = 1_000.0;

    private Moments() {}

    static String text(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static double seconds(long millis) {
        return millis / MILLIS;
    }

    static double exactSeconds(double millis) {
        return millis / MILLIS;
    }

    static @Nullable Double secondsOrNull(@Nullable Long millis) {
        return millis == null ? null : (Double) (millis / MILLIS);
    }
}

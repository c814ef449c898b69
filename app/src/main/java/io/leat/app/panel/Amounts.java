package io.leat.app.panel;

import java.util.Locale;

/** Numbers as people read them at a glance. */
public final class Amounts {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Amounts() {}

    /** {@code 1,234,567}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 0.4/s}, {@code 198/s}, {@code 12,040/s}. */
    public static String rate(double perSecond) {
        return perSecond > 0 && perSecond < 10
                ? String.format(Locale.ROOT, "%.1f/s", perSecond)
                : count(Math.round(perSecond)) + "/s";
    }

    /** {@code 93.1 %}. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** {@link #span(double)} of whole milliseconds. */
    public static String span(long millis) {
        return span((double) millis);
    }

    /** {@code 12 ms}, {@code 1.4 s}, {@code 2m 05s}, {@code 3h 20m}, {@code 12 d}. */
    public static String span(double millis) {
        long whole = Math.round(millis);
        if (whole < SECOND) {
            return whole + " ms";
        }
        if (whole < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", millis / SECOND);
        }
        if (whole < HOUR) {
            return String.format(Locale.ROOT, "%dm %02ds", whole / MINUTE, whole % MINUTE / SECOND);
        }
        if (whole < DAY) {
            return String.format(Locale.ROOT, "%dh %02dm", whole / HOUR, whole % HOUR / MINUTE);
        }
        return count(whole / DAY) + " d";
    }

    /** {@code 512 B}, {@code 7.3 MB}. */
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}

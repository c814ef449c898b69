package io.leat.format.feedfile;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and a unit, {@code 500ms}, {@code 60s}, {@code 10m}, {@code 24h}, {@code 30d}. */
final class Durations {

    static final String HINT = "Write a whole number and ms, s, m, h or d: 500ms, 60s, 10m, 24h, 30d.";

    private static final Pattern DURATION = Pattern.compile("(\\d+)([a-zA-Z]*)");
    private static final int MOST_DIGITS = 9;

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if the text is none; the message is a sentence that does not quote the text
     */
    static Duration parse(String text) {
        if (text.startsWith("-")) {
            throw new IllegalArgumentException("A duration cannot be negative.");
        }
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("A duration is one whole number and one unit.");
        }
        if (parts.group(1).length() > MOST_DIGITS) {
            throw new IllegalArgumentException("A duration has at most 9 digits.");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            case "" -> throw new IllegalArgumentException("A duration needs a unit.");
            default -> throw new IllegalArgumentException("A duration has one of the units ms, s, m, h and d.");
        };
    }

    /** The shortest way to write a duration of whole milliseconds. */
    static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3_600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 != 0 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
    }
}

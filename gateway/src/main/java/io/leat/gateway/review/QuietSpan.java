package io.leat.gateway.review;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** For how long an alert may be made quiet. */
public final class QuietSpan {

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Pattern SPAN = Pattern.compile("(\\d{1,5})([mhd])");

    private QuietSpan() {}

    /**
     * Reads a span such as {@code 30m}, {@code 8h} or {@code 7d}; milliseconds.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is none or longer than 30 days
     */
    public static long millis(@Nullable String span) {
        Matcher read = SPAN.matcher(span == null ? "" : span);
        if (read.matches()) {
            long count = Long.parseLong(read.group(1));
            Duration length =
                    switch (read.group(2)) {
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    };
            if (!length.isZero() && length.compareTo(LONGEST) <= 0) {
                return length.toMillis();
            }
        }
        throw new IllegalArgumentException(
                "'for' is a span such as 30m, 8h or 7d, up to %sd.".formatted(LONGEST.toDays()));
    }
}

package io.leat.delivery.webhook;

import io.leat.delivery.lane.Outcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After}: seconds, or a date. */
final class RetryAfter {

    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** Milliseconds from now, {@link Outcome#NO_WISH} if there is no such header or it says nothing. */
    static long millis(@Nullable String header, long nowMillis) {
        if (header == null) {
            return Outcome.NO_WISH;
        }
        String text = header.trim();
        if (!text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 1_000 * Long.parseLong(text);
        }
        try {
            long at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text))
                    .toEpochMilli();
            return Math.max(0, at - nowMillis);
        } catch (DateTimeException e) {
            return Outcome.NO_WISH;
        }
    }
}

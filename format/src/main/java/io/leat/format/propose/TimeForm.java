package io.leat.format.propose;

import io.leat.core.Feed;
import io.leat.format.EventTimes;
import io.leat.format.json.JsonKind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How moments are written, and what moment a value is. */
enum TimeForm {
    RFC3339(Feed.Time.Format.RFC3339, "date and time with offset"),
    NAIVE(Feed.Time.Format.UTC, "date and time without offset, taken for UTC"),
    SECONDS(Feed.Time.Format.EPOCH_S, "seconds since 1970"),
    MILLIS(Feed.Time.Format.EPOCH_MS, "milliseconds since 1970");

    private static final BigDecimal FROM = BigDecimal.valueOf(946_684_800L); // 2000
    private static final BigDecimal TO = BigDecimal.valueOf(4_102_444_800L); // 2100
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
    private static final Pattern DATED = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ].*");

    private final Feed.Time.Format format;
    private final String words;

    TimeForm(Feed.Time.Format format, String words) {
        this.format = format;
        this.words = words;
    }

    /** As the feed file names it. */
    String word() {
        return format.name().toLowerCase(java.util.Locale.ROOT);
    }

    String words() {
        return words;
    }

    /** The moment in microseconds since 1970, {@code null} if the value is none in this form. */
    @Nullable
    Long micros(Cell cell) {
        return switch (this) {
            case RFC3339 -> cell.kind() == JsonKind.STRING ? parsed(cell.text()) : null;
            case NAIVE -> cell.kind() == JsonKind.STRING ? parsed(cell.text() + "Z") : null;
            case SECONDS -> ofNumber(cell, BigDecimal.ONE);
            case MILLIS -> ofNumber(cell, BigDecimal.valueOf(1_000));
        };
    }

    private static @Nullable Long parsed(String text) {
        if (!DATED.matcher(text).matches()) {
            return null;
        }
        try {
            return EventTimes.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Long ofNumber(Cell cell, BigDecimal unit) {
        BigDecimal number = cell.number();
        if (number == null) {
            return null;
        }
        BigDecimal seconds = number.divide(unit, 6, java.math.RoundingMode.DOWN);
        return seconds.compareTo(FROM) < 0 || seconds.compareTo(TO) > 0
                ? null
                : (Long) seconds.multiply(MICROS).longValue();
    }
}

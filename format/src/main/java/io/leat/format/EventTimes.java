package io.leat.format;

import io.leat.core.Feed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Moments as text and as microseconds since 1970, years 0001 to 9999. */
public final class EventTimes {

    /** RFC 3339 section 5.6: full date, full time with offset. */
    private static final Pattern RFC3339 =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private static final long MICROS = 1_000_000;
    private static final long MIN = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond() * MICROS;
    private static final long MAX = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * MICROS;

    private EventTimes() {}

    /** RFC 3339 in UTC with as many digits of a second as are needed: 0, 3 or 6. */
    public static String format(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000)
                .toString();
    }

    /**
     * Reads what {@link #format} wrote, and any other RFC 3339 date and time.
     *
     * @throws DateTimeException if the text is none
     */
    public static long parse(String text) {
        if (!RFC3339.matcher(text).matches()) {
            throw new DateTimeException("not an RFC 3339 date and time");
        }
        String iso = text.replace(' ', 'T').replace('t', 'T').replace('z', 'Z');
        Instant instant = OffsetDateTime.parse(iso, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .toInstant();
        return instant.getEpochSecond() * MICROS + instant.getNano() / 1_000;
    }

    /** The moment a field holds, {@code null} if it holds none in this format. */
    static @Nullable Long read(JsonNode field, Feed.Time.Format format) {
        try {
            long micros =
                    switch (format) {
                        case RFC3339 -> field.isString() ? parse(field.stringValue()) : Long.MIN_VALUE;
                        case EPOCH_S -> epoch(field, MICROS);
                        case EPOCH_MS -> epoch(field, 1_000);
                    };
            return micros < MIN || micros > MAX ? null : micros;
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static long epoch(JsonNode field, long microsPerUnit) {
        if (!field.isNumber()) {
            return Long.MIN_VALUE;
        }
        BigDecimal number = field.decimalValue();
        if (number.precision() - (long) number.scale() > 20 || number.scale() > 64) {
            return Long.MIN_VALUE;
        }
        return number.multiply(BigDecimal.valueOf(microsPerUnit))
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }
}

package io.leat.format;

import io.leat.core.Feed;
import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments as text and as microseconds since 1970, years 0001 to 9999. */
public final class EventTimes {

    /** RFC 3339 section 5.6: full date, full time with offset. */
    private static final Pattern RFC3339 =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private static final long MICROS = 1_000_000;
    private static final long MIN = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond() * MICROS;
    private static final long MAX = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * MICROS;

    private static final long NOT_USUAL = Long.MIN_VALUE;
    /** Where the fraction of a second starts in the usual form, or where it ends if it has none. */
    private static final int POINT = 19;

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
        long usual = utc(text);
        if (usual != NOT_USUAL) {
            return usual;
        }
        if (!RFC3339.matcher(text).matches()) {
            throw new DateTimeException("not an RFC 3339 date and time");
        }
        String iso = text.replace(' ', 'T').replace('t', 'T').replace('z', 'Z');
        Instant instant = OffsetDateTime.parse(iso, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .toInstant();
        return instant.getEpochSecond() * MICROS + instant.getNano() / 1_000;
    }

    /**
     * Reads a moment that is written as text.
     *
     * @throws DateTimeException if the text is none in this format
     */
    static long parse(String text, Feed.Time.Format format) {
        return parse(format == Feed.Time.Format.UTC ? text + 'Z' : text);
    }

    /** The usual form, a moment in UTC like {@code 2026-02-07T17:22:01.5Z}; every other is {@link #NOT_USUAL}. */
    private static long utc(String text) {
        int end = text.length() - 1;
        boolean isUsual = (end == POINT || (end > POINT + 1 && end <= POINT + 10 && text.charAt(POINT) == '.'))
                && text.charAt(end) == 'Z'
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
        if (!isUsual) {
            return NOT_USUAL;
        }
        int date = number(text, 0, 4) | number(text, 5, 7) | number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, POINT);
        int fraction = end == POINT ? 0 : number(text, POINT + 1, end);
        if ((date | hour | minute | second | fraction) < 0 || hour > 23 || minute > 59 || second > 59) {
            return NOT_USUAL;
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        long micros = fraction;
        for (int digits = end - POINT - 1; digits < 6; digits++) {
            micros *= 10;
        }
        for (int digits = end - POINT - 1; digits > 6; digits--) {
            micros /= 10;
        }
        return (((day * 24 + hour) * 60 + minute) * 60 + second) * MICROS + micros;
    }

    /** A whole number of digits only, below 0 if there is anything else. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The moment a value holds, {@code null} if it holds none in this format. */
    static @Nullable Long read(Document document, int value, Feed.Time.Format format) {
        JsonKind expected = format.isText() ? JsonKind.STRING : JsonKind.NUMBER;
        if (document.kind(value) != expected) {
            return null;
        }
        try {
            long micros =
                    switch (format) {
                        case RFC3339, UTC -> parse(document.text(value), format);
                        case EPOCH_S -> epoch(document.decimal(value), MICROS);
                        case EPOCH_MS -> epoch(document.decimal(value), 1_000);
                    };
            return micros < MIN || micros > MAX ? null : micros;
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static long epoch(BigDecimal number, long microsPerUnit) {
        if (number.precision() - (long) number.scale() > 20 || number.scale() > 64) {
            return Long.MIN_VALUE;
        }
        return number.multiply(BigDecimal.valueOf(microsPerUnit))
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }
}

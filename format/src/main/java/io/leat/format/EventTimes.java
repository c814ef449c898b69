package io.leat.format;

import io.leat.core.Feed;
import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Moments as text and as microseconds since 1970, years 0001 to 9999. */
public final class EventTimes {

    private static final long MICROS = 1_000_000;
    private static final long MIN = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond() * MICROS;
    private static final long MAX = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * MICROS;

    /** So many figures before the point hold every moment there is, and fit a long. */
    private static final int MOST_DIGITS = 18;

    private static final int MOST_DECIMALS = 64;

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
        long micros = Rfc3339.micros(text);
        if (micros == Rfc3339.NONE) {
            throw new DateTimeException("not an RFC 3339 date and time");
        }
        return micros;
    }

    /**
     * Reads a moment that is written as text.
     *
     * @throws DateTimeException if the text is none in this format
     */
    static long parse(String text, Feed.Time.Format format) {
        return parse(format == Feed.Time.Format.UTC ? text + 'Z' : text);
    }

    /** The moment a value holds, {@code null} if it holds none in this format. */
    static @Nullable Long read(Document document, int value, Feed.Time.Format format) {
        JsonKind expected = format.isText() ? JsonKind.STRING : JsonKind.NUMBER;
        if (document.kind(value) != expected) {
            return null;
        }
        long micros =
                switch (format) {
                    case RFC3339 -> Rfc3339.micros(document.text(value));
                    case UTC -> Rfc3339.micros(document.text(value) + 'Z');
                    case EPOCH_S -> epoch(document.decimal(value), MICROS);
                    case EPOCH_MS -> epoch(document.decimal(value), 1_000);
                };
        return micros < MIN || micros > MAX ? null : micros;
    }

    private static long epoch(BigDecimal number, long microsPerUnit) {
        BigDecimal micros = number.multiply(BigDecimal.valueOf(microsPerUnit));
        boolean isHeld = micros.precision() - (long) micros.scale() <= MOST_DIGITS && micros.scale() <= MOST_DECIMALS;
        return isHeld ? micros.setScale(0, RoundingMode.FLOOR).longValue() : Long.MIN_VALUE;
    }
}

package io.leat.core.normalize;

import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Reads moments: RFC 3339, what programs print, counts since 1970, and dates and times as pages of many languages show them. A
 * time without an offset needs a declared zone; nothing is ever taken from the machine's. Thread-safe.
 */
public final class Timestamps {

    static final int MOST_CHARACTERS = 150;
    private static final BigDecimal LEAST = new BigDecimal("100000000");
    private static final BigDecimal END = new BigDecimal("4102444800");
    private static final int[] UNITS = {0, 3, 6, 9};
    private static final int MOST_DIGITS = 30;

    private final Normalizer.OfTimestamp how;
    private final long languages;

    private Timestamps(Normalizer.OfTimestamp how) {
        this.how = how;
        this.languages = how.languages().isEmpty() ? DateWords.ALL : DateWords.bits(how.languages());
    }

    /** Which of two small numbers is the day. */
    public enum Order {
        /** The text has to show it. */
        AUTO,
        /** {@code 07/02/2026} is the 7th of February. */
        DAY_FIRST,
        /** {@code 02/07/2026} is the 7th of February. */
        MONTH_FIRST
    }

    /**
     * The reader of these moments.
     *
     * @throws IllegalArgumentException if a language is not known
     */
    public static Timestamps of(Normalizer.OfTimestamp how) {
        return new Timestamps(how);
    }

    /** The languages whose months and weekdays are known, by their codes, sorted. */
    public static Collection<String> languages() {
        return DateWords.languages();
    }

    /** Reads a moment, as RFC 3339 in UTC. */
    public Normalized<String> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + MOST_CHARACTERS + " characters");
        }
        String line = Plain.fold(text);
        if (line.isEmpty()) {
            return new Absent<>();
        }
        Normalized<String> counted = counted(line);
        if (counted != null) {
            return counted;
        }
        DateTokens tokens = DateTokens.of(line);
        DateText date = tokens == null ? null : new DateText(tokens, languages);
        return date == null || !date.read()
                ? new Unparsed<>("no known form of a date")
                : new DateReading(date, how, languages).judge();
    }

    /** Reads seconds, milliseconds, microseconds or nanoseconds since 1970, or a date of digits only. */
    public Normalized<String> read(BigDecimal number) {
        if (number.signum() < 0 || number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
            return new Unparsed<>("no count since 1970");
        }
        return read(number.stripTrailingZeros().toPlainString());
    }

    /** What digits and a point alone say, {@code null} if the line is more, or may be a date without separators. */
    private static @Nullable Normalized<String> counted(String line) {
        int point = -1;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '.' && point < 0 && i > 0) {
                point = i;
            } else if (!Letters.isDigit(c)) {
                return null;
            }
        }
        int whole = point < 0 ? line.length() : point;
        if (whole == 10 && isHour(line)) {
            return new Ambiguous<>("seconds since 1970, or year, month, day and hour");
        }
        if (line.length() > MOST_DIGITS || whole == 12 && point < 0 && isHour(line)) {
            return null;
        }
        return whole == line.length() - 1 ? null : since1970(new BigDecimal(line));
    }

    /** The four windows do not overlap: each is 1973 to 2099. */
    private static @Nullable Normalized<String> since1970(BigDecimal number) {
        for (int unit : UNITS) {
            BigDecimal seconds = number.movePointLeft(unit);
            if (seconds.compareTo(LEAST) >= 0 && seconds.compareTo(END) < 0) {
                BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
                BigDecimal nanos = seconds.subtract(whole).movePointRight(9);
                return new Normal<>(Moments.text(whole.longValue(), nanos.intValue()));
            }
        }
        return null;
    }

    /** Whether the first ten digits can be year, month, day and hour of our time. */
    private static boolean isHour(String line) {
        int year = digits(line, 0, 4);
        int month = digits(line, 4, 6);
        int day = digits(line, 6, 8);
        return year >= 1_970
                && year < 2_100
                && digits(line, 8, 10) <= 23
                && DateCalendar.GREGORIAN.date(year, month, day) != null;
    }

    private static int digits(String line, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + line.charAt(i) - '0';
        }
        return number;
    }
}

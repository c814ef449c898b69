package io.leat.core.normalize;

import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads moments: RFC 3339, RFC 1123, epochs, and dates and times as pages show them. A time without an offset needs a
 * declared zone; nothing is ever taken from the machine's.
 */
public final class Timestamps {

    private static final String OFFSET = "(?: ?(z|utc|gmt|[+-]\\d{2}:?\\d{2}))?";
    private static final String CLOCK =
            "(?:(?:t|,? (?:at |um |à |alle |kl\\.? ?)?)(\\d{1,2})[:.h](\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?(?: uhr)?(?: ?([ap])\\.?m\\.?)?"
                    + OFFSET + ")?";
    private static final String WEEKDAY = "(?:\\p{L}{2,12}\\.?,? )?";
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})" + CLOCK);
    private static final Pattern YEAR_LAST =
            Pattern.compile(WEEKDAY + "(\\d{1,2})([-/.]) ?(\\d{1,2})\\2 ?(\\d{4})" + CLOCK);
    private static final Pattern DAY_NAMED = Pattern.compile(
            WEEKDAY + "(\\d{1,2})(?:\\.|st|nd|rd|th|º)?(?: de)?[ -](\\p{L}{3,14})\\.?(?: de)?,?[ -](\\d{4})" + CLOCK);
    private static final Pattern NAMED_DAY =
            Pattern.compile(WEEKDAY + "(\\p{L}{3,14})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})" + CLOCK);
    private static final int CLOCK_GROUP = 5;

    private static final Map<String, Integer> MONTHS = months();
    private static final int MOST_CHARACTERS = 100;
    private static final BigDecimal LEAST_MILLIS = new BigDecimal("100000000000");
    private static final BigDecimal END_OF_MILLIS = new BigDecimal("100000000000000");
    private static final BigDecimal LEAST_SECONDS = new BigDecimal("100000000");

    private Timestamps() {}

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
     * Reads a moment, as RFC 3339 in UTC.
     *
     * @param zone where times without an offset were written, {@code null} if that is not known
     */
    public static Normalized<String> read(String text, @Nullable ZoneId zone, Order order) {
        if (text.length() > MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + MOST_CHARACTERS + " characters");
        }
        String line = Plain.fold(text);
        if (line.isEmpty()) {
            return new Absent<>();
        }
        if (line.matches("\\d{9,14}(\\.\\d{1,9})?")) {
            return read(new BigDecimal(line));
        }
        try {
            return read(zone, order, new Matcher[] {
                YEAR_FIRST.matcher(line), YEAR_LAST.matcher(line), DAY_NAMED.matcher(line), NAMED_DAY.matcher(line)
            });
        } catch (DateTimeException e) {
            return new Unparsed<>("no such date or time");
        }
    }

    /** Reads seconds or milliseconds since 1970: which of them, the size tells for every moment from 1973 on. */
    public static Normalized<String> read(BigDecimal epoch) {
        if (epoch.compareTo(LEAST_SECONDS) < 0 || epoch.compareTo(END_OF_MILLIS) >= 0) {
            return new Unparsed<>("no seconds or milliseconds since 1970");
        }
        boolean isMillis = epoch.compareTo(LEAST_MILLIS) >= 0;
        BigDecimal nanos = epoch.movePointRight(isMillis ? 6 : 9);
        BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.TEN.pow(9));
        return new Normal<>(Instant.ofEpochSecond(parts[0].longValue(), micros(parts[1].longValue()))
                .toString());
    }

    private static Normalized<String> read(@Nullable ZoneId zone, Order order, Matcher[] forms) {
        if (forms[0].matches()) {
            Matcher form = forms[0];
            return moment(date(form.group(1), form.group(3), form.group(4)), form, zone);
        }
        if (forms[1].matches()) {
            Matcher form = forms[1];
            boolean isPointed = form.group(2).equals(".");
            int first = Integer.parseInt(form.group(1));
            int second = Integer.parseInt(form.group(3));
            Order known = order != Order.AUTO || first == second
                    ? order
                    : isPointed || first > 12 ? Order.DAY_FIRST : second > 12 ? Order.MONTH_FIRST : Order.AUTO;
            if (known == Order.AUTO && first != second) {
                return new Ambiguous<>("day or month first");
            }
            boolean isMonthFirst = known == Order.MONTH_FIRST;
            return moment(
                    date(form.group(4), form.group(isMonthFirst ? 1 : 3), form.group(isMonthFirst ? 3 : 1)),
                    form,
                    zone);
        }
        for (int i = 2; i < forms.length; i++) {
            Integer month = forms[i].matches() ? MONTHS.get(forms[i].group(i == 2 ? 2 : 1)) : null;
            if (month != null) {
                return moment(
                        date(forms[i].group(3), month.toString(), forms[i].group(i == 2 ? 1 : 2)), forms[i], zone);
            }
        }
        return new Unparsed<>("no known form of a date");
    }

    private static LocalDateTime date(String year, String month, String day) {
        return LocalDateTime.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day), 0, 0);
    }

    private static Map<String, Integer> months() {
        Table table = Table.of("months");
        Map<String, Integer> months = new HashMap<>();
        for (int month = 1; month <= 12; month++) {
            for (String name : table.words("m" + month)) {
                months.put(name, month);
            }
        }
        return Map.copyOf(months);
    }

    private static Normalized<String> moment(LocalDateTime date, Matcher form, @Nullable ZoneId zone) {
        int clock = form.groupCount() - CLOCK_GROUP;
        String offset = form.group(clock + 5);
        LocalDateTime local = date.withHour(hour(form.group(clock), form.group(clock + 4)))
                .withMinute(number(form.group(clock + 1)))
                .withSecond(number(form.group(clock + 2)))
                .withNano((int) micros(nanos(form.group(clock + 3))));
        if (offset != null) {
            String id = offset.matches("[a-z]+") ? "Z" : offset.replaceAll("(\\d{2}):?(\\d{2})", "$1:$2");
            return new Normal<>(local.toInstant(ZoneOffset.of(id)).toString());
        }
        if (zone == null) {
            return new Ambiguous<>("a time without offset, and no zone is declared");
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            return new Unparsed<>("the clocks were put forward over this time");
        }
        return offsets.size() > 1
                ? new Ambiguous<>("the clocks showed this time twice")
                : new Normal<>(local.toInstant(offsets.get(0)).toString());
    }

    private static int hour(@Nullable String hour, @Nullable String half) {
        int number = number(hour);
        if (half == null) {
            return number;
        }
        if (number < 1 || number > 12) {
            throw new DateTimeException("no such hour");
        }
        return number % 12 + (half.equals("p") ? 12 : 0);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static long nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "00000000").substring(0, 9));
    }

    /** Nanoseconds down to the microsecond, which is what event times keep. */
    private static long micros(long nanos) {
        return nanos / 1_000 * 1_000;
    }
}

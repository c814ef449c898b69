package io.leat.core;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one field's values within a span of time. The order in which values come does not matter.
 *
 * @param count items that have the field
 * @param numbers how many of the values are numbers
 * @param sum of the numbers, exact
 * @param least the least number, {@code null} if there is none
 * @param greatest the greatest number, {@code null} if there is none
 * @param first the value of the oldest item, {@code null} if there is none
 * @param last the value of the newest item, {@code null} if there is none
 */
public record Series(
        long count,
        long numbers,
        BigDecimal sum,
        @Nullable BigDecimal least,
        @Nullable BigDecimal greatest,
        @Nullable Point first,
        @Nullable Point last) {

    /** No item has come. */
    public static final Series EMPTY = new Series(0, 0, BigDecimal.ZERO, null, null, null, null);

    /**
     * The value of one item.
     *
     * @param eventTime microseconds since 1970
     * @param tie orders items of one moment
     * @param value canonical JSON
     */
    public record Point(long eventTime, long tie, String value) {

        boolean isBefore(Point other) {
            return eventTime < other.eventTime || (eventTime == other.eventTime && tie < other.tie);
        }
    }

    /** With one more value. */
    public Series plus(Point point) {
        BigDecimal number = number(point.value());
        return new Series(
                count + 1,
                number == null ? numbers : numbers + 1,
                number == null ? sum : sum.add(number),
                number == null || (least != null && least.compareTo(number) <= 0) ? least : number,
                number == null || (greatest != null && greatest.compareTo(number) >= 0) ? greatest : number,
                first == null || point.isBefore(first) ? point : first,
                last == null || last.isBefore(point) ? point : last);
    }

    /** The mean of the numbers to 16 digits, {@code null} if there is none. */
    public @Nullable BigDecimal mean() {
        return numbers == 0 ? null : sum.divide(BigDecimal.valueOf(numbers), MathContext.DECIMAL64);
    }

    /** By what share the newest value differs from the oldest, {@code null} unless both are numbers and the oldest is not 0. */
    public @Nullable BigDecimal rate() {
        BigDecimal from = first == null ? null : number(first.value());
        BigDecimal to = last == null ? null : number(last.value());
        return from == null || to == null || from.signum() == 0
                ? null
                : to.subtract(from).divide(from.abs(), MathContext.DECIMAL64);
    }

    /** Canonical numbers of a sane size have no exponent; the others would make sums of any length. */
    private static @Nullable BigDecimal number(String value) {
        char start = value.isEmpty() ? ' ' : value.charAt(0);
        return (start == '-' || (start >= '0' && start <= '9')) && value.indexOf('e') < 0
                ? new BigDecimal(value)
                : null;
    }
}

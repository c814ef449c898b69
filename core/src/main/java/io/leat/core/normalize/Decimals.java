package io.leat.core.normalize;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that digits with separators can mean. Groups have three digits, or two and a last one of three as in India.
 * So only one shape has two meanings: up to three digits, one point or comma, three digits.
 *
 * @param fraction what it means if its point or comma stands before decimals, {@code null} if it cannot
 * @param decimal that point or comma; {@code 0} if there is no such meaning
 * @param whole what it means without decimals, {@code null} if it cannot
 */
record Decimals(@Nullable BigDecimal fraction, char decimal, @Nullable BigDecimal whole) {

    private static final int LONG_DIGITS = 18;
    private static final int GROUP = 3;

    /**
     * Every number the text can mean, none if its shape is no number's.
     *
     * @param text ASCII digits, at least one, with points, commas, apostrophes and single spaces
     */
    static Decimals of(String text) {
        BigDecimal fraction = null;
        char decimal = 0;
        int last = lastPoint(text);
        if (last >= 0 && last < text.length() - 1 && text.indexOf(text.charAt(last)) == last && isWhole(text, last)) {
            decimal = text.charAt(last);
            fraction = number(text, last);
        }
        BigDecimal whole = isWhole(text, text.length()) ? number(text, text.length()) : null;
        return new Decimals(fraction, decimal, whole);
    }

    boolean isNone() {
        return fraction == null && whole == null;
    }

    /** The only meaning, {@code null} if there are two or none. */
    @Nullable
    BigDecimal only() {
        return fraction == null ? whole : whole == null ? fraction : null;
    }

    /** What it means where this character stands before decimals; asked where there are two meanings. */
    @Nullable
    BigDecimal in(char separator) {
        return separator == decimal ? fraction : whole;
    }

    private static int lastPoint(String text) {
        for (int i = text.length() - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == '.' || c == ',') {
                return i;
            }
            if (!Scripts.isDigit(c)) {
                return -1;
            }
        }
        return -1;
    }

    /** The digits, those after a place being decimals. */
    private static BigDecimal number(String text, int point) {
        int decimals = Math.max(0, text.length() - point - 1);
        if (text.length() <= LONG_DIGITS) {
            long unscaled = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (Scripts.isDigit(c)) {
                    unscaled = unscaled * 10 + (c - '0');
                }
            }
            return BigDecimal.valueOf(unscaled, decimals);
        }
        StringBuilder digits = new StringBuilder(text.length() + 1);
        for (int i = 0; i < text.length(); i++) {
            if (i == point) {
                digits.append(digits.isEmpty() ? "0." : ".");
            } else if (Scripts.isDigit(text.charAt(i))) {
                digits.append(text.charAt(i));
            }
        }
        return new BigDecimal(digits.toString());
    }

    /** Digits alone, or properly grouped by one kind of separator; nothing at all before decimals. */
    private static boolean isWhole(String text, int end) {
        int first = digitsEnd(text, 0, end);
        if (first == end) {
            return end > 0 || text.length() > 1;
        }
        if (first == 0 || first > GROUP || first == 1 && text.charAt(0) == '0') {
            return false;
        }
        char separator = text.charAt(first);
        boolean threes = true;
        boolean twos = first < GROUP;
        int at = first;
        while (at < end) {
            if (text.charAt(at) != separator) {
                return false;
            }
            int to = digitsEnd(text, at + 1, end);
            int length = to - at - 1;
            if (to == end) {
                return length == GROUP && (threes || twos && at > first);
            }
            threes &= length == GROUP;
            twos &= length == 2;
            at = to;
        }
        return false;
    }

    private static int digitsEnd(String text, int from, int end) {
        int at = from;
        while (at < end && Scripts.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }
}

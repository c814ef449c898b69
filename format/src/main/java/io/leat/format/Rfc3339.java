package io.leat.format;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Reads a date and time as RFC 3339 section 5.6 has it: the offset written, seconds with any number of digits, a leap second where
 * one can be, which is at the end of a day in UTC.
 */
final class Rfc3339 {

    /** No such date and time. */
    static final long NONE = Long.MIN_VALUE;

    private static final long MICROS = 1_000_000;
    /** Where the fraction of a second, or the offset, starts. */
    private static final int POINT = 19;

    private static final int LEAP = 60;
    private static final int LAST_MINUTE = 24 * 60 - 1;

    private Rfc3339() {}

    /**
     * Microseconds since 1970, or {@link #NONE}. What is shorter than a microsecond is dropped; a leap second is the first moment
     * after it, however far it has gone, so that nothing is told out of order.
     */
    static long micros(String text) {
        if (text.length() <= POINT || !isShaped(text)) {
            return NONE;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, POINT);
        boolean isDate = month >= 1 && month <= 12 && day >= 1 && year >= 0 && day <= days(year, month);
        if (!isDate || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > LEAP) {
            return NONE;
        }
        int end = fractionEnd(text);
        long offset = end < 0 ? NONE : offset(text, end);
        if (offset == NONE) {
            return NONE;
        }
        long minutes = (LocalDate.of(year, month, day).toEpochDay() * 24 + hour) * 60 + minute - offset;
        if (second == LEAP) {
            return Math.floorMod(minutes, LAST_MINUTE + 1) == LAST_MINUTE ? (minutes + 1) * 60 * MICROS : NONE;
        }
        return (minutes * 60 + second) * MICROS + fraction(text, end);
    }

    private static boolean isShaped(String text) {
        char joint = text.charAt(10);
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (joint == 'T' || joint == 't' || joint == ' ')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static int days(int year, int month) {
        return month == 2 || month == 4 || month == 6 || month == 9 || month == 11
                ? YearMonth.of(year, month).lengthOfMonth()
                : 31;
    }

    /** Where the digits after the point end, below 0 if there is a point and none. */
    private static int fractionEnd(String text) {
        if (text.charAt(POINT) != '.') {
            return POINT;
        }
        int end = POINT + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end == POINT + 1 ? -1 : end;
    }

    private static long fraction(String text, int end) {
        long micros = 0;
        for (int i = POINT + 1; i <= POINT + 6; i++) {
            micros = micros * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return micros;
    }

    /** Minutes east of Greenwich, or {@link #NONE}. */
    private static long offset(String text, int at) {
        if (at >= text.length()) {
            return NONE;
        }
        char sign = text.charAt(at);
        if (sign == 'Z' || sign == 'z') {
            return at + 1 == text.length() ? 0 : NONE;
        }
        boolean isOffset = (sign == '+' || sign == '-') && text.length() == at + 6 && text.charAt(at + 3) == ':';
        int hours = isOffset ? number(text, at + 1, at + 3) : -1;
        int minutes = isOffset ? number(text, at + 4, at + 6) : -1;
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return NONE;
        }
        return sign == '-' ? -(hours * 60L + minutes) : hours * 60L + minutes;
    }

    /** A whole number of digits only, below 0 if there is anything else. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

package io.leat.core.normalize;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.chrono.HijrahDate;
import org.jspecify.annotations.Nullable;

/** Whose years and months the figures of a date are. */
public enum DateCalendar {
    GREGORIAN,
    /** Thailand's: 543 years ahead. */
    BUDDHIST,
    /** Iran's: the solar Hijri years 1178 to 1633. */
    PERSIAN,
    /** Umm al-Qura, as Saudi Arabia writes it. */
    ISLAMIC;

    private static final int BUDDHIST_YEARS = 543;
    private static final int PERSIAN_FIRST = 1_178;
    private static final int PERSIAN_LAST = 1_633;
    private static final long PERSIAN_EPOCH_DAY = LocalDate.of(1979, 3, 21).toEpochDay();
    private static final int PERSIAN_YEAR = 1_358;
    /** The years of a cycle of 33 that have a leap day, as bits. */
    private static final long PERSIAN_LEAPS =
            1L << 1 | 1L << 5 | 1L << 9 | 1L << 13 | 1L << 17 | 1L << 22 | 1L << 26 | 1L << 30;

    /** The day, {@code null} if the calendar has none such. */
    @Nullable
    LocalDate date(int year, int month, int day) {
        return switch (this) {
            case GREGORIAN -> gregorian(year, month, day);
            case BUDDHIST -> gregorian(year - BUDDHIST_YEARS, month, day);
            case PERSIAN -> persian(year, month, day);
            case ISLAMIC -> islamic(year, month, day);
        };
    }

    private static @Nullable LocalDate gregorian(int year, int month, int day) {
        boolean isOne = year > 0
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || YearMonth.of(year, month).isValidDay(day));
        return isOne ? LocalDate.of(year, month, day) : null;
    }

    private static @Nullable LocalDate persian(int year, int month, int day) {
        int days = month <= 6 ? 31 : month < 12 || isPersianLeap(year) ? 30 : 29;
        if (year < PERSIAN_FIRST || year > PERSIAN_LAST || month < 1 || month > 12 || day < 1 || day > days) {
            return null;
        }
        long start = PERSIAN_EPOCH_DAY;
        for (int at = PERSIAN_YEAR; at < year; at++) {
            start += isPersianLeap(at) ? 366 : 365;
        }
        for (int at = PERSIAN_YEAR - 1; at >= year; at--) {
            start -= isPersianLeap(at) ? 366 : 365;
        }
        int before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
        return LocalDate.ofEpochDay(start + before + day - 1);
    }

    private static boolean isPersianLeap(int year) {
        return (PERSIAN_LEAPS & 1L << year % 33) != 0;
    }

    /** Only a table tells the months of this calendar, and the library that has it answers with exceptions. */
    private static @Nullable LocalDate islamic(int year, int month, int day) {
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > 30) {
            return null;
        }
        try {
            return LocalDate.from(HijrahDate.of(year, month, day));
        } catch (DateTimeException e) {
            return null;
        }
    }
}

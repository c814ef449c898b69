package io.leat.core.normalize;

import io.leat.core.normalize.DateWord.Kind;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import io.leat.core.normalize.Timestamps.Order;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges what a text says as a date: which of its words is the month, which figure the day, and whether that is one moment. */
final class DateReading {

    private static final int LEAST_YEAR = 1900;
    private static final int MOST_YEAR = 2199;
    private static final int MOST_SHORT_YEAR = 49;
    private static final int MONTHS = 0b1_1111_1111_1110;

    private final DateText text;
    private final Normalizer.OfTimestamp how;
    private long languages;
    private @Nullable DateWord monthWord;
    private int half = DateText.NONE;
    private int weekdays;
    private String why = "";
    private boolean isTwofold;

    DateReading(DateText text, Normalizer.OfTimestamp how, long allowed) {
        this.text = text;
        this.how = how;
        this.languages = allowed;
    }

    Normalized<String> judge() {
        LocalDate date = words() && times() ? date() : null;
        if (date == null) {
            return isTwofold ? new Ambiguous<>(why) : new Unparsed<>(why.isEmpty() ? "no known form of a date" : why);
        }
        return moment(date);
    }

    private boolean fail(String reason) {
        why = reason;
        return false;
    }

    private boolean twofold(String reason) {
        isTwofold = true;
        return fail(reason);
    }

    /** Gives every word its part: one month where figures have none, weekdays, halves of the day. */
    private boolean words() {
        boolean isMonthMissing = text.month == DateText.NONE && text.first == DateText.NONE;
        long all = languages;
        int month = isMonthMissing ? month() : DateText.NONE;
        if (isMonthMissing && month == DateText.NONE) {
            return fail("no month");
        }
        for (int i = 0; i < text.words.size(); i++) {
            if (i != month && !isHalf(text.words.get(i))) {
                narrow(text.words.get(i), all);
            }
        }
        for (int i = 0; i < text.words.size(); i++) {
            if (i != month && !other(text.words.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isHalf(DateWord word) {
        return word.is(Kind.HALF, DateWords.ALL);
    }

    /** Keeps the languages that a word belongs to, if any are left. */
    private void narrow(DateWord word, long all) {
        long its = (word.languages(Kind.WEEKDAY) | word.languages(Kind.FILLER)) & all;
        if ((languages & its) != 0) {
            languages &= its;
        }
    }

    private Kind monthKind() {
        return how.calendar() == DateCalendar.PERSIAN ? Kind.PERSIAN : Kind.MONTH;
    }

    /** The word that is the month: of two that can be, the one that is no weekday, or the later. */
    private int month() {
        int found = DateText.NONE;
        for (int i = 0; i < text.words.size(); i++) {
            DateWord word = text.words.get(i);
            if (word.is(monthKind(), languages)) {
                boolean isBetter = found == DateText.NONE
                        || !word.is(Kind.WEEKDAY, languages)
                        || text.words.get(found).is(Kind.WEEKDAY, languages);
                found = isBetter ? i : found;
            }
        }
        if (found != DateText.NONE) {
            monthWord = text.words.get(found);
            languages &= monthWord.languages(monthKind());
        }
        return found;
    }

    private boolean other(DateWord word) {
        boolean isFiller = word.is(Kind.FILLER, languages);
        if (isHalf(word)) {
            boolean isAfterClock = word == text.afterClock;
            boolean isEverywhere = word.languages(Kind.HALF) == DateWords.ALL;
            boolean canBeHalf = word.is(Kind.HALF, languages) && (isAfterClock || !isEverywhere || !isFiller);
            if (canBeHalf && isFiller && !isEverywhere) {
                return twofold("a word that may be before or after noon");
            }
            int halves = word.values(Kind.HALF, languages);
            if (!canBeHalf || half != DateText.NONE || Integer.bitCount(halves) != 1) {
                return isFiller || fail("words of several languages");
            }
            half = Integer.numberOfTrailingZeros(halves);
            return true;
        }
        if (word.is(Kind.WEEKDAY, DateWords.ALL) && !isFiller) {
            long its = word.is(Kind.WEEKDAY, languages) ? languages : DateWords.ALL;
            weekdays |= word.values(Kind.WEEKDAY, its);
            return true;
        }
        return word.is(Kind.FILLER, DateWords.ALL) || fail("two months");
    }

    private boolean times() {
        if (half != DateText.NONE && text.hour == DateText.NONE) {
            return fail("half a day and no time");
        }
        if (text.hour == DateText.NONE) {
            return true;
        }
        if (half != DateText.NONE && text.hour <= 12) {
            if (text.hour == 0) {
                return fail("no such hour");
            }
            text.hour = text.hour % 12 + 12 * half;
        } else if (half == 0) {
            return fail("no such hour");
        }
        return text.hour <= 23 && text.minute <= 59 && text.secondOfMinute <= 59 || fail("no such date or time");
    }

    private @Nullable LocalDate date() {
        if (text.year == DateText.NONE || text.day == DateText.NONE && text.first == DateText.NONE) {
            fail("no whole date");
            return null;
        }
        if (text.first != DateText.NONE) {
            return figures();
        }
        return monthWord == null ? checked(text.month, text.day) : named(monthWord);
    }

    /** A month that has several meanings is the one whose weekday fits; without a weekday it is ambiguous. */
    private @Nullable LocalDate named(DateWord word) {
        int months = word.values(monthKind(), languages) & MONTHS;
        if (Integer.bitCount(months) == 1) {
            return checked(Integer.numberOfTrailingZeros(months), text.day);
        }
        LocalDate only = null;
        for (int month = 1; month <= 12 && weekdays != 0; month++) {
            LocalDate date = (months & 1 << month) == 0 ? null : checked(month, text.day);
            if (date != null && only != null) {
                only = null;
                break;
            }
            only = date == null ? only : date;
        }
        if (only == null) {
            twofold("a month of several meanings");
        }
        return only;
    }

    private @Nullable LocalDate figures() {
        int first = text.first;
        int second = text.second;
        boolean isDayFirstHere = (languages & ~DateWords.DAY_FIRST) == 0;
        if (text.isYearShort) {
            boolean isKnown = how.order() != Order.AUTO || isDayFirstHere;
            if (!isKnown || text.year > MOST_SHORT_YEAR) {
                twofold("a year of two figures");
                return null;
            }
            text.year += 2_000;
        }
        if (how.order() == Order.MONTH_FIRST) {
            if (text.isPointed && first != second) {
                twofold("points beside a date with the month first");
                return null;
            }
            return checked(first, second);
        }
        if (how.order() == Order.DAY_FIRST || text.isPointed || isDayFirstHere || first > 12 || first == second) {
            return checked(second, first);
        }
        return second > 12 ? checked(first, second) : byWeekday(first, second);
    }

    private @Nullable LocalDate byWeekday(int first, int second) {
        LocalDate monthFirst = weekdays == 0 ? null : checked(first, second);
        LocalDate dayFirst = weekdays == 0 ? null : checked(second, first);
        if (monthFirst == null ^ dayFirst == null) {
            return monthFirst == null ? dayFirst : monthFirst;
        }
        twofold("day or month first");
        return null;
    }

    /** The day of these figures, {@code null} if there is none, or another weekday stands beside it. */
    private @Nullable LocalDate checked(int month, int day) {
        boolean isMachine = text.isJoined && text.hasOffset && !text.isYearShort;
        DateCalendar calendar = isMachine ? DateCalendar.GREGORIAN : how.calendar();
        LocalDate date = calendar.date(text.year, month, day);
        if (date == null) {
            fail("no such date or time");
            return null;
        }
        boolean isNear = date.getYear() >= LEAST_YEAR && date.getYear() <= MOST_YEAR;
        if (!isNear && !(isMachine && text.year > 0)) {
            fail("a year of another calendar");
            return null;
        }
        if (weekdays != 0 && (weekdays & 1 << date.getDayOfWeek().getValue()) == 0) {
            fail("the date was another day of the week");
            return null;
        }
        return date;
    }

    private Normalized<String> moment(LocalDate date) {
        int hour = text.hour == DateText.NONE ? 0 : text.hour;
        LocalDateTime local = date.atTime(hour, text.minute, text.secondOfMinute, text.nano);
        if (text.hasOffset && text.zone == DateWords.UTC) {
            return new Normal<>(Moments.text(local.toEpochSecond(ZoneOffset.UTC) - text.offset, text.nano));
        }
        if (text.hasOffset) {
            return abbreviated(local, DateWords.zone(text.zone));
        }
        ZoneId zone = how.zone();
        if (zone == null) {
            return new Ambiguous<>("a time without offset, and no zone is declared");
        }
        return at(local, zone.getRules().getValidOffsets(local));
    }

    private Normalized<String> at(LocalDateTime local, List<ZoneOffset> offsets) {
        if (offsets.isEmpty()) {
            return new Unparsed<>("the clocks were put forward over this time");
        }
        return offsets.size() > 1
                ? new Ambiguous<>("the clocks showed this time twice")
                : new Normal<>(Moments.text(local.toEpochSecond(offsets.get(0)), text.nano));
    }

    /** An abbreviation of winter in summer, or the other way, can mean the clocks or the offset. */
    private Normalized<String> abbreviated(LocalDateTime local, DateWords.Abbreviation zone) {
        List<ZoneOffset> offsets = zone.zone().getRules().getValidOffsets(local);
        if (offsets.size() == 1 && !zone.season().equals("always")) {
            boolean isSummer = zone.zone().getRules().isDaylightSavings(local.toInstant(offsets.get(0)));
            if (isSummer != zone.season().equals("summer")) {
                return new Ambiguous<>("the offset of another season");
            }
        }
        return at(local, offsets);
    }
}

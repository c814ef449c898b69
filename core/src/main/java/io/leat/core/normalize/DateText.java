package io.leat.core.normalize;

import io.leat.core.normalize.DateWord.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tokens of a line say as a date and a time. Every token has to have its place: a figure or word that has none makes the
 * line no moment. For one line and one thread.
 */
final class DateText {

    static final int NONE = -1;
    private static final String FILLERS = ",.()|·;:،、";
    private static final int MOST_OFFSET_HOURS = 14;

    private final DateTokens tokens;
    private final long allowed;

    /** Figures of the date as they stand; the day and month of one in figures only are {@code first} and {@code second}. */
    int year = NONE;

    int month = NONE;
    int day = NONE;
    int first = NONE;
    int second = NONE;
    boolean isYearShort;
    boolean isPointed;

    int hour = NONE;
    int minute;
    int secondOfMinute;
    int nano;

    /** Seconds east of Greenwich; only if {@code hasOffset}. */
    int offset;

    boolean hasOffset;
    /** The number of a zone that is named by an abbreviation, {@code 0} if none is. */
    int zone;
    /** Whether the letter T joins date and time, as machines write them. */
    boolean isJoined;

    /** The words that are a month, a weekday, a half of the day or nothing, in their order. */
    final List<DateWord> words = new ArrayList<>(4);

    /** The word that stands right behind the time, {@code null} if none does. */
    @Nullable
    DateWord afterClock;

    private int clockEnd = NONE;

    DateText(DateTokens tokens, long allowed) {
        this.tokens = tokens;
        this.allowed = allowed;
    }

    /** Whether every token has its place. */
    boolean read() {
        int at = 0;
        while (tokens.kind(at) != DateTokens.END) {
            at = next(at);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    private int next(int at) {
        char kind = tokens.kind(at);
        return switch (kind) {
            case DateTokens.NUMBER -> number(at);
            case DateTokens.WORD -> word(at);
            case DateTokens.UNKNOWN -> {
                boolean isT = tokens.isUnknown(at, 't') && tokens.isGlued(at) && tokens.isGlued(at + 1) && hasDate();
                isJoined |= isT;
                yield isT && hour == NONE ? at + 1 : NONE;
            }
            case '+', '-' -> {
                int end = isOffset(at) ? offset(at) : NONE;
                yield end >= 0
                        ? end
                        : kind == '-' && !tokens.isGlued(at) ? at + 1 : kind == '-' && isBesideWord(at) ? at + 1 : NONE;
            }
            case '/' -> isBesideWord(at) ? at + 1 : NONE;
            case '(' -> hasOffset ? comment(at) : at + 1;
            default -> FILLERS.indexOf(kind) >= 0 ? at + 1 : NONE;
        };
    }

    private boolean isBesideWord(int at) {
        return tokens.isWord(at - 1, Kind.MONTH) || tokens.isWord(at + 1, Kind.MONTH);
    }

    private boolean hasDate() {
        return year != NONE && (first != NONE || day != NONE);
    }

    private int number(int at) {
        int end = compact(at);
        if (end < 0) {
            end = clock(at);
            clockEnd = end >= 0 ? end : clockEnd;
        }
        end = end >= 0 ? end : figures(at);
        end = end >= 0 ? end : unitClock(at);
        end = end >= 0 ? end : part(at);
        return end >= 0 ? end : bare(at);
    }

    /** {@code 20260207T172201}, or 8, 12, 14 or 17 digits without a letter. */
    private int compact(int at) {
        int width = tokens.width(at);
        if (year != NONE || width != 8 && width != 12 && width != 14 && width != 17) {
            return NONE;
        }
        long number = tokens.number(at);
        if (width == 17) {
            nano = (int) (number % 1_000) * 1_000_000;
            number /= 1_000;
        }
        if (width >= 14) {
            secondOfMinute = (int) (number % 100);
            number /= 100;
        }
        if (width >= 12) {
            minute = (int) (number % 100);
            hour = (int) (number / 100 % 100);
            number /= 10_000;
        }
        day = (int) (number % 100);
        month = (int) (number / 100 % 100);
        year = (int) (number / 10_000);
        boolean isTime =
                width == 8 && tokens.isUnknown(at + 1, 't') && tokens.isGlued(at + 1) && tokens.isGlued(at + 2);
        return isTime && (tokens.isNumber(at + 2, 4, 4) || tokens.isNumber(at + 2, 6, 6))
                ? compactTime(at + 2)
                : at + 1;
    }

    private int compactTime(int at) {
        long number = tokens.number(at);
        if (tokens.width(at) == 6) {
            secondOfMinute = (int) (number % 100);
            number /= 100;
        }
        minute = (int) (number % 100);
        hour = (int) (number / 100);
        isJoined = true;
        return fraction(at + 1);
    }

    /** {@code 17:22:01.5}; with points only where no date can begin. */
    private int clock(int at) {
        char sign = tokens.kind(at + 1);
        boolean isTime = sign == ':' || sign == '.' && hasWrittenDate() && !isThreeFigures(at);
        if (hour != NONE || !isTime || !tokens.isNumber(at, 1, 2) || !tokens.isNumber(at + 2, 2, 2) || !isTight(at)) {
            return NONE;
        }
        hour = (int) tokens.number(at);
        minute = (int) tokens.number(at + 2);
        if (tokens.kind(at + 3) == sign && tokens.isNumber(at + 4, 2, 2) && tokens.isGlued(at + 4)) {
            secondOfMinute = (int) tokens.number(at + 4);
            return fraction(at + 5);
        }
        return at + 3;
    }

    private boolean hasWrittenDate() {
        return hasDate() || year != NONE && !words.isEmpty();
    }

    /** Whether this is a date with a year of four figures, and no time. */
    private boolean isThreeFigures(int at) {
        return tokens.kind(at + 3) == '.' && tokens.isNumber(at + 4, 4, 4);
    }

    private boolean isTight(int at) {
        return tokens.isGlued(at + 1) && tokens.isGlued(at + 2);
    }

    private int fraction(int at) {
        char sign = tokens.kind(at);
        if ((sign != '.' && sign != ',')
                || !tokens.isNumber(at + 1, 1, 18)
                || !tokens.isGlued(at)
                || !tokens.isGlued(at + 1)) {
            return at;
        }
        long digits = tokens.number(at + 1);
        int width = tokens.width(at + 1);
        while (width < 9) {
            digits *= 10;
            width++;
        }
        while (width > 9) {
            digits /= 10;
            width--;
        }
        nano = (int) digits;
        return at + 2;
    }

    /** {@code 2026-02-07}, {@code 7. 2. 2026}, {@code 07/02/26}. */
    private int figures(int at) {
        char sign = tokens.kind(at + 1);
        boolean isDate = (sign == '-' || sign == '/' || sign == '.')
                && tokens.kind(at + 3) == sign
                && tokens.isNumber(at, 1, 4)
                && tokens.isNumber(at + 2, 1, 2)
                && tokens.isNumber(at + 4, 1, 4)
                && (sign == '.' || isTight(at) && isTight(at + 2));
        if (!isDate || year != NONE || day != NONE) {
            return NONE;
        }
        if (tokens.width(at) == 4 && tokens.width(at + 4) <= 2) {
            year = (int) tokens.number(at);
            month = (int) tokens.number(at + 2);
            day = (int) tokens.number(at + 4);
            return at + 5;
        }
        int width = tokens.width(at + 4);
        if (tokens.width(at) > 2 || width == 3 || width == 1) {
            return NONE;
        }
        first = (int) tokens.number(at);
        second = (int) tokens.number(at + 2);
        year = (int) tokens.number(at + 4);
        isYearShort = width == 2;
        isPointed = sign == '.';
        return at + 5;
    }

    /** {@code 14h30}, {@code 21時40分}, {@code 5 pm}. */
    private int unitClock(int at) {
        if (hour != NONE || !tokens.isNumber(at, 1, 2)) {
            return NONE;
        }
        if (tokens.isWord(at + 1, Kind.HALF) && tokens.word(at + 1).languages(Kind.HALF) == DateWords.ALL) {
            hour = (int) tokens.number(at);
            clockEnd = at + 1;
            return at + 1;
        }
        if (!isUnit(at + 1, 0)) {
            return NONE;
        }
        hour = (int) tokens.number(at);
        if (!tokens.isNumber(at + 2, 1, 2)) {
            return at + 2;
        }
        if (isUnit(at + 3, 1)) {
            minute = (int) tokens.number(at + 2);
            boolean isSecond = tokens.isNumber(at + 4, 1, 2) && isUnit(at + 5, 2);
            secondOfMinute = isSecond ? (int) tokens.number(at + 4) : 0;
            return isSecond ? at + 6 : at + 4;
        }
        if (tokens.width(at + 2) == 2 && tokens.kind(at + 3) != '.') {
            minute = (int) tokens.number(at + 2);
            return at + 3;
        }
        return at + 2;
    }

    private boolean isUnit(int at, int unit) {
        return tokens.kind(at) == DateTokens.WORD && (tokens.word(at).languages(Kind.UNIT, unit) & allowed) != 0;
    }

    /** {@code 2026年}. */
    private int part(int at) {
        if (tokens.kind(at + 1) != DateTokens.WORD || !tokens.word(at + 1).is(Kind.PART, allowed)) {
            return NONE;
        }
        int part = Integer.numberOfTrailingZeros(tokens.word(at + 1).values(Kind.PART, allowed));
        int number = (int) Math.min(tokens.number(at), 99_999);
        int before = part == 0 ? year : part == 1 ? month : day;
        if (before != NONE || part == 0 && tokens.width(at) != 4) {
            return NONE;
        }
        if (part == 0) {
            year = number;
        } else if (part == 1) {
            month = number;
        } else {
            day = number;
        }
        return at + 2;
    }

    private int bare(int at) {
        int width = tokens.width(at);
        if (width == 4 && year == NONE) {
            year = (int) tokens.number(at);
        } else if (width <= 2 && day == NONE && first == NONE) {
            day = (int) tokens.number(at);
        } else {
            return NONE;
        }
        return at + 1;
    }

    private int word(int at) {
        DateWord word = tokens.word(at);
        if (word.is(Kind.ZONE, DateWords.ALL) && !hasOffset) {
            zone = Integer.numberOfTrailingZeros(word.values(Kind.ZONE, DateWords.ALL));
            hasOffset = true;
            boolean isSigned = zone == DateWords.UTC && (tokens.kind(at + 1) == '+' || tokens.kind(at + 1) == '-');
            return isSigned && tokens.isGlued(at + 1) ? offset(at + 1) : at + 1;
        }
        boolean isKnown = word.is(Kind.FILLER, allowed)
                || word.is(Kind.MONTH, allowed)
                || word.is(Kind.PERSIAN, allowed)
                || word.is(Kind.WEEKDAY, allowed)
                || word.is(Kind.HALF, allowed);
        if (!isKnown) {
            return NONE;
        }
        words.add(word);
        afterClock = at == clockEnd ? word : afterClock;
        return at + 1;
    }

    private boolean isOffset(int at) {
        return hour != NONE && !hasOffset && tokens.isGlued(at + 1) && tokens.isNumber(at + 1, 2, 4);
    }

    /** {@code +01}, {@code +0100}, {@code +01:00}, and behind UTC {@code +1}. */
    private int offset(int at) {
        if (!tokens.isNumber(at + 1, 1, 4) || tokens.width(at + 1) == 3) {
            return NONE;
        }
        int hours = (int) tokens.number(at + 1);
        int minutes = 0;
        int end = at + 2;
        if (tokens.width(at + 1) == 4) {
            minutes = hours % 100;
            hours /= 100;
        } else if (tokens.kind(end) == ':'
                && tokens.isNumber(end + 1, 2, 2)
                && tokens.isGlued(end)
                && tokens.isGlued(end + 1)) {
            minutes = (int) tokens.number(end + 1);
            end += 2;
        }
        if (hours > MOST_OFFSET_HOURS || minutes > 59 || hours == MOST_OFFSET_HOURS && minutes > 0) {
            return NONE;
        }
        int seconds = (hours * 60 + minutes) * 60;
        offset = tokens.kind(at) == '-' ? -seconds : seconds;
        hasOffset = true;
        return end;
    }

    /** The name of a zone whose offset has been told, in brackets at the end. */
    private int comment(int at) {
        int end = at + 1;
        while (tokens.kind(end) != ')') {
            if (tokens.kind(end) == DateTokens.END || tokens.kind(end) == DateTokens.NUMBER) {
                return NONE;
            }
            end++;
        }
        return end + 1;
    }
}

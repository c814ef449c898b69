package io.leat.core.normalize;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the marks of currencies that stand before and after a figure. */
final class Marks {

    private static final Currencies CURRENCIES = Currencies.KNOWN;
    private static final int MOST_IN_A_ROW = 3;

    private Marks() {}

    /**
     * A mark in a line.
     *
     * @param text as the table has it
     */
    record Mark(String text, int from, int to) {}

    /** The marks that end where the figure starts, nearest first; a colon or blank may stand between. */
    static List<Mark> before(String line, int end) {
        List<Mark> marks = new ArrayList<>();
        int at = end;
        while (marks.size() < MOST_IN_A_ROW) {
            int to = at;
            while (to > 0 && " :-".indexOf(line.charAt(to - 1)) >= 0 && !isDashAfterSpace(line, to)) {
                to--;
            }
            Mark mark = endingAt(line, to);
            if (mark == null) {
                break;
            }
            marks.add(mark);
            at = mark.from();
        }
        return marks;
    }

    /** A dash with space before it divides; one without belongs to the figure or to the mark. */
    private static boolean isDashAfterSpace(String line, int to) {
        return line.charAt(to - 1) == '-' && to > 1 && line.charAt(to - 2) == ' ';
    }

    /** The marks that start where the figure ends, nearest first. */
    static List<Mark> after(String line, int start) {
        List<Mark> marks = new ArrayList<>();
        int at = start;
        while (marks.size() < MOST_IN_A_ROW) {
            int from = skipBlank(line, at);
            Mark mark = startingAt(line, from);
            if (mark == null) {
                break;
            }
            marks.add(mark);
            at = mark.to();
        }
        return marks;
    }

    static int skipBlank(String line, int at) {
        return at < line.length() && line.charAt(at) == ' ' ? at + 1 : at;
    }

    private static @Nullable Mark endingAt(String line, int to) {
        for (int from = Math.max(0, to - CURRENCIES.longest()); from < to; from++) {
            if (isWordStart(line, from)) {
                Mark mark = mark(line, from, to, true);
                if (mark != null) {
                    return mark;
                }
            }
        }
        return null;
    }

    private static @Nullable Mark startingAt(String line, int from) {
        for (int to = Math.min(line.length(), from + CURRENCIES.longest()); to > from; to--) {
            if (isWordEnd(line, to)) {
                Mark mark = mark(line, from, to, false);
                if (mark != null) {
                    return mark;
                }
            }
        }
        return null;
    }

    private static @Nullable Mark mark(String line, int from, int to, boolean mayEndInPoint) {
        if (line.charAt(from) == ' ' || line.charAt(to - 1) == ' ') {
            return null;
        }
        String known = CURRENCIES.mark(line.substring(from, to));
        if (known == null && mayEndInPoint && line.charAt(to - 1) == '.' && to - from > 1) {
            known = CURRENCIES.mark(line.substring(from, to - 1));
        }
        return known == null ? null : new Mark(known, from, to);
    }

    private static boolean isWordStart(String line, int at) {
        return at == 0 || !Character.isLetter(line.charAt(at)) || !Character.isLetter(line.charAt(at - 1));
    }

    private static boolean isWordEnd(String line, int at) {
        return at == line.length()
                || !Character.isLetter(line.charAt(at - 1))
                || !Character.isLetterOrDigit(line.charAt(at));
    }
}

package io.leat.core.normalize;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Digits that stand together in a line, with their separators.
 *
 * @param from where they start
 * @param to where they and what belongs to them ({@code .-}) end
 * @param digits the digits and separators, as {@link Decimals} takes them
 * @param isNegative whether a minus belongs to them
 */
record Figure(int from, int to, String digits, boolean isNegative) {

    private static final Pattern DATE = Pattern.compile(
            "\\d{1,2}[./-]\\d{1,2}[./-](\\d{4}|\\d{2})(?![\\d.,])|\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}(?!\\d)|\\d{1,2}:\\d{2}(:\\d{2})?(?!\\d)");

    /** All figures of a line, left to right; dates and times of day are left out. */
    static List<Figure> in(String line) {
        List<Figure> figures = new ArrayList<>();
        Matcher date = DATE.matcher(line);
        int at = 0;
        while (at < line.length()) {
            if (!isDigit(line, at)) {
                at++;
            } else if (date.region(at, line.length()).lookingAt() && !isLongNumber(line, date.end())) {
                at = date.end();
            } else {
                Figure figure = at(line, at);
                figures.add(figure);
                at = figure.to();
            }
        }
        return figures;
    }

    private static boolean isLongNumber(String line, int end) {
        return isDigit(line, end);
    }

    private static Figure at(String line, int from) {
        int to = digitsEnd(line, from);
        boolean hasPoint = false;
        while (to < line.length()) {
            char c = line.charAt(to);
            boolean isPoint = c == '.' || c == ',';
            if ((isPoint || c == '\'') && isDigit(line, to + 1)) {
                hasPoint |= isPoint;
                to = digitsEnd(line, to + 1);
            } else if (isPoint && isSpacedFraction(line, to)) {
                hasPoint = true;
                to = to + 4;
            } else if (c == ' ' && !hasPoint && isGroup(line, from, to)) {
                to += 4;
            } else {
                break;
            }
        }
        String digits = line.substring(from, to);
        int start = from;
        while (start > 0 && (line.charAt(start - 1) == '.' || line.charAt(start - 1) == ',')) {
            start--;
        }
        boolean isBare = start == 0 || !Character.isLetterOrDigit(line.charAt(start - 1));
        if (start < from && isBare && !hasPoint) {
            digits = line.charAt(from - 1) + digits;
        }
        start = isBare ? start : from;
        boolean isNegative = start > 0
                && line.charAt(start - 1) == '-'
                && (start == 1 || " (".indexOf(line.charAt(start - 2)) >= 0 || isSymbol(line, start - 2));
        return new Figure(start, dashesEnd(line, to), digits, isNegative);
    }

    /** "119. 95": a space slipped in before two decimals. */
    private static boolean isSpacedFraction(String line, int at) {
        return line.startsWith(" ", at + 1)
                && isDigit(line, at + 2)
                && isDigit(line, at + 3)
                && !isDigit(line, at + 4)
                && !(at + 5 < line.length() && ".,".indexOf(line.charAt(at + 4)) >= 0 && isDigit(line, at + 5));
    }

    /** A space and exactly three digits, after a first group of up to three or another group of three. */
    private static boolean isGroup(String line, int from, int space) {
        int group = line.lastIndexOf(' ', space - 1);
        int length = space - Math.max(from, group + 1);
        boolean isFirst = group < from;
        return (isFirst ? length <= 3 : length == 3)
                && line.charAt(from) != '0'
                && digitsEnd(line, space + 1) == space + 4;
    }

    /** "12,-", "12.--", "105. -": no decimals. */
    private static int dashesEnd(String line, int to) {
        int at = to;
        if (at < line.length() && ".,".indexOf(line.charAt(at)) >= 0) {
            at++;
            int dash = at < line.length() && line.charAt(at) == ' ' ? at + 1 : at;
            while (dash < line.length() && line.charAt(dash) == '-') {
                dash++;
                at = dash;
            }
        }
        return at;
    }

    private static boolean isSymbol(String line, int at) {
        return Character.getType(line.charAt(at)) == Character.CURRENCY_SYMBOL;
    }

    static boolean isDigit(String line, int at) {
        return at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9';
    }

    private static int digitsEnd(String line, int from) {
        int at = from;
        while (isDigit(line, at)) {
            at++;
        }
        return at;
    }
}

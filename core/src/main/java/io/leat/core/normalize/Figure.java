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
 * @param isWhole whether a dash stands where the decimals would
 */
record Figure(int from, int to, String digits, boolean isNegative, boolean isWhole) {

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

    /** This whole amount with decimals that stand apart. */
    Figure with(String decimals, int end) {
        return new Figure(from, end, digits + "." + decimals, isNegative, false);
    }

    private static boolean isLongNumber(String line, int end) {
        return isDigit(line, end);
    }

    private static Figure at(String line, int from) {
        int to = digitsEnd(line, from);
        boolean hasPoint = false;
        while (to < line.length()) {
            char c = line.charAt(to);
            boolean isPoint = isPoint(line, to);
            if ((isPoint || c == '\'') && isDigit(line, to + 1)) {
                hasPoint |= isPoint;
                to = digitsEnd(line, to + 1);
            } else if (isPoint && isSpacedFraction(line, to)) {
                hasPoint = true;
                to = to + 4;
            } else if (c == ' ' && !hasPoint && isSpacedPoint(line, to)) {
                to++;
            } else if (c == ' ' && !hasPoint && isGroup(line, from, to)) {
                to += 4;
            } else if (isPoint && !hasPoint && isLoose(line, to + 1, 3)) {
                to += 5;
            } else if (c == ' ' && !hasPoint && isLoose(line, to, 2)) {
                to += 3;
            } else if (c == ' ' && !hasPoint && isPoint(line, to + 1) && isLoose(line, to + 2, 2)) {
                to += 5;
            } else {
                break;
            }
        }
        String digits = line.substring(from, to).replaceAll(" (?=[.,])|(?<=[0-9][.,]) (?=[0-9]{2}$)", "");
        int start = from;
        while (start > 0 && (line.charAt(start - 1) == '.' || line.charAt(start - 1) == ',')) {
            start--;
        }
        boolean isBare = start == 0 || !Character.isLetterOrDigit(line.charAt(start - 1));
        if (start < from && isBare && !hasPoint) {
            digits = line.charAt(from - 1) + digits;
        }
        start = isBare ? start : from;
        int end = dashesEnd(line, to);
        return new Figure(start, end, digits, isMinus(line, start - 1), end > to && line.charAt(end - 1) == '-');
    }

    /** A dash that divides nothing: "10 -20" is a range. */
    private static boolean isMinus(String line, int at) {
        if (at < 0 || line.charAt(at) != '-') {
            return false;
        }
        boolean isAlone = at == 0 || " (".indexOf(line.charAt(at - 1)) >= 0 || isSymbol(line, at - 1);
        return isAlone && !(at > 1 && isDigit(line, at - 2));
    }

    /** "119. 95": a space slipped in before two decimals. */
    private static boolean isSpacedFraction(String line, int at) {
        return line.startsWith(" ", at + 1)
                && isDigit(line, at + 2)
                && isDigit(line, at + 3)
                && !isDigit(line, at + 4)
                && !(at + 5 < line.length() && ".,".indexOf(line.charAt(at + 4)) >= 0 && isDigit(line, at + 5));
    }

    /** "10 ,00": a space slipped in before the point. */
    private static boolean isSpacedPoint(String line, int at) {
        return isPoint(line, at + 1) && isDigit(line, at + 2) && digitsEnd(line, at + 2) <= at + 4;
    }

    /**
     * "1, 299", "12 99" and "12 . 99": the digits after the space may be more of this number, which then is one of no known shape, and
     * better so than half a number.
     */
    private static boolean isLoose(String line, int space, int digits) {
        int end = space + 1 + digits;
        boolean isOther = digits == 2
                && (isPoint(line, end) && isDigit(line, end + 1) || line.startsWith("%", Marks.skipBlank(line, end)));
        return line.startsWith(" ", space) && digitsEnd(line, space + 1) == end && !isOther;
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

    /** "12,-", "12.--", "105. -", "12:-", "12/-": no decimals. */
    private static int dashesEnd(String line, int to) {
        int at = to;
        if (line.startsWith(":-", at) || line.startsWith("/-", at)) {
            return at + 2;
        }
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

    private static boolean isPoint(String line, int at) {
        return at < line.length() && (line.charAt(at) == '.' || line.charAt(at) == ',');
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

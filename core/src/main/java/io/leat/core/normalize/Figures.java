package io.leat.core.normalize;

/** Reads the figure that starts at a place of a line. */
final class Figures {

    private static final int MOST_POWER = 30;
    private static final String SUPERSCRIPTS =
            "\u00b2\u00b3\u00b9\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b^";
    private static final String HALVES = "\u00bc\u00bd\u00be";
    private static final String KNOWN_JOINTS = ".,'-/~:=()[]|+*%^";
    private static final String[] DECIMALS_OF_HALVES = {"25", "5", "75"};

    private Figures() {}

    /**
     * The figure.
     *
     * @param from where its first digit stands, or the point or comma before it
     */
    static Figure at(String line, int from) {
        int start = Scripts.isDigit(line, from) ? from : from + 1;
        int to = digitsEnd(line, start);
        boolean hasPoint = false;
        boolean isLoose = false;
        while (to < line.length()) {
            char c = line.charAt(to);
            boolean isPoint = isPoint(line, to);
            if ((isPoint || c == '\'') && Scripts.isDigit(line, to + 1)) {
                hasPoint |= isPoint;
                to = digitsEnd(line, to + 1);
            } else if (isPoint && isSpacedFraction(line, to)) {
                hasPoint = true;
                isLoose = true;
                to = to + 4;
            } else if (c == ' ' && !hasPoint && isSpacedPoint(line, to)) {
                isLoose = true;
                to++;
            } else if (c == ' ' && !hasPoint && isGroup(line, start, to)) {
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
        String digits = line.substring(hasPoint ? start : from, to);
        if (isOddlyJoined(line, to)) {
            while (isOddlyJoined(line, to)) {
                to = digitsEnd(line, to + 1);
            }
            return new Figure(from, to, digits, false, false, 0, "its digits are joined by a sign of no known meaning");
        }
        return ended(line, from, to, isLoose ? tightened(digits) : digits);
    }

    /** "5_000": what no shop is known to write between digits; half of a number would be worse than none. */
    private static boolean isOddlyJoined(String line, int at) {
        char c = at < line.length() ? line.charAt(at) : ' ';
        boolean isKnown = c == ' ' || KNOWN_JOINTS.indexOf(c) >= 0 || Scripts.isLetter(c) || Mark.isSign(c);
        return !isKnown && Scripts.isDigit(line, at + 1) && Character.getType(c) != Character.OTHER_NUMBER;
    }

    /** With what may follow the digits: a power of ten, a half, a dash for no decimals. */
    private static Figure ended(String line, int from, int to, String digits) {
        char next = to < line.length() ? line.charAt(to) : ' ';
        if (next == 'e' || next == 'E') {
            int exponent = exponentEnd(line, to + 1);
            if (exponent > 0) {
                return scientific(line, from, to, exponent, digits);
            }
        }
        int half = HALVES.indexOf(next);
        if (half >= 0 && digits.indexOf('.') < 0 && digits.indexOf(',') < 0) {
            return new Figure(from, to + 1, digits + "." + DECIMALS_OF_HALVES[half], false, false, 0, null);
        }
        if (half >= 0 || next > 0x7f && Character.getType(next) == Character.OTHER_NUMBER || next == '^') {
            String why =
                    SUPERSCRIPTS.indexOf(next) >= 0 ? "a power or a footnote stands at it" : "a fraction follows it";
            return new Figure(from, to + 1, digits, false, false, 0, why);
        }
        int end = dashesEnd(line, to);
        return new Figure(from, end, digits, false, end > to && line.charAt(end - 1) == '-', 0, null);
    }

    private static Figure scientific(String line, int from, int mantissaEnd, int to, String digits) {
        Decimals mantissa = Decimals.of(digits);
        boolean isPlain = digits.indexOf(' ') < 0 && digits.indexOf('\'') < 0 && mantissa.decimal() != ',';
        if (!isPlain || to - mantissaEnd > MOST_POWER) {
            return new Figure(from, to, digits, false, false, 0, "a power of ten of no known shape");
        }
        int start = line.charAt(mantissaEnd + 1) == '+' ? mantissaEnd + 2 : mantissaEnd + 1;
        int power = to - start > 4 ? Integer.MAX_VALUE : Integer.parseInt(line, start, to, 10);
        if (Math.abs((long) power) > MOST_POWER) {
            return new Figure(from, to, digits, false, false, 0, "a power of ten out of all measure");
        }
        // three decimals before a power of ten are decimals
        String sure = mantissa.only() == null ? digits + "0" : digits;
        return new Figure(from, to, sure, false, false, power, null);
    }

    private static int exponentEnd(String line, int from) {
        int at = from < line.length() && "+-".indexOf(line.charAt(from)) >= 0 ? from + 1 : from;
        int end = digitsEnd(line, at);
        return end == at || Scripts.isLetter(line, end) ? -1 : end;
    }

    /** Without the spaces that slipped in beside the point. */
    private static String tightened(String digits) {
        StringBuilder tight = new StringBuilder(digits.length());
        for (int i = 0; i < digits.length(); i++) {
            boolean isSlip = digits.charAt(i) == ' ' && (isPoint(digits, i + 1) || i > 0 && isPoint(digits, i - 1));
            if (!isSlip) {
                tight.append(digits.charAt(i));
            }
        }
        return tight.toString();
    }

    /** "119. 95": a space slipped in before two decimals. */
    private static boolean isSpacedFraction(String line, int at) {
        return line.startsWith(" ", at + 1)
                && Scripts.isDigit(line, at + 2)
                && Scripts.isDigit(line, at + 3)
                && !Scripts.isDigit(line, at + 4)
                && !(isPoint(line, at + 4) && Scripts.isDigit(line, at + 5));
    }

    /** "10 ,00": a space slipped in before the point. */
    private static boolean isSpacedPoint(String line, int at) {
        return isPoint(line, at + 1) && Scripts.isDigit(line, at + 2) && digitsEnd(line, at + 2) <= at + 4;
    }

    /**
     * "1, 299", "12 99" and "12 . 99": the digits after the space may be more of this number, which then is one of no known
     * shape, and better so than half a number.
     */
    private static boolean isLoose(String line, int space, int digits) {
        int end = space + 1 + digits;
        if (!line.startsWith(" ", space) || digitsEnd(line, space + 1) != end) {
            return false;
        }
        int next = line.startsWith(" ", end) ? end + 1 : end;
        boolean isOther =
                digits == 2 && (isPoint(line, end) && Scripts.isDigit(line, end + 1) || line.startsWith("%", next));
        return !isOther;
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
        if (isPoint(line, at)) {
            at++;
            int dash = at < line.length() && line.charAt(at) == ' ' ? at + 1 : at;
            while (dash < line.length() && line.charAt(dash) == '-') {
                dash++;
                at = dash;
            }
        }
        return at;
    }

    /** Where a date or a time of day ends that starts here; {@code -1} if none does. */
    static int momentEnd(String line, int from) {
        int first = digitsEnd(line, from);
        int length = first - from;
        if (length > 4 || length == 3 || first == line.length()) {
            return -1;
        }
        char separator = line.charAt(first);
        int second = digitsEnd(line, first + 1);
        int secondLength = second - first - 1;
        if (secondLength < 1 || secondLength > 2) {
            return -1;
        }
        if (separator == ':') {
            return length <= 2 && secondLength == 2 ? timeEnd(line, second) : -1;
        }
        if (".-/".indexOf(separator) < 0 || second == line.length() || ".-/".indexOf(line.charAt(second)) < 0) {
            return -1;
        }
        int third = digitsEnd(line, second + 1);
        int thirdLength = third - second - 1;
        boolean isYearLast = length <= 2 && (thirdLength == 2 || thirdLength == 4) && !isPoint(line, third);
        boolean isYearFirst = length == 4 && (thirdLength == 1 || thirdLength == 2);
        return isYearLast || isYearFirst ? third : -1;
    }

    private static int timeEnd(String line, int minutes) {
        boolean hasSeconds = line.startsWith(":", minutes) && digitsEnd(line, minutes + 1) == minutes + 3;
        return hasSeconds ? minutes + 3 : minutes;
    }

    static boolean isPoint(String line, int at) {
        return at < line.length() && (line.charAt(at) == '.' || line.charAt(at) == ',');
    }

    private static int digitsEnd(String line, int from) {
        int at = from;
        while (Scripts.isDigit(line, at)) {
            at++;
        }
        return at;
    }
}

package io.leat.format.contract;

import io.leat.format.json.Document;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of the kind most contracts have: from start to end a row of characters or sets of them, each so many times, such
 * as {@code ^[A-Z]{3}-\d+$}. It is held against the bytes of an ASCII text in one pass, without going back: where one part
 * may take more, nothing that it may take can begin the next. Immutable.
 */
final class PlainPattern {

    private static final String LITERALS = " _,:;@#%&=~'\"<>!-/";
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final int MOST_DIGITS = 5;

    /** Characters below 64, and those from there to 127, one bit each. */
    private record Part(long low, long high, int least, int most) {

        boolean takes(byte c) {
            return ((c < 64 ? low : high) >>> c & 1) != 0;
        }

        boolean sharesWith(Part other) {
            return (low & other.low) != 0 || (high & other.high) != 0;
        }
    }

    private final Part[] parts;

    private PlainPattern(List<Part> parts) {
        this.parts = parts.toArray(Part[]::new);
    }

    /** A pattern of ECMA-262, {@code null} if it is not of this kind. */
    static @Nullable PlainPattern of(String source) {
        List<Part> parts = source.length() >= 2 && source.startsWith("^") ? new Parser(source).parts() : null;
        return parts == null || !isDecided(parts) ? null : new PlainPattern(parts);
    }

    /** Whether no part has a choice: what it can take the next ones cannot begin with. */
    private static boolean isDecided(List<Part> parts) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            boolean isOpen = part.least() != part.most();
            for (int next = i + 1; isOpen && next < parts.size(); next++) {
                if (part.sharesWith(parts.get(next))) {
                    return false;
                }
                isOpen = parts.get(next).least() == 0;
            }
        }
        return true;
    }

    /** Whether an ASCII string matches. */
    boolean matches(Document document, int string) {
        int length = document.length(string);
        int at = 0;
        for (Part part : parts) {
            int taken = 0;
            while (taken < part.most() && at < length && part.takes(document.byteAt(string, at))) {
                taken++;
                at++;
            }
            if (taken < part.least()) {
                return false;
            }
        }
        return at == length;
    }

    /** Reads a pattern; whatever it does not know makes it give up. */
    private static final class Parser {

        private final String source;
        private int at = 1;
        private long low;
        private long high;

        Parser(String source) {
            this.source = source;
        }

        @Nullable
        List<Part> parts() {
            List<Part> parts = new ArrayList<>();
            while (at < source.length() - 1) {
                low = 0;
                high = 0;
                Part part = isSet() ? counted() : null;
                if (part == null) {
                    return null;
                }
                parts.add(part);
            }
            return at == source.length() - 1 && source.charAt(at) == '$' ? parts : null;
        }

        private boolean isSet() {
            char c = source.charAt(at);
            if (c == '[') {
                at++;
                return isClass();
            }
            return c == '\\' ? isEscape() : isLiteral(c) && add(c, c);
        }

        private boolean isLiteral(char c) {
            at++;
            return isWord(c) || LITERALS.indexOf(c) >= 0;
        }

        private static boolean isWord(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }

        private boolean isEscape() {
            char c = source.charAt(at + 1);
            at += 2;
            if (c == 'd') {
                return add('0', '9');
            }
            if (c == 'w') {
                return add('0', '9') && add('a', 'z') && add('A', 'Z') && add('_', '_');
            }
            return c > ' ' && c < 0x7f && !isWord(c) && add(c, c);
        }

        private boolean isClass() {
            boolean isNegated = source.charAt(at) == '^';
            at += isNegated ? 1 : 0;
            while (at < source.length() - 1 && source.charAt(at) != ']') {
                char c = source.charAt(at);
                boolean isKnown = c == '\\' ? isEscape() : c != '[' && c < 0x7f && c >= ' ' && isRange(c);
                if (!isKnown) {
                    return false;
                }
            }
            if (isNegated) {
                low = ~low;
                high = ~high;
            }
            return source.charAt(at++) == ']';
        }

        private boolean isRange(char from) {
            boolean isRange = source.charAt(at + 1) == '-' && at + 2 < source.length() && source.charAt(at + 2) != ']';
            if (!isRange) {
                at++;
                return add(from, from);
            }
            char to = source.charAt(at + 2);
            at += 3;
            return isWord(from) && isWord(to) && from <= to && add(from, to);
        }

        private boolean add(char from, char to) {
            for (char c = from; c <= to; c++) {
                if (c < 64) {
                    low |= 1L << c;
                } else {
                    high |= 1L << c;
                }
            }
            return true;
        }

        private @Nullable Part counted() {
            int least = 1;
            int most = 1;
            char c = source.charAt(at);
            if (c == '+' || c == '*' || c == '?') {
                at++;
                least = c == '+' ? 1 : 0;
                most = c == '?' ? 1 : UNBOUNDED;
            } else if (c == '{') {
                at++;
                least = number();
                most = least;
                if (source.charAt(at) == ',') {
                    at++;
                    most = source.charAt(at) == '}' ? UNBOUNDED : number();
                }
                if (least < 0 || most < least || source.charAt(at++) != '}' || at == source.length()) {
                    return null;
                }
            }
            char next = source.charAt(at);
            boolean isOver = next != '?' && next != '+' && next != '*' && next != '{';
            return isOver ? new Part(low, high, least, most) : null;
        }

        /** A whole number, -1 if there is none. */
        private int number() {
            int start = at;
            while (at < source.length() - 1 && source.charAt(at) >= '0' && source.charAt(at) <= '9') {
                at++;
            }
            return at == start || at - start > MOST_DIGITS ? -1 : Integer.parseInt(source, start, at, 10);
        }
    }
}

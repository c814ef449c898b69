package io.leat.core.normalize;

import java.util.Locale;

/** Text as people mean it: entities decoded, one kind of space, dash, apostrophe and digit, NFC. */
final class Plain {

    private Plain() {}

    /** For words and prices: one line, single spaces, ASCII digits, plain dashes and apostrophes, nothing invisible. */
    static String line(String text) {
        return line(text, Integer.MAX_VALUE);
    }

    /** The same, cut off after so many characters and one, and then not in NFC: enough to see that it is too long. */
    static String line(String text, int most) {
        if (isPlain(text) && text.length() <= most) {
            return text;
        }
        String decoded = entities(text);
        char[] line = new char[decoded.length() + 1];
        int length = 0;
        boolean isGap = false;
        boolean isComposed = true;
        for (int i = 0; i < decoded.length() && length <= most; ) {
            int c = decoded.charAt(i);
            if (c > 0x7f && Character.isHighSurrogate((char) c)) {
                c = decoded.codePointAt(i);
            }
            i += Character.charCount(c);
            boolean isPrinted = c > 0x20 && c < 0x7f;
            if (!isPrinted && isSpace(c)) {
                isGap = true;
            } else if (isPrinted || !isInvisible(c)) {
                if (isGap && length > 0) {
                    line[length++] = ' ';
                }
                isGap = false;
                isComposed &= isComposed(c);
                length += Character.toChars(plain(c), line, length);
            }
        }
        String plain = new String(line, 0, length);
        return isComposed || length > most ? plain : Composed.of(plain);
    }

    /** Whether a text is a line already: printable ASCII, single spaces within, nothing to decode. */
    static boolean isPlain(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isKept = c > ' ' && c < 0x7f && c != '&' && c != '`' || c == ' ' && before != ' ';
            if (!isKept) {
                return false;
            }
            before = c;
        }
        return text.isEmpty() || before != ' ';
    }

    /** Whether a character is its own composed form whatever stands beside it; false where that is not sure. */
    private static boolean isComposed(int c) {
        return c < 0x300
                || c >= 0x400 && c < 0x483
                || c >= 0x20a0 && c < 0x20d0
                || c >= 0x3041 && c < 0x3099
                || c >= 0x30a0 && c < 0x3100
                || c >= 0x4e00 && c < 0xa000;
    }

    /** For people: white space collapsed, NFC, entities decoded; every other character as it is. */
    static String text(String text) {
        return Tidied.of(text);
    }

    /** For comparing words: {@link #line} in lower case. */
    static String fold(String text) {
        return line(text).toLowerCase(Locale.ROOT);
    }

    /** Decodes entities by name, decimal or hexadecimal number, until none is left; what is no known entity stays. */
    static String entities(String text) {
        return text.indexOf('&') < 0 ? text : Entities.decoded(text);
    }

    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Marks of direction, joiners, soft hyphens, what chooses the form of an emoji. */
    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT || Character.isISOControl(c) || c >= 0xfe00 && c <= 0xfe0f;
    }

    private static int plain(int c) {
        if (c < 0x80) {
            return c == '`' ? '\'' : c;
        }
        if (Character.isDigit(c)) {
            return '0' + Character.digit(c, 10);
        }
        if (c >= 0xff01 && c <= 0xff5e) {
            return c - 0xfee0;
        }
        return switch (c) {
            case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xfe58, 0xfe63 -> '-';
            case 0x2018, 0x2019, 0x201b, 0x2bc, 0x2b9, 0x2bb, 0x2032, 0xb4, 0x66c -> '\'';
            case 0x66b, 0xb7 -> '.';
            case 0x60c, 0x201a, 0x2e41, 0x3001 -> ',';
            case 0xffe0 -> 0xa2;
            case 0xffe1 -> 0xa3;
            case 0xffe5 -> 0xa5;
            case 0xffe6 -> 0x20a9;
            default -> c;
        };
    }
}

package io.leat.core.normalize;

/** What of a line belongs together. */
final class Letters {

    private static final int MARKS = 1 << Character.NON_SPACING_MARK | 1 << Character.COMBINING_SPACING_MARK;
    private static final int LETTERS = MARKS
            | 1 << Character.UPPERCASE_LETTER
            | 1 << Character.LOWERCASE_LETTER
            | 1 << Character.TITLECASE_LETTER
            | 1 << Character.MODIFIER_LETTER
            | 1 << Character.OTHER_LETTER;

    private Letters() {}

    static boolean isLetter(char c) {
        if (c < 0x80) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }
        return (LETTERS & 1 << Character.getType(c)) != 0;
    }

    private static boolean isMark(char c) {
        return c >= 0x300 && (MARKS & 1 << Character.getType(c)) != 0;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether a word or a number may start or end between this character and the one before. */
    static boolean isBreak(String line, int at) {
        if (at <= 0 || at >= line.length()) {
            return true;
        }
        char before = line.charAt(at - 1);
        char after = line.charAt(at);
        if (isDigit(before)) {
            return !isDigit(after);
        }
        return !isLetter(before)
                || !isLetter(after)
                || isWithoutSpaces(before) && !isMark(after)
                || isWithoutSpaces(after) && !isMark(after);
    }

    /** Whether words of this script stand without spaces between them: Han, Kana, Hangul, Thai, Lao, Khmer. */
    static boolean isWithoutSpaces(char c) {
        return c >= 0xe00
                && (c < 0xf00
                        || c >= 0x1780 && c < 0x1800
                        || c >= 0x3005 && c < 0xa000
                        || c >= 0xac00 && c < 0xd7a4
                        || c >= 0xf900 && c < 0xfb00);
    }

    /** Where the word that starts here ends. */
    static int wordEnd(String line, int from) {
        int at = from + 1;
        while (at < line.length() && !isBreak(line, at)) {
            at++;
        }
        return at;
    }
}

package io.leat.core.normalize;

/** What letters and digits are, as far as words and figures depend on it. */
final class Scripts {

    private static final int LETTERS = 1 << Character.UPPERCASE_LETTER
            | 1 << Character.LOWERCASE_LETTER
            | 1 << Character.TITLECASE_LETTER
            | 1 << Character.MODIFIER_LETTER
            | 1 << Character.OTHER_LETTER
            | 1 << Character.NON_SPACING_MARK
            | 1 << Character.COMBINING_SPACING_MARK
            | 1 << Character.SURROGATE;

    private Scripts() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isDigit(String line, int at) {
        return at >= 0 && at < line.length() && isDigit(line.charAt(at));
    }

    /** A letter, or a mark that belongs to one. */
    static boolean isLetter(char c) {
        if (c < 0x80) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }
        return (LETTERS & 1 << Character.getType(c)) != 0;
    }

    static boolean isLetter(String line, int at) {
        return at >= 0 && at < line.length() && isLetter(line.charAt(at));
    }

    static char lower(char c) {
        return c < 0x80 ? (c >= 'A' && c <= 'Z' ? (char) (c + ' ') : c) : Character.toLowerCase(c);
    }

    /** Whether its script puts no space between words: those of China, Japan, Korea, Thailand, Laos, Cambodia, Burma. */
    static boolean isUnspaced(char c) {
        return c >= 0xe00
                && (c < 0xf00
                        || c >= 0x1000 && c < 0x10a0
                        || c >= 0x1100 && c < 0x1200
                        || c >= 0x1780 && c < 0x1800
                        || c >= 0x2e80 && c < 0xa4d0
                        || c >= 0xac00 && c < 0xd800
                        || c >= 0xf900 && c < 0xfb00
                        || c >= 0xff66 && c < 0xffdd);
    }
}

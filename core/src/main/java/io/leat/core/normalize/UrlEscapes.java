package io.leat.core.normalize;

/** One spelling of the escapes in an address: capitals, none where none is needed, UTF-8 for what may not stand as it is. */
final class UrlEscapes {

    /** The characters from a blank to DEL that stand as they are, as bits of those below and above 64. */
    private static final long[] STANDING = standing("\"<>\\^`{|}%");

    private static final String UNRESERVED = "-._~";
    private static final String DIGITS = "0123456789ABCDEF";

    private UrlEscapes() {}

    static String of(String text) {
        int at = 0;
        while (at < text.length() && stands(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, at);
        while (at < text.length()) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            int escaped = c == '%' ? escaped(text, at) : -1;
            if (escaped >= 0) {
                at += 2;
                append(escaped, out);
            } else if (stands(c)) {
                out.append((char) c);
            } else {
                utf8(c <= 0xffff && Character.isSurrogate((char) c) ? '?' : c, out);
            }
        }
        return out.toString();
    }

    private static long[] standing(String never) {
        long[] standing = new long[2];
        for (int c = 0x21; c < 0x7f; c++) {
            standing[c >> 6] |= never.indexOf(c) < 0 ? 1L << c : 0;
        }
        return standing;
    }

    private static boolean stands(int c) {
        return c < 0x80 && (STANDING[c >> 6] & 1L << c) != 0;
    }

    private static void append(int octet, StringBuilder out) {
        boolean isPlain = octet < 0x80 && (Character.isLetterOrDigit(octet) || UNRESERVED.indexOf(octet) >= 0);
        if (isPlain) {
            out.append((char) octet);
        } else {
            escape(octet, out);
        }
    }

    private static void utf8(int c, StringBuilder out) {
        if (c < 0x80) {
            escape(c, out);
        } else if (c < 0x800) {
            escape(0xc0 | c >> 6, out);
            escape(0x80 | c & 0x3f, out);
        } else if (c < 0x10000) {
            escape(0xe0 | c >> 12, out);
            escape(0x80 | c >> 6 & 0x3f, out);
            escape(0x80 | c & 0x3f, out);
        } else {
            escape(0xf0 | c >> 18, out);
            escape(0x80 | c >> 12 & 0x3f, out);
            escape(0x80 | c >> 6 & 0x3f, out);
            escape(0x80 | c & 0x3f, out);
        }
    }

    private static void escape(int octet, StringBuilder out) {
        out.append('%').append(DIGITS.charAt(octet >> 4)).append(DIGITS.charAt(octet & 15));
    }

    private static int escaped(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = digit(text.charAt(at));
        int low = digit(text.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}

package io.leat.core.normalize;

import java.nio.charset.StandardCharsets;

/** One spelling of the escapes in an address: capitals, none where none is needed, UTF-8 for what may not stand as it is. */
final class UrlEscapes {

    private static final String NEVER = "\"<>\\^`{|}%";
    private static final String UNRESERVED = "-._~";

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
                utf8(c, out);
            }
        }
        return out.toString();
    }

    private static boolean stands(int c) {
        return c > 0x20 && c < 0x7f && NEVER.indexOf(c) < 0;
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
        for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            escape(octet & 0xff, out);
        }
    }

    private static void escape(int octet, StringBuilder out) {
        out.append('%').append(Character.toUpperCase(Character.forDigit(octet >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
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

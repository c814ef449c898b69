package io.leat.format.json;

import java.nio.charset.StandardCharsets;

/**
 * Text as bytes and back, where a lone surrogate, which JSON can spell as {@code \ud800}, survives: it is written in the
 * three bytes that UTF-8 would use if it allowed it.
 */
final class Utf8 {

    private Utf8() {}

    static byte[] bytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (!hasLoneSurrogate(text)) {
            return utf8;
        }
        byte[] bytes = new byte[text.length() * 3];
        int end = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            end = write(c, bytes, end);
        }
        return java.util.Arrays.copyOf(bytes, end);
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
    }

    /** Writes a code point and returns where it ends. */
    static int write(int c, byte[] target, int start) {
        int at = start;
        if (c < 0x80) {
            target[at++] = (byte) c;
        } else if (c < 0x800) {
            target[at++] = (byte) (0xc0 | c >> 6);
            target[at++] = (byte) (0x80 | c & 0x3f);
        } else if (c < 0x10000) {
            target[at++] = (byte) (0xe0 | c >> 12);
            target[at++] = (byte) (0x80 | c >> 6 & 0x3f);
            target[at++] = (byte) (0x80 | c & 0x3f);
        } else {
            target[at++] = (byte) (0xf0 | c >> 18);
            target[at++] = (byte) (0x80 | c >> 12 & 0x3f);
            target[at++] = (byte) (0x80 | c >> 6 & 0x3f);
            target[at++] = (byte) (0x80 | c & 0x3f);
        }
        return at;
    }

    /** Text of bytes that {@link #bytes} or the reader wrote, lone surrogates among them. */
    static String text(byte[] bytes, int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        for (int at = start; at < end; at += length(bytes[at])) {
            text.appendCodePoint(codePoint(bytes, at));
        }
        return text.toString();
    }

    /** How many bytes the sequence has that starts with this one. */
    static int length(byte first) {
        return first >= 0 ? 1 : (first & 0xff) < 0xe0 ? 2 : (first & 0xff) < 0xf0 ? 3 : 4;
    }

    static int codePoint(byte[] bytes, int at) {
        int first = bytes[at];
        return switch (length(bytes[at])) {
            case 1 -> first;
            case 2 -> (first & 0x1f) << 6 | bytes[at + 1] & 0x3f;
            case 3 -> (first & 0xf) << 12 | (bytes[at + 1] & 0x3f) << 6 | bytes[at + 2] & 0x3f;
            default ->
                (first & 7) << 18 | (bytes[at + 1] & 0x3f) << 12 | (bytes[at + 2] & 0x3f) << 6 | bytes[at + 3] & 0x3f;
        };
    }

    /**
     * How long the sequence is that starts here, 0 if it is not well-formed: overlong, a surrogate, beyond U+10FFFF or cut
     * off. Reads up to three bytes beyond the start.
     */
    static int wellFormed(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        if (first < 0xe0) {
            return isMore(second) ? 2 : 0;
        }
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most || !isMore(bytes[at + 2] & 0xff)) {
            return 0;
        }
        if (first < 0xf0) {
            return 3;
        }
        return isMore(bytes[at + 3] & 0xff) ? 4 : 0;
    }

    private static boolean isMore(int b) {
        return (b & 0xc0) == 0x80;
    }

    /** Code points between two places. */
    static int codePoints(byte[] bytes, int start, int end) {
        int count = 0;
        for (int at = start; at < end; at++) {
            count += (bytes[at] & 0xc0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    /** UTF-16 units between two places. */
    static int units(byte[] bytes, int start, int end) {
        int count = 0;
        for (int at = start; at < end; at++) {
            count += (bytes[at] & 0xc0) == 0x80 ? 0 : (bytes[at] & 0xff) >= 0xf0 ? 2 : 1;
        }
        return count;
    }
}

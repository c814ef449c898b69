package io.leat.format.json;

import io.leat.core.Refusal.Code;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * Reads the smallest parts of a JSON text: spaces, signs, digits and texts, whose escapes it resolves in place. Behind the
 * text stand zeros ({@link #PADDING}): they end every scan, so that none has to look for the end itself.
 */
final class Scanner {

    /** How many zeros have to stand behind the text. */
    static final int PADDING = 16;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = ONES << 7;

    byte[] bytes;
    int end;
    /** Where reading goes on. */
    int at;
    /** Where the text that was read last ends. */
    int textEnd;
    /** What the document notes of it. */
    int textFlags;

    Scanner(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Starts on a text that has been put into the bytes. */
    void start(byte[] from, int length) {
        bytes = from;
        end = length;
        at = 0;
    }

    /** The byte to be read next, 0 at the end. */
    byte next() {
        return bytes[at];
    }

    /** Passes over white space. */
    void skipSpace() {
        byte[] b = bytes;
        int i = at;
        while (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
            i++;
        }
        at = i;
    }

    /** Passes over a sign that must stand here. */
    void expect(char c, String expected) {
        if (bytes[at] != c) {
            throw fault(Code.NOT_JSON, "Expected " + expected + ", found " + seen());
        }
        at++;
    }

    /** What stands here, in a word. */
    String seen() {
        if (at >= end) {
            return "the end";
        }
        byte c = bytes[at];
        return c > 0x20 && c < 0x7f
                ? "'" + (char) c + "'"
                : "0x" + HexFormat.of().toHexDigits(c);
    }

    /** Whether a word stands here. */
    boolean follows(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Passes over at least one digit and says how many there were. */
    int digits(String expected) {
        int start = at;
        while (bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw fault(Code.NOT_JSON, "Expected " + expected + ", found " + seen());
        }
        return at - start;
    }

    /** Reads a text from behind its opening quote, eight bytes at a time where nothing stands out. */
    void string(int most, Code code, String what) {
        byte[] b = bytes;
        int start = at;
        int i = at;
        int flags = 0;
        while (true) {
            long x = (long) EIGHT.get(b, i);
            long quote = x ^ 0x2222222222222222L;
            long slash = x ^ 0x5c5c5c5c5c5c5c5cL;
            long control = x - 0x2020202020202020L;
            long hit = ((quote - ONES & ~quote) | (slash - ONES & ~slash) | control | x + ONES | x) & HIGH;
            if (hit == 0) {
                i += 8;
                continue;
            }
            i += Long.numberOfTrailingZeros(hit) >>> 3;
            byte c = b[i];
            if (c == '"') {
                at = i + 1;
                textEnd = i;
                break;
            }
            if (c == 0x7f) {
                flags |= Document.ESCAPED;
                i++;
            } else if (c < 0) {
                flags |= Document.ODD;
                i = foreign(i);
            } else if (c == '\\') {
                at = i;
                flags |= unescape();
                break;
            } else {
                at = i;
                throw fault(Code.NOT_JSON, "A %s is not ended; in it".formatted(what) + " " + seen());
            }
        }
        textFlags = flags;
        if (textEnd - start > most && Utf8.units(b, start, textEnd) > most) {
            throw fault(code, "A %s has more than %s characters, it ends".formatted(what, most));
        }
    }

    /** Passes over characters beyond ASCII. */
    private int foreign(int from) {
        int i = from;
        while (bytes[i] < 0) {
            int length = Utf8.wellFormed(bytes, i);
            if (length == 0) {
                at = i;
                throw fault(Code.INVALID_UTF8, "The bytes are not UTF-8");
            }
            i += length;
        }
        return i;
    }

    /** Resolves escapes in place from here to the closing quote: what they stand for is never longer. */
    private int unescape() {
        byte[] b = bytes;
        int to = at;
        int flags = 0;
        while (b[at] != '"') {
            byte c = b[at];
            if (c == '\\') {
                at++;
                int point = escape();
                boolean lone = point >= 0xd800 && point <= 0xdfff;
                flags |= lone ? Document.LONE | Document.ESCAPED : 0;
                flags |= point >= 0x80 ? Document.ODD : 0;
                flags |= point < 0x20 || point == '"' || point == '\\' || point == 0x7f ? Document.ESCAPED : 0;
                to = Utf8.write(point, b, to);
            } else if (c < 0) {
                flags |= Document.ODD;
                int next = foreign(at);
                System.arraycopy(b, at, b, to, next - at);
                to += next - at;
                at = next;
            } else if (c < 0x20) {
                throw fault(Code.NOT_JSON, "A text is not ended; in it " + seen());
            } else {
                flags |= c == 0x7f ? Document.ESCAPED : 0;
                b[to++] = c;
                at++;
            }
        }
        textEnd = to;
        at++;
        return flags;
    }

    private int escape() {
        byte c = bytes[at++];
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> {
                at--;
                throw fault(Code.NOT_JSON, "There is no such escape: " + seen());
            }
        };
    }

    /** A UTF-16 unit, or the code point that it makes up with the next. */
    private int unit() {
        int unit = hex();
        if (Character.isHighSurrogate((char) unit) && bytes[at] == '\\' && bytes[at + 1] == 'u') {
            int back = at;
            at += 2;
            int low = hex();
            if (Character.isLowSurrogate((char) low)) {
                return Character.toCodePoint((char) unit, (char) low);
            }
            at = back;
        }
        return unit;
    }

    private int hex() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(bytes[at], 16);
            if (digit < 0) {
                throw fault(Code.NOT_JSON, "Expected a hexadecimal digit, found " + seen());
            }
            unit = unit << 4 | digit;
            at++;
        }
        return unit;
    }

    /** What is wrong here. */
    Fault fault(Code code, String message) {
        boolean isForeign = at < end && bytes[at] < 0 && code == Code.NOT_JSON && Utf8.wellFormed(bytes, at) == 0;
        return isForeign
                ? new Fault(Code.INVALID_UTF8, "The bytes are not UTF-8 at byte %s.".formatted(at + 1))
                : new Fault(code, "%s at byte %s.".formatted(message, at + 1));
    }
}

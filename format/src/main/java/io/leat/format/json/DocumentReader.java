package io.leat.format.json;

import io.leat.core.Limits;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) in UTF-8 in one pass over a copy of the bytes: well-formed text within the limits or a refusal,
 * nothing between. Escapes are resolved in place. For one thread.
 */
public final class DocumentReader {

    /** Zeros behind the text: they end every scan, so that none has to look for the end itself. */
    private static final int PADDING = 16;

    private static final int FEW_BYTES = 1 << 12;
    private static final int FEW_VALUES = 1 << 8;
    /** What is kept from one text to the next at most. */
    private static final int MANY_BYTES = 1 << 16;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = ONES << 7;
    private static final int SAFE_EXPONENT_DIGITS = 9;

    private final Limits limits;
    private Document document = new Document(FEW_BYTES, FEW_VALUES);
    private byte[] bytes = document.bytes;
    private int end;
    private int at;
    private int tokens;
    private int textEnd;
    private int textFlags;
    private boolean repeats;

    public DocumentReader(Limits limits) {
        this.limits = limits;
    }

    /** What was read last; nothing of use after a refusal. */
    public Document document() {
        return document;
    }

    /**
     * Reads a text.
     *
     * @return why it cannot be read, {@code null} if it has been
     */
    public @Nullable Refusal read(byte[] json) {
        Refusal refusal = readOnce(json);
        if (refusal == null && repeats) {
            byte[] once = new CanonicalText().value(document, Document.ROOT).bytes();
            refusal = new DocumentReader(Limits.WIDEST).readInto(document, once);
            bytes = document.bytes;
        }
        return refusal;
    }

    private @Nullable Refusal readInto(Document target, byte[] json) {
        document = target;
        bytes = target.bytes;
        return readOnce(json);
    }

    private @Nullable Refusal readOnce(byte[] json) {
        try {
            if (json.length > limits.bytes()) {
                throw new Fault(
                        Code.TOO_LARGE,
                        "The record has %d bytes, the limit is %d.".formatted(json.length, limits.bytes()));
            }
            take(json);
            refuseMarks();
            skipSpace();
            value(0);
            skipSpace();
            if (at < end) {
                throw fault(Code.TRAILING_BYTES, "The JSON text is over, but something follows: " + seen());
            }
            return null;
        } catch (Fault fault) {
            return Refusal.of(fault.code, fault.sentence());
        }
    }

    private void take(byte[] json) {
        end = json.length;
        if (bytes.length < end + PADDING || bytes.length > MANY_BYTES) {
            bytes = new byte[Math.max(FEW_BYTES, end + PADDING)];
            document.bytes = bytes;
        }
        if (document.tape.length > MANY_BYTES) {
            document.tape = new int[FEW_VALUES * Document.STRIDE];
            document.order = new int[FEW_VALUES];
            document.scratch = new int[FEW_VALUES];
        }
        System.arraycopy(json, 0, bytes, 0, end);
        Arrays.fill(bytes, end, end + PADDING, (byte) 0);
        document.source = json;
        document.count = 0;
        document.ordered = 0;
        at = 0;
        tokens = 0;
        repeats = false;
    }

    private void refuseMarks() {
        if (end == 0) {
            throw new Fault(Code.NOT_JSON, "The record has no value.");
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (first == 0xef && second == 0xbb && (bytes[2] & 0xff) == 0xbf) {
            throw new Fault(Code.BYTE_ORDER_MARK, "The value starts with a byte order mark.");
        }
        if (first == 0xfe && second == 0xff || first == 0xff && second == 0xfe) {
            throw new Fault(Code.BYTE_ORDER_MARK, "The value starts with the byte order mark of UTF-16.");
        }
    }

    private int value(int depth) {
        int number = document.add();
        if (++tokens > limits.tokens()) {
            throw fault(
                    Code.TOO_MANY_TOKENS,
                    "More than %d names and values, the first too many".formatted(limits.tokens()));
        }
        switch (bytes[at]) {
            case '{' -> object(number, inner(depth));
            case '[' -> array(number, inner(depth));
            case '"' -> {
                int start = ++at;
                string(limits.string(), Code.STRING_TOO_LONG, "text");
                leaf(number, JsonKind.STRING.code | textFlags, start, textEnd);
            }
            case 't' -> word(number, JsonKind.TRUE, "true");
            case 'f' -> word(number, JsonKind.FALSE, "false");
            case 'n' -> word(number, JsonKind.NULL, "null");
            default -> number(number);
        }
        return number;
    }

    private int inner(int depth) {
        if (depth == limits.depth()) {
            throw fault(
                    Code.TOO_DEEP,
                    "More than %d objects and arrays within one another, the innermost".formatted(limits.depth()));
        }
        at++;
        skipSpace();
        return depth + 1;
    }

    private void object(int object, int depth) {
        int members = 0;
        if (bytes[at] == '}') {
            at++;
        } else {
            do {
                if (members++ > 0) {
                    at++;
                    skipSpace();
                }
                member(depth);
                skipSpace();
            } while (bytes[at] == ',');
            expect('}', "',' or '}'");
        }
        branch(object, JsonKind.OBJECT, members);
        if (document.sort(object)) {
            refuseRepeats(object);
        }
    }

    private void refuseRepeats(int object) {
        if (limits.duplicates() == Limits.Duplicates.REFUSE) {
            throw fault(
                    Code.DUPLICATE_NAME,
                    "The name '%s' is there twice in the object that ends".formatted(shown(document.repeated(object))));
        }
        document.keepLast(object);
        repeats = true;
    }

    private void member(int depth) {
        if (bytes[at] != '"') {
            throw fault(Code.NOT_JSON, "Expected a name in quotes, found " + seen());
        }
        int start = ++at;
        tokens++;
        string(limits.name(), Code.NAME_TOO_LONG, "name");
        int stop = textEnd;
        int flags = textFlags;
        if ((flags & Document.LONE) != 0) {
            throw fault(Code.NOT_JSON, "A name has half a surrogate pair, it ends");
        }
        skipSpace();
        expect(':', "':'");
        skipSpace();
        document.name(value(depth), start, stop, flags);
    }

    private void array(int array, int depth) {
        int elements = 0;
        if (bytes[at] == ']') {
            at++;
        } else {
            do {
                if (elements++ > 0) {
                    at++;
                    skipSpace();
                }
                value(depth);
                skipSpace();
            } while (bytes[at] == ',');
            expect(']', "',' or ']'");
        }
        branch(array, JsonKind.ARRAY, elements);
    }

    private void branch(int value, JsonKind kind, int size) {
        int[] tape = document.tape;
        int i = value * Document.STRIDE;
        tape[i + Document.KIND] = kind.code;
        tape[i + Document.AFTER] = document.count;
        tape[i + Document.SIZE] = size;
    }

    private void leaf(int value, int kind, int start, int stop) {
        int[] tape = document.tape;
        int i = value * Document.STRIDE;
        tape[i + Document.KIND] = kind;
        tape[i + Document.START] = start;
        tape[i + Document.END] = stop;
        tape[i + Document.AFTER] = value + 1;
        tape[i + Document.SIZE] = 0;
    }

    private void word(int value, JsonKind kind, String word) {
        if (!follows(word)) {
            throw fault(Code.NOT_JSON, "Expected a value, found " + seen());
        }
        leaf(value, kind.code, at, at + word.length());
        at += word.length();
    }

    private boolean follows(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void number(int value) {
        int start = at;
        if (follows("NaN") || follows("Infinity") || follows("-Infinity")) {
            throw fault(Code.NOT_A_NUMBER, "JSON has neither NaN nor Infinity, found " + seen());
        }
        if (bytes[at] == '-') {
            at++;
        }
        int digits = 1;
        if (bytes[at] == '0') {
            at++;
        } else {
            digits = digits("a value");
        }
        int flags = 0;
        int exponent = 0;
        if (bytes[at] == '.') {
            at++;
            flags = Document.ODD;
            digits += digits("a digit");
        }
        if ((bytes[at] | 0x20) == 'e') {
            at++;
            flags = Document.ODD | Document.EXPONENT;
            if (bytes[at] == '+' || bytes[at] == '-') {
                at++;
            }
            exponent = digits("a digit");
        }
        if (digits + exponent > limits.number()) {
            throw fault(Code.NUMBER_TOO_LONG, "A number has more than %d digits".formatted(limits.number()));
        }
        if (exponent > SAFE_EXPONENT_DIGITS && !isRepresentable(start)) {
            throw fault(Code.NUMBER_TOO_LONG, "A number's exponent is beyond any use");
        }
        leaf(value, JsonKind.NUMBER.code | flags, start, at);
    }

    private boolean isRepresentable(int start) {
        try {
            return new BigDecimal(new String(bytes, start, at - start, java.nio.charset.StandardCharsets.US_ASCII))
                            .precision()
                    > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private int digits(String expected) {
        int start = at;
        while (bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw fault(Code.NOT_JSON, "Expected " + expected + ", found " + seen());
        }
        return at - start;
    }

    /** Reads on from behind the opening quote, eight bytes at a time where nothing stands out. */
    private void string(int most, Code code, String what) {
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
            throw fault(code, "A %s has more than %d characters, it ends".formatted(what, most));
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

    private void skipSpace() {
        byte[] b = bytes;
        int i = at;
        while (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
            i++;
        }
        at = i;
    }

    private void expect(char c, String expected) {
        if (bytes[at] != c) {
            throw fault(Code.NOT_JSON, "Expected " + expected + ", found " + seen());
        }
        at++;
    }

    /** What stands here, in a word. */
    private String seen() {
        if (at >= end) {
            return "the end";
        }
        byte c = bytes[at];
        return c > 0x20 && c < 0x7f ? "'" + (char) c + "'" : "0x%02x".formatted(c & 0xff);
    }

    private static String shown(String name) {
        String shorter = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        return shorter.codePoints()
                .map(c -> Character.isISOControl(c) || c >= 0xd800 && c <= 0xdfff ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private Fault fault(Code code, String message) {
        boolean isForeign = at < end && bytes[at] < 0 && code == Code.NOT_JSON && Utf8.wellFormed(bytes, at) == 0;
        return isForeign
                ? new Fault(Code.INVALID_UTF8, "The bytes are not UTF-8 at byte %d.".formatted(at + 1))
                : new Fault(code, "%s at byte %d.".formatted(message, at + 1));
    }

    /** Ends the reading; without a trace, as there can be one for each record. */
    private static final class Fault extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final Code code;

        Fault(Code code, String sentence) {
            super(sentence, null, false, false);
            this.code = code;
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }
}

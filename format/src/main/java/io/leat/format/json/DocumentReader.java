package io.leat.format.json;

import io.leat.core.Limits;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) in UTF-8 in one pass over a copy of the bytes: well-formed text within the limits or a refusal,
 * nothing between. Escapes are resolved in place. For one thread.
 */
public final class DocumentReader {

    private static final int FEW_BYTES = 1 << 12;
    private static final int FEW_VALUES = 1 << 8;
    /** What is kept from one text to the next at most. */
    private static final int MANY_BYTES = 1 << 16;

    private static final int SAFE_EXPONENT_DIGITS = 9;

    private final Limits limits;
    private Document document = new Document(FEW_BYTES, FEW_VALUES);
    private final Scanner in = new Scanner(document.bytes);
    private int tokens;
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
            return new DocumentReader(Limits.WIDEST).readInto(document, once);
        }
        return refusal;
    }

    private @Nullable Refusal readInto(Document target, byte[] json) {
        document = target;
        return readOnce(json);
    }

    private @Nullable Refusal readOnce(byte[] json) {
        try {
            if (json.length > limits.bytes()) {
                throw new Fault(
                        Code.TOO_LARGE,
                        "The record has %s bytes, the limit is %s.".formatted(json.length, limits.bytes()));
            }
            take(json);
            refuseMarks();
            in.skipSpace();
            value(0);
            in.skipSpace();
            if (in.at < in.end) {
                throw in.fault(Code.TRAILING_BYTES, "The JSON text is over, but something follows: " + in.seen());
            }
            return null;
        } catch (Fault fault) {
            return Refusal.of(fault.code(), fault.sentence());
        }
    }

    private void take(byte[] json) {
        int room = json.length + Scanner.PADDING;
        if (document.bytes.length < room || document.bytes.length > MANY_BYTES) {
            document.bytes = new byte[Math.max(FEW_BYTES, room)];
        }
        if (document.tape.length > MANY_BYTES) {
            document.tape = new int[FEW_VALUES * Document.STRIDE];
            document.order = new int[FEW_VALUES];
            document.scratch = new int[FEW_VALUES];
        }
        System.arraycopy(json, 0, document.bytes, 0, json.length);
        Arrays.fill(document.bytes, json.length, room, (byte) 0);
        document.source = json;
        document.count = 0;
        document.ordered = 0;
        in.start(document.bytes, json.length);
        tokens = 0;
        repeats = false;
    }

    private void refuseMarks() {
        if (in.end == 0) {
            throw new Fault(Code.NOT_JSON, "The record has no value.");
        }
        int first = in.bytes[0] & 0xff;
        int second = in.bytes[1] & 0xff;
        if (first == 0xef && second == 0xbb && (in.bytes[2] & 0xff) == 0xbf) {
            throw new Fault(Code.BYTE_ORDER_MARK, "The value starts with a byte order mark.");
        }
        if (first == 0xfe && second == 0xff || first == 0xff && second == 0xfe) {
            throw new Fault(Code.BYTE_ORDER_MARK, "The value starts with the byte order mark of UTF-16.");
        }
    }

    private int value(int depth) {
        int number = document.add();
        if (++tokens > limits.tokens()) {
            throw in.fault(
                    Code.TOO_MANY_TOKENS,
                    "More than %s names and values, the first too many".formatted(limits.tokens()));
        }
        switch (in.next()) {
            case '{' -> object(number, inner(depth));
            case '[' -> array(number, inner(depth));
            case '"' -> {
                int start = ++in.at;
                in.string(limits.string(), Code.STRING_TOO_LONG, "text");
                leaf(number, JsonKind.STRING.code | in.textFlags, start, in.textEnd);
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
            throw in.fault(
                    Code.TOO_DEEP,
                    "More than %s objects and arrays within one another, the innermost".formatted(limits.depth()));
        }
        in.at++;
        in.skipSpace();
        return depth + 1;
    }

    private void object(int object, int depth) {
        int members = 0;
        if (in.next() == '}') {
            in.at++;
        } else {
            do {
                if (members++ > 0) {
                    in.at++;
                    in.skipSpace();
                }
                member(depth);
                in.skipSpace();
            } while (in.next() == ',');
            in.expect('}', "',' or '}'");
        }
        branch(object, JsonKind.OBJECT, members);
        if (document.sort(object)) {
            refuseRepeats(object);
        }
    }

    private void refuseRepeats(int object) {
        if (limits.duplicates() == Limits.Duplicates.REFUSE) {
            throw in.fault(
                    Code.DUPLICATE_NAME,
                    "The name '%s' is there twice in the object that ends".formatted(shown(document.repeated(object))));
        }
        document.keepLast(object);
        repeats = true;
    }

    private void member(int depth) {
        if (in.next() != '"') {
            throw in.fault(Code.NOT_JSON, "Expected a name in quotes, found " + in.seen());
        }
        int start = ++in.at;
        tokens++;
        in.string(limits.name(), Code.NAME_TOO_LONG, "name");
        int stop = in.textEnd;
        int flags = in.textFlags;
        if ((flags & Document.LONE) != 0) {
            throw in.fault(Code.NOT_JSON, "A name has half a surrogate pair, it ends");
        }
        in.skipSpace();
        in.expect(':', "':'");
        in.skipSpace();
        document.name(value(depth), start, stop, flags);
    }

    private void array(int array, int depth) {
        int elements = 0;
        if (in.next() == ']') {
            in.at++;
        } else {
            do {
                if (elements++ > 0) {
                    in.at++;
                    in.skipSpace();
                }
                value(depth);
                in.skipSpace();
            } while (in.next() == ',');
            in.expect(']', "',' or ']'");
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
        if (!in.follows(word)) {
            throw in.fault(Code.NOT_JSON, "Expected a value, found " + in.seen());
        }
        leaf(value, kind.code, in.at, in.at + word.length());
        in.at += word.length();
    }

    private void number(int value) {
        int start = in.at;
        if (in.follows("NaN") || in.follows("Infinity") || in.follows("-Infinity")) {
            throw in.fault(Code.NOT_A_NUMBER, "JSON has neither NaN nor Infinity, found " + in.seen());
        }
        if (in.next() == '-') {
            in.at++;
        }
        int digits = 1;
        if (in.next() == '0') {
            in.at++;
        } else {
            digits = in.digits("a value");
        }
        int flags = 0;
        int exponent = 0;
        if (in.next() == '.') {
            in.at++;
            flags = Document.ODD;
            digits += in.digits("a digit");
        }
        if ((in.next() | 0x20) == 'e') {
            in.at++;
            flags = Document.ODD | Document.EXPONENT;
            if (in.next() == '+' || in.next() == '-') {
                in.at++;
            }
            exponent = in.digits("a digit");
        }
        if (digits + exponent > limits.number()) {
            throw in.fault(Code.NUMBER_TOO_LONG, "A number has more than %s digits".formatted(limits.number()));
        }
        if (exponent > SAFE_EXPONENT_DIGITS && !isRepresentable(start)) {
            throw in.fault(Code.NUMBER_TOO_LONG, "A number's exponent is beyond any use");
        }
        leaf(value, JsonKind.NUMBER.code | flags, start, in.at);
    }

    private boolean isRepresentable(int start) {
        try {
            return new BigDecimal(new String(
                                    in.bytes, start, in.at - start, java.nio.charset.StandardCharsets.US_ASCII))
                            .precision()
                    > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String shown(String name) {
        String shorter = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        return shorter.codePoints()
                .map(c -> Character.isISOControl(c) || c >= 0xd800 && c <= 0xdfff ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

package io.leat.format.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of a document as canonical JSON: members sorted by name, no white space, numbers as plain decimals without
 * trailing zeros, only what must be escaped escaped. For one thread; {@link #clear} makes room for the next text.
 */
public final class CanonicalText {

    /** Numbers that would be longer than this as plain decimals keep an exponent. */
    private static final int MAX_PLAIN_DIGITS = 40;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int KEPT = 1 << 16;
    private static final int SHARED = 1 << 8;
    private static final int SHARED_BYTES = 16;

    private @Nullable String @Nullable [] shared;
    private byte[] out = new byte[1 << 10];
    private int end;
    private boolean ascii = true;

    /** Forgets what was written. */
    public CanonicalText clear() {
        if (out.length > KEPT) {
            out = new byte[KEPT];
        }
        end = 0;
        ascii = true;
        return this;
    }

    /** Adds a value, {@code null} for {@link Document#NONE}. */
    public CanonicalText value(Document document, int value) {
        switch (document.kind(value)) {
            case OBJECT -> object(document, value);
            case ARRAY -> array(document, value);
            case STRING -> {
                int i = value * Document.STRIDE;
                int[] tape = document.tape;
                text(document.bytes, tape[i + Document.START], tape[i + Document.END], tape[i]);
            }
            case NUMBER -> number(document, value);
            case TRUE -> ascii("true");
            case FALSE -> ascii("false");
            case NULL, ABSENT -> ascii("null");
        }
        return this;
    }

    /** Adds an object without some of its members. */
    public CanonicalText without(Document document, int object, List<Name> except) {
        one('{');
        boolean first = true;
        for (int i = 0; i < document.size(object); i++) {
            int member = document.sorted(object, i);
            if (except.stream().noneMatch(name -> document.isNamed(member, name))) {
                if (!first) {
                    one(',');
                }
                first = false;
                member(document, member);
            }
        }
        return one('}');
    }

    /** Adds one ASCII character. */
    public CanonicalText one(char c) {
        room(1);
        out[end++] = (byte) c;
        return this;
    }

    /** How many bytes there are. */
    public int length() {
        return end;
    }

    /** What was written, in UTF-8. */
    public byte[] bytes() {
        return Arrays.copyOf(out, end);
    }

    /** What was written; the same object for a short text that is written again and again. */
    public String shared() {
        if (end > SHARED_BYTES || !ascii) {
            return toString();
        }
        int hash = 1;
        for (int i = 0; i < end; i++) {
            hash = 31 * hash + out[i];
        }
        @Nullable String[] texts = shared == null ? new String[SHARED] : shared;
        shared = texts;
        int place = (hash ^ hash >>> 15) & SHARED - 1;
        String kept = texts[place];
        if (kept == null || !isWritten(kept)) {
            kept = toString();
            texts[place] = kept;
        }
        return kept;
    }

    private boolean isWritten(String text) {
        boolean is = text.length() == end;
        for (int i = 0; is && i < end; i++) {
            is = text.charAt(i) == out[i];
        }
        return is;
    }

    /** What was written, in UTF-8, until the next is. */
    public ByteBuffer utf8() {
        return ByteBuffer.wrap(out, 0, end);
    }

    @Override
    public String toString() {
        return new String(out, 0, end, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private void object(Document document, int object) {
        one('{');
        int size = document.size(object);
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                one(',');
            }
            member(document, document.sorted(object, i));
        }
        one('}');
    }

    /** Adds the name of a member as a string. */
    public CanonicalText name(Document document, int member) {
        int i = member * Document.STRIDE;
        int[] tape = document.tape;
        text(
                document.bytes,
                tape[i + Document.NAME_START],
                tape[i + Document.NAME_END],
                tape[i] >> Document.NAME_SHIFT);
        return this;
    }

    private void member(Document document, int member) {
        name(document, member);
        one(':');
        value(document, member);
    }

    private void array(Document document, int array) {
        one('[');
        int stop = document.after(array);
        for (int element = array + 1; element < stop; element = document.after(element)) {
            if (element > array + 1) {
                one(',');
            }
            value(document, element);
        }
        one(']');
    }

    private void text(byte[] bytes, int start, int stop, int flags) {
        ascii &= (flags & Document.ODD) == 0;
        room(stop - start + 2);
        out[end++] = '"';
        if ((flags & Document.ESCAPED) == 0) {
            System.arraycopy(bytes, start, out, end, stop - start);
            end += stop - start;
        } else {
            escaped(bytes, start, stop);
        }
        one('"');
    }

    private void escaped(byte[] bytes, int start, int stop) {
        for (int at = start; at < stop; ) {
            int length = Utf8.length(bytes[at]);
            int c = length == 1 ? bytes[at] : length == 3 ? Utf8.codePoint(bytes, at) : 0xffff;
            room(length + 6);
            switch (c) {
                case '"' -> ascii("\\\"");
                case '\\' -> ascii("\\\\");
                case '\n' -> ascii("\\n");
                case '\r' -> ascii("\\r");
                case '\t' -> ascii("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f || c >= 0xd800 && c <= 0xdfff) {
                        ascii("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            one((char) HEX[c >>> shift & 15]);
                        }
                    } else {
                        System.arraycopy(bytes, at, out, end, length);
                        end += length;
                    }
                }
            }
            at += length;
        }
    }

    private void number(Document document, int number) {
        int i = number * Document.STRIDE;
        int start = document.tape[i + Document.START];
        int stop = document.tape[i + Document.END];
        int flags = document.tape[i];
        byte[] bytes = document.bytes;
        if ((flags & Document.EXPONENT) != 0 || stop - start > MAX_PLAIN_DIGITS) {
            ascii(plain(document.decimal(number)));
            return;
        }
        if ((flags & Document.ODD) != 0) {
            while (bytes[stop - 1] == '0') {
                stop--;
            }
            stop -= bytes[stop - 1] == '.' ? 1 : 0;
        }
        boolean isZero = stop - start == 2 && bytes[start] == '-' && bytes[start + 1] == '0';
        start += isZero ? 1 : 0;
        room(stop - start);
        System.arraycopy(bytes, start, out, end, stop - start);
        end += stop - start;
    }

    /** A number in canonical form. */
    public static String plain(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal bare = number.stripTrailingZeros();
        long digits = Math.max(bare.precision(), Math.max(bare.scale(), (long) bare.precision() - bare.scale()));
        return digits <= MAX_PLAIN_DIGITS ? bare.toPlainString() : bare.unscaledValue() + "e" + -(long) bare.scale();
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            out[end++] = (byte) text.charAt(i);
        }
    }

    private void room(int more) {
        if (end + more > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, end + more));
        }
    }
}

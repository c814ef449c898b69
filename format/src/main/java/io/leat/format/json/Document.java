package io.leat.format.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A JSON text that has been read: where each value and name stands among the bytes, in the order of the text.
 *
 * <p>A value is known by its number: the root is 0, and a value is followed by what lies within it. The members of an
 * object and the elements of an array are walked like this:
 *
 * <pre>{@code
 * for (int child = value + 1; child < document.after(value); child = document.after(child))
 * }</pre>
 *
 * <p>Holds until its reader reads again. For one thread.
 */
public final class Document {

    /** The whole text's value. */
    public static final int ROOT = 0;
    /** No such value. */
    public static final int NONE = -1;

    static final int STRIDE = 8;
    static final int KIND = 0;
    /** First byte of a text, number or word; of an object, where its members in order of name are listed. */
    static final int START = 1;

    static final int END = 2;
    static final int AFTER = 3;
    static final int NAME_START = 4;
    static final int NAME_END = 5;
    static final int NAME_HASH = 6;
    static final int SIZE = 7;

    static final int KINDS = 0xf;
    /** A text that is not plain ASCII, a number that is not just digits. */
    static final int ODD = 0x10;
    /** A text with a character that canonical form escapes. */
    static final int ESCAPED = 0x20;
    /** A text with half a surrogate pair. */
    static final int LONE = 0x40;
    /** A number with an exponent. */
    static final int EXPONENT = 0x80;
    /** {@link #ODD}, {@link #ESCAPED} and {@link #LONE} of a member's name are shifted by this. */
    static final int NAME_SHIFT = 8;

    private static final JsonKind[] KIND_OF = JsonKind.values();
    private static final int MOST_QUICK_DIGITS = 18;

    byte[] bytes;
    byte[] source = {};
    int[] tape;
    int[] order = new int[64];
    int[] scratch = new int[64];
    int ordered;
    int count;
    private final NameOrder names = new NameOrder(this);

    Document(int bytes, int values) {
        this.bytes = new byte[bytes];
        this.tape = new int[values * STRIDE];
    }

    /** The text as it came. Not to be written to. */
    public byte[] source() {
        return source;
    }

    int add() {
        if ((count + 1) * STRIDE > tape.length) {
            tape = Arrays.copyOf(tape, tape.length * 2);
        }
        return count++;
    }

    void name(int member, int start, int end, int flags) {
        int i = member * STRIDE;
        tape[i] |= flags << NAME_SHIFT;
        tape[i + NAME_START] = start;
        tape[i + NAME_END] = end;
        tape[i + NAME_HASH] = Name.hash(bytes, start, end);
    }

    /** What a value is; {@link JsonKind#ABSENT} for {@link #NONE}. */
    public JsonKind kind(int value) {
        return value < 0 ? JsonKind.ABSENT : KIND_OF[tape[value * STRIDE + KIND] & KINDS];
    }

    /** The next value that does not lie within this one: its next sibling, if it has one. */
    public int after(int value) {
        return tape[value * STRIDE + AFTER];
    }

    /** How many members or elements it has. */
    public int size(int value) {
        return tape[value * STRIDE + SIZE];
    }

    /** The member of an object that has a name, {@link #NONE} if there is none or it is no object. */
    public int member(int object, Name name) {
        int[] t = tape;
        if (object < 0 || (t[object * STRIDE] & KINDS) != JsonKind.OBJECT.code) {
            return NONE;
        }
        int end = t[object * STRIDE + AFTER];
        for (int child = object + 1; child < end; child = t[child * STRIDE + AFTER]) {
            if (t[child * STRIDE + NAME_HASH] == name.hash() && isNamed(child, name)) {
                return child;
            }
        }
        return NONE;
    }

    /** The value at the end of a path from the root, {@link #NONE} if there is none. */
    public int at(Name[] path) {
        int value = ROOT;
        for (Name name : path) {
            value = member(value, name);
        }
        return value;
    }

    /** Whether a member has this name. */
    public boolean isNamed(int member, Name name) {
        byte[] utf8 = name.utf8();
        return Arrays.equals(
                bytes, tape[member * STRIDE + NAME_START], tape[member * STRIDE + NAME_END], utf8, 0, utf8.length);
    }

    /** The hash of a member's name, as {@link Name#hash} has it. */
    public int nameHash(int member) {
        return tape[member * STRIDE + NAME_HASH];
    }

    /** The name of a member. */
    public String name(int member) {
        int i = member * STRIDE;
        return text(tape[i + NAME_START], tape[i + NAME_END], tape[i] >> NAME_SHIFT);
    }

    /** The text of a string. */
    public String text(int string) {
        int i = string * STRIDE;
        return text(tape[i + START], tape[i + END], tape[i]);
    }

    private String text(int start, int end, int flags) {
        if ((flags & (ODD | LONE)) == 0) {
            return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        }
        return (flags & LONE) == 0
                ? new String(bytes, start, end - start, StandardCharsets.UTF_8)
                : Utf8.text(bytes, start, end);
    }

    /** Whether a string or number has these bytes, as {@link #bytes} gives them: strings with the same bytes are the same text. */
    public boolean hasBytes(int value, byte[] same) {
        int i = value * STRIDE;
        return Arrays.equals(bytes, tape[i + START], tape[i + END], same, 0, same.length);
    }

    /** The bytes of a string or number. */
    public byte[] bytes(int value) {
        return Arrays.copyOfRange(bytes, tape[value * STRIDE + START], tape[value * STRIDE + END]);
    }

    /** A hash of the bytes of a string or number. */
    public int bytesHash(int value) {
        int end = tape[value * STRIDE + END];
        int hash = 0;
        for (int at = tape[value * STRIDE + START]; at < end; at++) {
            hash = 31 * hash + bytes[at];
        }
        return hash;
    }

    /** How many characters (code points) a string has. */
    public int codePoints(int string) {
        int i = string * STRIDE;
        return (tape[i] & (ODD | LONE)) == 0
                ? tape[i + END] - tape[i + START]
                : Utf8.codePoints(bytes, tape[i + START], tape[i + END]);
    }

    /** The bytes of a string or number, from 0 to {@link #length}. */
    public byte byteAt(int value, int index) {
        return bytes[tape[value * STRIDE + START] + index];
    }

    /** How many bytes a string or number has. */
    public int length(int value) {
        return tape[value * STRIDE + END] - tape[value * STRIDE + START];
    }

    /** Whether a string has ASCII characters only. */
    public boolean isAscii(int string) {
        return (tape[string * STRIDE] & (ODD | LONE)) == 0;
    }

    /** Whether a number is written with digits only, a minus sign apart. */
    public boolean isDigits(int number) {
        return (tape[number * STRIDE] & ODD) == 0;
    }

    /** The value of a number of digits only, at most 18 bytes long. */
    public long smallWhole(int number) {
        int start = tape[number * STRIDE + START];
        int end = tape[number * STRIDE + END];
        boolean negative = bytes[start] == '-';
        long value = 0;
        for (int at = negative ? start + 1 : start; at < end; at++) {
            value = value * 10 + (bytes[at] - '0');
        }
        return negative ? -value : value;
    }

    /** The exact value of a number. */
    public BigDecimal decimal(int number) {
        int i = number * STRIDE;
        int start = tape[i + START];
        int end = tape[i + END];
        if ((tape[i] & EXPONENT) != 0 || end - start > MOST_QUICK_DIGITS) {
            return new BigDecimal(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
        }
        long unscaled = 0;
        int scale = 0;
        boolean negative = bytes[start] == '-';
        for (int at = negative ? start + 1 : start; at < end; at++) {
            if (bytes[at] == '.') {
                scale = end - at - 1;
            } else {
                unscaled = unscaled * 10 + (bytes[at] - '0');
            }
        }
        return BigDecimal.valueOf(negative ? -unscaled : unscaled, scale);
    }

    /** Names from the root to a value; elements of arrays by their place, from 0. */
    public List<String> pathTo(int value) {
        List<String> names = new ArrayList<>();
        int parent = ROOT;
        while (parent != value) {
            int index = 0;
            int child = parent + 1;
            while (after(child) <= value) {
                child = after(child);
                index++;
            }
            names.add(kind(parent) == JsonKind.OBJECT ? name(child) : Integer.toString(index));
            parent = child;
        }
        return names;
    }

    /** Whether two values mean the same: numbers by value, objects whatever the order of their members. */
    public boolean same(int a, Document other, int b) {
        JsonKind kind = kind(a);
        if (kind != other.kind(b)) {
            return false;
        }
        return switch (kind) {
            case OBJECT -> sameMembers(a, other, b);
            case ARRAY -> sameElements(a, other, b);
            case NUMBER -> decimal(a).compareTo(other.decimal(b)) == 0;
            case STRING ->
                Arrays.equals(
                        bytes,
                        tape[a * STRIDE + START],
                        tape[a * STRIDE + END],
                        other.bytes,
                        other.tape[b * STRIDE + START],
                        other.tape[b * STRIDE + END]);
            default -> true;
        };
    }

    private boolean sameMembers(int a, Document other, int b) {
        if (size(a) != other.size(b)) {
            return false;
        }
        for (int i = 0; i < size(a); i++) {
            int mine = sorted(a, i);
            int theirs = other.sorted(b, i);
            boolean named = Arrays.equals(
                    bytes,
                    tape[mine * STRIDE + NAME_START],
                    tape[mine * STRIDE + NAME_END],
                    other.bytes,
                    other.tape[theirs * STRIDE + NAME_START],
                    other.tape[theirs * STRIDE + NAME_END]);
            if (!named || !same(mine, other, theirs)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameElements(int a, Document other, int b) {
        if (size(a) != other.size(b)) {
            return false;
        }
        int theirs = b + 1;
        for (int mine = a + 1; mine < after(a); mine = after(mine)) {
            if (!same(mine, other, theirs)) {
                return false;
            }
            theirs = other.after(theirs);
        }
        return true;
    }

    /** The members of an object in order of their names. */
    public int sorted(int object, int index) {
        return order[tape[object * STRIDE + START] + index];
    }

    /** Lists the members of an object in order of their names; says whether a name is there twice. */
    boolean sort(int object) {
        int from = ordered;
        int size = tape[object * STRIDE + SIZE];
        if (from + size > order.length) {
            order = Arrays.copyOf(order, Math.max(2 * order.length, from + size));
        }
        int end = tape[object * STRIDE + AFTER];
        for (int child = object + 1; child < end; child = tape[child * STRIDE + AFTER]) {
            order[ordered++] = child;
        }
        tape[object * STRIDE + START] = from;
        return names.sort(from, ordered);
    }

    /** A name that is there twice. */
    String repeated(int object) {
        for (int i = 1; i < size(object); i++) {
            if (names.compare(sorted(object, i - 1), sorted(object, i)) == 0) {
                return name(sorted(object, i));
            }
        }
        throw new IllegalStateException("no name is there twice");
    }

    /** Of members with one name, keeps the last in the order of names. They are still walked as before. */
    void keepLast(int object) {
        int from = tape[object * STRIDE + START];
        int kept = from;
        for (int i = from; i < ordered; i++) {
            boolean isLast = i + 1 == ordered || names.compare(order[i], order[i + 1]) != 0;
            if (isLast) {
                order[kept++] = order[i];
            }
        }
        ordered = kept;
        tape[object * STRIDE + SIZE] = kept - from;
    }

    /** A value as canonical JSON; for messages and rare paths, {@link CanonicalText} for the rest. */
    public String canonical(int value) {
        return new CanonicalText().value(this, value).toString();
    }

    @Override
    public String toString() {
        return count == 0 ? "" : canonical(ROOT);
    }
}

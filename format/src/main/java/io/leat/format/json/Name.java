package io.leat.format.json;

import io.leat.core.FieldPath;
import java.util.List;

/** The name of a member as it is looked for in a document: its bytes and their hash. Thread-safe. */
public final class Name {

    private final String text;
    private final byte[] utf8;
    private final int hash;

    private Name(String text) {
        this.text = text;
        this.utf8 = Utf8.bytes(text);
        this.hash = hash(utf8, 0, utf8.length);
    }

    /** A name. */
    public static Name of(String text) {
        return new Name(text);
    }

    /** The names of a path from the outside in. */
    public static Name[] path(FieldPath path) {
        return path(path.names());
    }

    /** Names from the outside in. */
    public static Name[] path(List<String> names) {
        return names.stream().map(Name::of).toArray(Name[]::new);
    }

    /** The name as text. */
    public String text() {
        return text;
    }

    /** Spreads names over a table; not meant to withstand a foe, so nothing a foe sends may be kept by it. */
    public int hash() {
        return hash;
    }

    byte[] utf8() {
        return utf8;
    }

    /** What the reader notes of each member's name. */
    static int hash(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return 0;
        }
        int hash = length * 31 + bytes[start];
        hash = hash * 31 + bytes[start + (length >> 1)];
        hash = hash * 31 + bytes[end - 1];
        return hash ^ hash >>> 7;
    }

    @Override
    public String toString() {
        return text;
    }
}

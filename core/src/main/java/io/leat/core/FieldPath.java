package io.leat.core;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a field stands in a record: names from the outside in, written with dots ({@code record.price}).
 *
 * <p>A dot or backslash that belongs to a name is escaped with a backslash ({@code a\.b}). The empty name is a name:
 * scraped tables have nameless columns.
 *
 * @param names at least one name
 */
public record FieldPath(List<String> names) implements Serializable {

    public FieldPath {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a field path needs a name");
        }
    }

    /**
     * Reads the dotted form.
     *
     * @throws IllegalArgumentException if the text is empty or ends in a lone backslash
     */
    public static FieldPath parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a field path needs a name");
        }
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                if (++i == text.length()) {
                    throw new IllegalArgumentException("a field path must not end in a lone backslash");
                }
                name.append(text.charAt(i));
            } else if (c == '.') {
                names.add(name.toString());
                name.setLength(0);
            } else {
                name.append(c);
            }
        }
        names.add(name.toString());
        return new FieldPath(names);
    }

    /** The path of a field inside the object this path leads to. */
    public FieldPath child(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new FieldPath(longer);
    }

    /** The dotted form; {@link #parse} reads it back. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                text.append('.');
            }
            text.append(escaped(names.get(i)));
        }
        return text.toString();
    }

    /** A name as a dotted path spells it. */
    public static String escaped(String name) {
        boolean isPlain = name.indexOf('.') < 0 && name.indexOf('\\') < 0;
        return isPlain ? name : name.replace("\\", "\\\\").replace(".", "\\.");
    }
}

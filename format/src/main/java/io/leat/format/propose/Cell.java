package io.leat.format.propose;

import io.leat.format.json.JsonKind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One value that a column held.
 *
 * @param kind what it is
 * @param text a string's text, anything else as canonical JSON; cut where it is long, with a hash of the whole behind
 */
record Cell(JsonKind kind, String text) {

    private static final int LONGEST = 240;

    static Cell of(JsonKind kind, String text) {
        JsonKind one = kind == JsonKind.FALSE ? JsonKind.TRUE : kind;
        return new Cell(one, text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…" + text.hashCode());
    }

    boolean isEmpty() {
        return kind == JsonKind.NULL || (kind == JsonKind.STRING && text.isEmpty());
    }

    /** The number it is, {@code null} if it is none. */
    @Nullable
    BigDecimal number() {
        return kind == JsonKind.NUMBER ? new BigDecimal(text) : null;
    }
}

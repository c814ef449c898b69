package io.leat.format;

import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;

/** Words for what a record holds or lacks. */
final class Records {

    private Records() {}

    /** Whether a field holds nothing: absent, null or the empty text. */
    static boolean isEmpty(Document rec, int value) {
        JsonKind kind = rec.kind(value);
        return kind == JsonKind.ABSENT || kind == JsonKind.NULL || (kind == JsonKind.STRING && rec.length(value) == 0);
    }

    /** What a field holds, in a word. */
    static String word(Document rec, int value) {
        JsonKind kind = rec.kind(value);
        return kind == JsonKind.STRING && rec.length(value) == 0 ? "empty" : kind.word();
    }
}

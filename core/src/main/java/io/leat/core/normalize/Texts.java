package io.leat.core.normalize;

import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Normal;

/** Tidies text for people: entities decoded, white space collapsed and trimmed, NFC. */
public final class Texts {

    private Texts() {}

    /** Tidies a text; one that holds only white space is absent. */
    public static Normalized<String> read(String text) {
        String plain = Plain.text(text);
        return plain.isEmpty() ? new Absent<>() : new Normal<>(plain);
    }
}

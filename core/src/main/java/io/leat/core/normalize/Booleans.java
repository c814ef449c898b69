package io.leat.core.normalize;

import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.util.Set;

/** Reads yes and no in many languages. */
public final class Booleans {

    private static final Table WORDS = Table.of("booleans");
    private static final Set<String> TRUE = WORDS.words("true");
    private static final Set<String> FALSE = WORDS.words("false");
    static final int MOST_CHARACTERS = 40;

    private Booleans() {}

    /** Reads one word. */
    public static Normalized<Boolean> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + MOST_CHARACTERS + " characters");
        }
        String word = bare(Plain.fold(text));
        if (word.isEmpty()) {
            return new Absent<>();
        }
        if (TRUE.contains(word)) {
            return new Normal<>(true);
        }
        return FALSE.contains(word) ? new Normal<>(false) : new Unparsed<>("no word for yes or no");
    }

    private static String bare(String word) {
        int end = word.length();
        while (end > 0 && ".! ".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }
}

package io.leat.core;

import java.util.Locale;

/** What a change did to its key. */
public enum Op {
    /** The key was seen for the first time. */
    NEW,
    /** A compared value differs from the last one known. */
    UPDATE,
    /** The key stopped appearing. */
    GONE,
    /** The key was gone and appeared again. */
    BACK,
    /** A person made the key forget what it knew. */
    RESET;

    /** The word in the change record: {@code new}, {@code update}, {@code gone}, {@code back}, {@code reset}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #word}.
     *
     * @throws IllegalArgumentException if there is no such op
     */
    public static Op of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

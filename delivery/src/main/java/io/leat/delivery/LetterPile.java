package io.leat.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The oldest letters that lie in a topic, so many at most. Whatever is left out in one pass for want of room is taken in
 * another, once those before it have turned out to be sent. For one thread.
 */
final class LetterPile {

    /** No other pass is needed. */
    static final long DONE = -1;

    private final String prefix;
    private final int most;
    private final Map<String, byte[]> letters = new LinkedHashMap<>();
    private long leftOut = DONE;

    /** @param prefix how the keys of all letters begin that are looked for */
    LetterPile(String prefix, int most) {
        this.prefix = prefix;
        this.most = most;
    }

    /**
     * The next record of a pass.
     *
     * @param letter {@code null} if it was sent
     */
    void take(long offset, String key, byte @Nullable [] letter) {
        if (letter == null) {
            letters.remove(key);
        } else if (letters.containsKey(key) || (key.startsWith(prefix) && leftOut == DONE && letters.size() < most)) {
            letters.put(key, letter);
        } else if (key.startsWith(prefix) && leftOut == DONE) {
            leftOut = offset;
        }
    }

    /** After a pass to the end: where the next one has to begin, or {@link #DONE}. */
    long next() {
        long from = letters.size() < most ? leftOut : DONE;
        leftOut = DONE;
        return from;
    }

    /** By key, in the order they were given up. */
    Map<String, byte[]> letters() {
        return letters;
    }
}

package io.leat.core.normalize;

import org.jspecify.annotations.Nullable;

/**
 * Words by their characters, to find those that start at a place of a text. Built by one thread, then only read.
 *
 * @param <V> what a word stands for
 */
final class Trie<V> {

    private static final int FEW = 4;

    private char[] keys = new char[FEW];
    private @Nullable Trie<V>[] next = room(FEW);
    private int size;
    private @Nullable V value;

    /** What the word that ends here stands for, {@code null} if none ends here. */
    @Nullable
    V value() {
        return value;
    }

    /** Where words go on with a character, {@code null} if none does. */
    @Nullable
    Trie<V> next(char c) {
        int at = c & keys.length - 1;
        while (next[at] != null && keys[at] != c) {
            at = at + 1 & keys.length - 1;
        }
        return next[at];
    }

    /** Adds a word; one that is there already keeps what it stands for. */
    void add(String word, V meaning) {
        Trie<V> at = this;
        for (int i = 0; i < word.length(); i++) {
            at = at.nextOrNew(word.charAt(i));
        }
        if (at.value == null) {
            at.value = meaning;
        }
    }

    private Trie<V> nextOrNew(char c) {
        Trie<V> known = next(c);
        if (known != null) {
            return known;
        }
        if (2 * ++size > keys.length) {
            grow();
        }
        Trie<V> fresh = new Trie<>();
        put(c, fresh);
        return fresh;
    }

    private void grow() {
        char[] oldKeys = keys;
        @Nullable Trie<V>[] old = next;
        keys = new char[2 * oldKeys.length];
        next = room(keys.length);
        for (int i = 0; i < old.length; i++) {
            Trie<V> kept = old[i];
            if (kept != null) {
                put(oldKeys[i], kept);
            }
        }
    }

    private void put(char c, Trie<V> child) {
        int at = c & keys.length - 1;
        while (next[at] != null) {
            at = at + 1 & keys.length - 1;
        }
        keys[at] = c;
        next[at] = child;
    }

    @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise
    private static <V> @Nullable Trie<V>[] room(int size) {
        return (@Nullable Trie<V>[]) new Trie<?>[size];
    }
}

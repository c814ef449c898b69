package io.leat.core.normalize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Phrases and what each stands for, found in a line character by character. A state is a place in one array: what of a phrase is
 * shared with no other lies there in a row, so that a step is mostly to the next number. Immutable.
 *
 * @param <V> what a phrase stands for
 */
final class Lexicon<V> {

    /** Where every phrase starts. */
    static final int START = 0;

    /** No phrase goes on like this. */
    static final int NONE = -1;

    /** Set where several characters, or none, may follow: the low bits then say how many slots there are for them. */
    private static final int BRANCHES = 1 << 16;

    /** At most half of the slots are taken, so that what is not there is soon known. */
    private static final int SPARE = 4;

    private static final int VALUE = 17;
    private static final int MOST_VALUES = (1 << 32 - VALUE) - 1;

    private final int[] states;
    private final List<V> values;

    private Lexicon(int[] states, List<V> values) {
        this.states = states;
        this.values = values;
    }

    /** The lexicon of these phrases. */
    static <V> Lexicon<V> of(Map<String, V> phrases) {
        Builder<V> builder = new Builder<>(phrases);
        builder.state(0, phrases.size(), 0);
        return new Lexicon<>(Arrays.copyOf(builder.states, builder.size), List.copyOf(builder.values));
    }

    /** The state after a further character, {@link #NONE} if no phrase has it there. */
    int next(int state, char c) {
        int head = states[state];
        if ((head & BRANCHES) == 0) {
            return (char) head == c ? state + 1 : NONE;
        }
        int mask = (char) head - 1;
        for (int at = hash(c) & mask; ; at = at + 1 & mask) {
            int slot = state + 1 + 2 * at;
            int target = states[slot + 1];
            if (target == 0) {
                return NONE;
            }
            if (states[slot] == c) {
                return target;
            }
        }
    }

    /** Spreads the letters of an alphabet, which follow each other, and those of others, which have the same low bits. */
    private static int hash(char c) {
        return c * 0x9e3779b1 >>> 16;
    }

    /** What the phrase that ends in this state stands for, {@code null} if none ends here. */
    @Nullable
    V value(int state) {
        int value = states[state] >>> VALUE;
        return value == 0 ? null : values.get(value - 1);
    }

    boolean isEnd(int state) {
        return states[state] >>> VALUE != 0;
    }

    /**
     * The longest phrase that starts here and ends where a word does; words of scripts without spaces may follow each other.
     *
     * @return see {@link #end} and {@link #value(long)}; below 0 if there is none
     */
    long longest(String line, int from) {
        long found = NONE;
        int state = START;
        for (int at = from; at < line.length(); at++) {
            state = next(state, line.charAt(at));
            if (state < 0) {
                return found;
            }
            if (isEnd(state) && Letters.isBreak(line, at + 1)) {
                found = (long) (at + 1) << 32 | state;
            }
        }
        return found;
    }

    /** Where a phrase that was found ends. */
    static int end(long found) {
        return (int) (found >> 32);
    }

    /** What a phrase that was found stands for. */
    V value(long found) {
        return values.get((states[(int) found] >>> VALUE) - 1);
    }

    /** Lays sorted phrases out, each before those that it begins. */
    private static final class Builder<V> {

        private final String[] phrases;
        private final int[] numbers;
        private final List<V> values = new ArrayList<>();
        private int[] states = new int[64];
        private int size;

        Builder(Map<String, V> meanings) {
            phrases = meanings.keySet().toArray(new String[0]);
            Arrays.sort(phrases);
            numbers = new int[phrases.length];
            Map<V, Integer> known = new HashMap<>();
            for (int i = 0; i < phrases.length; i++) {
                V value = meanings.get(phrases[i]);
                numbers[i] = known.computeIfAbsent(value, fresh -> {
                    values.add(fresh);
                    return values.size();
                });
            }
            if (values.size() > MOST_VALUES) {
                throw new IllegalArgumentException("more than " + MOST_VALUES + " meanings");
            }
        }

        /** Adds the state that these phrases, which agree so far, have after so many characters. */
        void state(int from, int to, int depth) {
            int at = room(1);
            int first = from;
            if (from < to && phrases[from].length() == depth) {
                states[at] = numbers[from] << VALUE;
                first++;
            }
            int branches = 0;
            for (int i = first; i < to; i = end(i, to, depth)) {
                branches++;
            }
            if (branches == 1) {
                states[at] |= phrases[first].charAt(depth);
                state(first, to, depth + 1);
                return;
            }
            int slots = Math.max(1, Integer.highestOneBit(branches) * SPARE);
            states[at] |= BRANCHES | slots;
            room(2 * slots);
            for (int i = first; i < to; ) {
                int end = end(i, to, depth);
                branch(at, slots - 1, phrases[i].charAt(depth));
                state(i, end, depth + 1);
                i = end;
            }
        }

        private void branch(int state, int mask, char c) {
            int at = hash(c) & mask;
            while (states[state + 2 + 2 * at] != 0) {
                at = at + 1 & mask;
            }
            states[state + 1 + 2 * at] = c;
            states[state + 2 + 2 * at] = size;
        }

        /** Where those phrases end that have the same character there. */
        private int end(int from, int to, int depth) {
            int at = from + 1;
            while (at < to && phrases[at].charAt(depth) == phrases[from].charAt(depth)) {
                at++;
            }
            return at;
        }

        private int room(int more) {
            int at = size;
            size += more;
            if (size > states.length) {
                states = Arrays.copyOf(states, Math.max(size, 2 * states.length));
            }
            return at;
        }
    }
}

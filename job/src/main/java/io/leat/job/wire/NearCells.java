package io.leat.job.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is known of keys that were met not long ago without a walk through Flink's state: by 128 bits of the key, at
 * two looks into memory instead of seven.
 *
 * <p>What is found is the very object that the state holds, so that moving it moves the state. That holds for state on the
 * heap only, and until the next snapshot begins: from then on the state hands out copies of what the snapshot holds, and
 * {@link #forget} has to be called. The table grows to 20 MB; where the four places of a key are taken, it takes one of
 * them. For one thread.
 */
public final class NearCells {

    private static final int LEAST = 1 << 10;
    private static final int MOST = 1 << 20;
    private static final int PLACES = 4;

    private final KeyBits bits = new KeyBits();
    private long[] keys = new long[2 * LEAST];
    private @Nullable KnownCell[] cells = new KnownCell[LEAST];
    private int added;

    /** What is known of a key, {@code null} if it is not near. */
    public @Nullable KnownCell find(String key) {
        bits.of(key);
        int first = first();
        for (int place = first; place < first + PLACES; place++) {
            if (isAt(place)) {
                return cells[place];
            }
        }
        return null;
    }

    /** Keeps what {@link #find} was just asked for and did not find. */
    public void keep(KnownCell cell) {
        if (++added > cells.length / 2 && cells.length < MOST) {
            int larger = 2 * cells.length;
            keys = new long[2 * larger];
            cells = new KnownCell[larger];
            added = 1;
        }
        int first = first();
        int place = first;
        while (place < first + PLACES && cells[place] != null && !isAt(place)) {
            place++;
        }
        int taken = place < first + PLACES ? place : first + ((int) (bits.high() >>> 32) & PLACES - 1);
        keys[2 * taken] = bits.high();
        keys[2 * taken + 1] = bits.low();
        cells[taken] = cell;
    }

    /** Nothing is near. */
    public void forget() {
        Arrays.fill(cells, null);
        Arrays.fill(keys, 0);
        added = 0;
    }

    private int first() {
        return (int) bits.low() & cells.length - PLACES;
    }

    private boolean isAt(int place) {
        return keys[2 * place + 1] == bits.low() && keys[2 * place] == bits.high();
    }
}

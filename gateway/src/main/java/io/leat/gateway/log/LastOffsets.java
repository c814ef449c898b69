package io.leat.gateway.log;

import java.util.function.Predicate;

/** Where each of many keys was seen last: flat arrays, 24 bytes a place, at most two thirds of them taken. For one thread. */
final class LastOffsets {

    private static final int FEW = 1 << 10;
    private static final int FREE = -1;

    private long[] high = new long[FEW];
    private long[] low = new long[FEW];
    private int[] partitions = filled(FEW);
    private int[] places = new int[FEW];
    private int size;

    /** Takes what is forgotten. */
    interface Forgotten {
        void was(int partition, int place);
    }

    private static int[] filled(int count) {
        int[] fresh = new int[count];
        java.util.Arrays.fill(fresh, FREE);
        return fresh;
    }

    int size() {
        return size;
    }

    /** Remembers a place, and tells where the key was seen before; -1 if nowhere. */
    long put(KeyPrint key, int partition, int place) {
        if (3L * size >= 2L * high.length) {
            rebuild(2 * high.length, all -> true, (gone, from) -> {});
        }
        int at = find(key.high(), key.low());
        boolean known = partitions[at] != FREE;
        long before = known ? places[at] : -1;
        set(at, key.high(), key.low(), partition, place);
        size += known ? 0 : 1;
        return before;
    }

    private int find(long keyHigh, long keyLow) {
        int mask = high.length - 1;
        int at = (int) keyHigh & mask;
        while (partitions[at] != FREE && (high[at] != keyHigh || low[at] != keyLow)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void set(int at, long keyHigh, long keyLow, int partition, int place) {
        high[at] = keyHigh;
        low[at] = keyLow;
        partitions[at] = partition;
        places[at] = place;
    }

    /** Forgets all other keys. */
    void keepOnly(Predicate<KeyPrint> kept, Forgotten forgotten) {
        rebuild(high.length, kept, forgotten);
    }

    private void rebuild(int count, Predicate<KeyPrint> kept, Forgotten forgotten) {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldPartitions = partitions;
        int[] oldPlaces = places;
        high = new long[count];
        low = new long[count];
        partitions = filled(count);
        places = new int[count];
        size = 0;
        for (int i = 0; i < oldHigh.length; i++) {
            if (oldPartitions[i] == FREE) {
                continue;
            }
            if (kept.test(new KeyPrint(oldHigh[i], oldLow[i]))) {
                set(find(oldHigh[i], oldLow[i]), oldHigh[i], oldLow[i], oldPartitions[i], oldPlaces[i]);
                size++;
            } else {
                forgotten.was(oldPartitions[i], oldPlaces[i]);
            }
        }
    }

    void clear() {
        partitions = filled(high.length);
        size = 0;
    }
}

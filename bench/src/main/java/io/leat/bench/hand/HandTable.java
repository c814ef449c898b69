package io.leat.bench.hand;

/** What the loop remembers of its keys, in arrays: open addressing, never emptied. For one thread. */
final class HandTable {

    private long[] keys = new long[1 << 20];
    private long[] cents = new long[1 << 20];
    private long[] micros = new long[1 << 20];
    private int[] rest = new int[1 << 20];
    private int[] seq = new int[1 << 20];
    private int size;

    /** Where a key stands; its number of changes is 0 if it is new. */
    int at(long hash) {
        long key = hash == 0 ? 1 : hash;
        if (2 * size > keys.length) {
            grow();
        }
        int mask = keys.length - 1;
        int slot = (int) (key ^ key >>> 32) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        if (keys[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        return slot;
    }

    /** Whether a record is newer than what is remembered. */
    boolean isNewer(int slot, long atMicros) {
        return seq[slot] == 0 || atMicros > micros[slot];
    }

    /** Remembers a record; says whether it is a change. */
    boolean changes(int slot, long nowCents, int nowRest, long atMicros) {
        micros[slot] = atMicros;
        if (seq[slot] != 0 && cents[slot] == nowCents && rest[slot] == nowRest) {
            return false;
        }
        cents[slot] = nowCents;
        rest[slot] = nowRest;
        seq[slot]++;
        return true;
    }

    /** How many changes a key has had. */
    int seq(int slot) {
        return seq[slot];
    }

    private void grow() {
        HandTable larger = new HandTable();
        int length = keys.length * 2;
        larger.keys = new long[length];
        larger.cents = new long[length];
        larger.micros = new long[length];
        larger.rest = new int[length];
        larger.seq = new int[length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                int slot = larger.at(keys[i]);
                larger.cents[slot] = cents[i];
                larger.micros[slot] = micros[i];
                larger.rest[slot] = rest[i];
                larger.seq[slot] = seq[i];
            }
        }
        keys = larger.keys;
        cents = larger.cents;
        micros = larger.micros;
        rest = larger.rest;
        seq = larger.seq;
    }
}

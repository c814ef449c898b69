package io.leat.testkit;

import java.util.Arrays;

/**
 * A set of fingerprints that numbers its members 0, 1, 2 … in the order they came, so that what is known of a member can
 * be kept in plain arrays. About 30 bytes a member.
 */
final class FingerprintTable {

    private static final int MAX_SIZE = 1 << 29;

    private long[] hi = new long[1024];
    private long[] lo = new long[1024];
    /** Open addressing: number + 1, 0 is free. At most half full. */
    private int[] slots = new int[2048];

    private int size;

    int size() {
        return size;
    }

    /** The number of a member, -1 if it is none. */
    int find(Fingerprint member) {
        return slots[slot(member.hi(), member.lo())] - 1;
    }

    /** The number of a member, added if it was none; new exactly when {@link #size} grows. */
    int add(Fingerprint member) {
        int slot = slot(member.hi(), member.lo());
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (size == MAX_SIZE) {
            throw new IllegalStateException("more than " + MAX_SIZE + " fingerprints");
        }
        if (size == hi.length) {
            hi = Arrays.copyOf(hi, size * 2);
            lo = Arrays.copyOf(lo, size * 2);
        }
        hi[size] = member.hi();
        lo[size] = member.lo();
        slots[slot] = ++size;
        if (size * 2 > slots.length) {
            grow();
        }
        return size - 1;
    }

    Fingerprint get(int number) {
        return new Fingerprint(hi[number], lo[number]);
    }

    private int slot(long memberHi, long memberLo) {
        int mask = slots.length - 1;
        int slot = (int) ((memberHi ^ Long.rotateLeft(memberLo, 32)) * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hi[number] == memberHi && lo[number] == memberLo) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int number = 0; number < size; number++) {
            slots[slot(hi[number], lo[number])] = number + 1;
        }
    }
}

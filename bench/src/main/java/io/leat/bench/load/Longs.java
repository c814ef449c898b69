package io.leat.bench.load;

import java.util.Arrays;

/** A growing list of numbers; {@link #NONE} where nothing was put. Not thread-safe. */
final class Longs {

    static final long NONE = Long.MIN_VALUE;

    private long[] values = filled(1 << 16);

    void put(long index, long value) {
        int at = Math.toIntExact(index);
        if (at >= values.length) {
            long[] longer = filled(Math.max(at + 1, 2 * values.length));
            System.arraycopy(values, 0, longer, 0, values.length);
            values = longer;
        }
        values[at] = value;
    }

    long at(long index) {
        return index < values.length ? values[(int) index] : NONE;
    }

    private static long[] filled(int length) {
        long[] values = new long[length];
        Arrays.fill(values, NONE);
        return values;
    }
}

package io.leat.gateway.log;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader stands in a change log: the next offset of every partition, and, while it is still being given a
 * snapshot, where that ends. Immutable.
 *
 * <p>As text, {@code 120,98} or {@code 12,40~120,98}. A partition that the text does not name is one that has been added
 * since: it is read from its beginning.
 */
public final class Place {

    private static final Pattern SHAPE =
            Pattern.compile("\\d{1,18}(?:,\\d{1,18}){0,255}(?:~\\d{1,18}(?:,\\d{1,18}){0,255})?");

    private final long[] next;
    private final long @Nullable [] snapshotEnd;

    private Place(long[] next, long @Nullable [] snapshotEnd) {
        this.next = next;
        this.snapshotEnd = snapshotEnd;
    }

    /** A place in the log itself. */
    public static Place at(long[] next) {
        return new Place(next.clone(), null);
    }

    /** A place in a snapshot that ends before these offsets. */
    public static Place inSnapshot(long[] next, long[] end) {
        return new Place(next.clone(), end.clone());
    }

    /**
     * Reads a place; a stranger may have made it up.
     *
     * @return {@code null} if it is none of a log with so many partitions
     */
    public static @Nullable Place parse(String text, int partitions) {
        if (!SHAPE.matcher(text).matches()) {
            return null;
        }
        int wave = text.indexOf('~');
        long[] next = offsets(wave < 0 ? text : text.substring(0, wave), partitions);
        if (next == null || wave < 0) {
            return next == null ? null : new Place(next, null);
        }
        long[] end = offsets(text.substring(wave + 1), partitions);
        return end == null ? null : new Place(next, end);
    }

    private static long @Nullable [] offsets(String text, int partitions) {
        String[] parts = text.split(",");
        if (parts.length > partitions) {
            return null;
        }
        long[] offsets = new long[partitions];
        for (int p = 0; p < parts.length; p++) {
            offsets[p] = Long.parseLong(parts[p]);
        }
        return offsets;
    }

    /** The next offset of a partition. */
    public long next(int partition) {
        return next[partition];
    }

    /** The next offset of every partition; a copy. */
    public long[] next() {
        return next.clone();
    }

    /** Where the snapshot ends, {@code null} outside of one; a copy. */
    public long @Nullable [] snapshotEnd() {
        return snapshotEnd == null ? null : snapshotEnd.clone();
    }

    /** The same place after a record. */
    public Place after(int partition, long offset) {
        long[] moved = next.clone();
        moved[partition] = Math.max(moved[partition], offset + 1);
        return new Place(moved, snapshotEnd);
    }

    /** Whether this place is at or behind another in no partition before it. */
    public boolean reaches(long[] other) {
        for (int p = 0; p < next.length; p++) {
            if (next[p] < other[p]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        write(next, text);
        if (snapshotEnd != null) {
            text.append('~');
            write(snapshotEnd, text);
        }
        return text.toString();
    }

    private static void write(long[] offsets, StringBuilder text) {
        for (int p = 0; p < offsets.length; p++) {
            text.append(p == 0 ? "" : ",").append(offsets[p]);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place place
                && Arrays.equals(next, place.next)
                && Arrays.equals(snapshotEnd, place.snapshotEnd);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(next) + Arrays.hashCode(snapshotEnd);
    }
}

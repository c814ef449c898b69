package io.leat.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription begins, fixed when it is made and again with each replay.
 *
 * @param epoch counts replays; a cursor of an older epoch no longer holds
 * @param offsets the first offset of each partition of the change log; a partition that is not named is read from its
 *     beginning. {@code null} if it was never fixed: {@code from} then decides when the first gateway comes by
 */
public record Start(long epoch, @Nullable List<Long> offsets) {

    /** Not fixed. */
    public static final Start NOT_FIXED = new Start(0, null);

    /** With the oldest change the log keeps. */
    public static final Start EARLIEST = new Start(0, List.of());

    public Start {
        offsets = offsets == null ? null : List.copyOf(offsets);
    }

    /** Whether it is known. */
    boolean isFixed() {
        return offsets != null;
    }

    /** How many partitions are named. */
    int partitions() {
        return offsets == null ? 0 : offsets.size();
    }

    /** The first offset of a partition; 0 stands for its beginning. */
    long offset(int partition) {
        return offsets == null || partition >= offsets.size() ? 0 : offsets.get(partition);
    }
}

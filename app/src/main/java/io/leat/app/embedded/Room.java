package io.leat.app.embedded;

import io.leat.core.Feed;

/**
 * How much memory and disk there is, and how much of it is taken.
 *
 * @param heap bytes of the heap that were in use after the last collection; 0 before the first
 * @param heapUsed bytes of the heap that are in use now, garbage with them
 * @param heapLimit bytes the heap may grow to
 * @param disk bytes the data directory takes
 * @param diskFree bytes that are left where it is
 * @param state bytes of the job's state, as the last checkpoint holds it; 0 before the first
 * @param stateLimit bytes it may grow to
 */
public record Room(long heap, long heapUsed, long heapLimit, long disk, long diskFree, long state, long stateLimit) {

    /** Nothing is known yet. */
    public static final Room UNKNOWN = new Room(0, 0, 0, 0, 0, 0, Feed.State.NO_LIMIT);

    /** From this share of the heap, or of the state's limit, on the alarm is raised: collections still have room to work. */
    static final double ALARM_SHARE = 0.75;

    /** Below this many free bytes the alarm is raised: some minutes of a busy feed. */
    static final long DISK_ALARM = 2L << 30;

    /** The share of the heap in use, 0 to 1. */
    public double heapShare() {
        return heapLimit == 0 ? 0 : (double) heap / heapLimit;
    }

    /** Whether memory is getting short. */
    public boolean isShortOfMemory() {
        return heapShare() >= ALARM_SHARE;
    }

    /** Whether the state comes near its limit. */
    public boolean isStateLarge() {
        return state >= ALARM_SHARE * stateLimit;
    }

    /** Whether the feed limits its state. */
    public boolean isStateLimited() {
        return stateLimit != Feed.State.NO_LIMIT;
    }

    /** Whether the disk is getting full. */
    public boolean isShortOfDisk() {
        return heapLimit > 0 && diskFree < DISK_ALARM;
    }
}

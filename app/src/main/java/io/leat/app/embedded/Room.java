package io.leat.app.embedded;

/**
 * How much memory and disk there is, and how much of it is taken.
 *
 * @param heap bytes of the heap that were in use after the last collection; 0 before the first
 * @param heapLimit bytes the heap may grow to
 * @param disk bytes the data directory takes
 * @param diskFree bytes that are left where it is
 */
public record Room(long heap, long heapLimit, long disk, long diskFree) {

    /** Nothing is known yet. */
    public static final Room UNKNOWN = new Room(0, 0, 0, 0);

    /** From this share of the heap on the alarm is raised: collections still have room to work. */
    static final double HEAP_ALARM = 0.75;

    /** Below this many free bytes the alarm is raised: some minutes of a busy feed. */
    static final long DISK_ALARM = 2L << 30;

    /** The share of the heap in use, 0 to 1. */
    public double heapShare() {
        return heapLimit == 0 ? 0 : (double) heap / heapLimit;
    }

    /** Whether memory is getting short. */
    public boolean isShortOfMemory() {
        return heapShare() >= HEAP_ALARM;
    }

    /** Whether the disk is getting full. */
    public boolean isShortOfDisk() {
        return heapLimit > 0 && diskFree < DISK_ALARM;
    }
}

package io.leat.core.silence;

import io.leat.core.drift.Parts;

/**
 * The gaps between the records of a site: of each octave of length the longest, and when one was last seen. The seconds of
 * a crawl cannot push out its nights, as they do where the last so many gaps are kept. Times in milliseconds; for one thread.
 */
final class GapMemory {

    private static final long LEAST_KEPT = 28L * 24 * 3_600_000;
    private static final int KEPT_TIMES = 20;
    private static final int OCTAVES = Long.SIZE;

    private final long[] longest = new long[OCTAVES];
    private final long[] seenAt = new long[OCTAVES];

    void add(long gap, long at) {
        if (gap <= 0) {
            return;
        }
        int octave = OCTAVES - 1 - Long.numberOfLeadingZeros(gap);
        longest[octave] = isKept(octave, at) ? Math.max(longest[octave], gap) : gap;
        seenAt[octave] = Math.max(seenAt[octave], at);
    }

    /** The longest gap that is still remembered; 0 if there is none. */
    long longest(long now) {
        for (int octave = OCTAVES - 1; octave >= 0; octave--) {
            if (isKept(octave, now)) {
                return longest[octave];
            }
        }
        return 0;
    }

    private boolean isKept(int octave, long now) {
        long length = longest[octave];
        return length > 0 && (now - seenAt[octave]) / KEPT_TIMES <= Math.max(LEAST_KEPT / KEPT_TIMES, length);
    }

    void pass(Parts parts) {
        for (int octave = 0; octave < OCTAVES; octave++) {
            longest[octave] = parts.whole(longest[octave]);
            seenAt[octave] = parts.whole(seenAt[octave]);
        }
    }
}

package io.leat.core;

import org.jspecify.annotations.Nullable;

/**
 * What was seen of a key before a change.
 *
 * <p>The moments and the count are the same after every replay as long as all scrapes of a key lie in one raw partition.
 * Where they do not, or where raw scrapes were deleted before they were read again, the count may differ; nothing else
 * of a change depends on it.
 *
 * @param unchanged how many newer scrapes told nothing since the last change of the key
 * @param firstSeen event time of the first scrape of the key, microseconds since 1970; {@link #UNKNOWN} if not known
 * @param lastSeen event time of the newest scrape of the key before this one; {@link #UNKNOWN} if there was none
 * @param average the moving averages of what was told before, see {@link Averages#means}; {@code null} if the feed asks for
 *     none
 */
public record Evidence(long unchanged, long firstSeen, long lastSeen, @Nullable Compared average) {

    /** Stands for a moment that is not known. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** Evidence without averages. */
    public Evidence(long unchanged, long firstSeen, long lastSeen) {
        this(unchanged, firstSeen, lastSeen, null);
    }

    /** What is known where nothing is. */
    public static final Evidence NONE = new Evidence(0, UNKNOWN, UNKNOWN);
}

package io.leat.delivery.lane;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has failed so far: outlives the gateway, so that schedules and patience go on where they were.
 *
 * @param failingSince since when every attempt has failed, milliseconds since 1970; {@link #NOT_FAILING} if not so
 * @param byOffset the changes that wait for another attempt
 */
public record Trials(long failingSince, SortedMap<Long, Trial> byOffset) {

    /** The last attempt went well, or there was none. */
    public static final long NOT_FAILING = -1;

    /** Nothing has failed. */
    public static final Trials NONE = new Trials(NOT_FAILING, new TreeMap<>());

    public Trials {
        byOffset = Collections.unmodifiableSortedMap(new TreeMap<>(byOffset));
    }

    /**
     * A change that failed.
     *
     * @param attempts how often, at least once
     * @param sinceMillis when it came, milliseconds since 1970: from then on patience counts
     */
    public record Trial(int attempts, long sinceMillis) {}
}

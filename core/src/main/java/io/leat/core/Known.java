package io.leat.core;

/**
 * What is remembered of a key: the fence, the compared values and the number of changes told.
 *
 * <p>The fence is the pair (event time, tie) of the newest item accepted. Whatever is not above it is stale or a repeat.
 *
 * @param eventTime microseconds since 1970
 * @param tie orders items of one moment
 * @param seq how many changes of this key have been told
 * @param compared the values last known
 */
public record Known(long eventTime, long tie, long seq, Compared compared) {

    /** Whether (event time, tie) lies above the fence. */
    public boolean isBelow(long otherEventTime, long otherTie) {
        return otherEventTime > eventTime || (otherEventTime == eventTime && otherTie > tie);
    }
}

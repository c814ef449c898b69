package io.leat.job.wire;

import io.leat.core.Known;

/**
 * Holds what is known of a key for as long as it is kept in memory. What every scrape moves, the fence and the count, is
 * moved in place.
 *
 * <p>Were it a new object for each scrape, then each collection of the young generation would find as many survivors as
 * scrapes came since the last, and stop everything while it copies them. Not thread-safe.
 */
public final class KnownCell {

    /** Right but for the three numbers below. */
    private Known base;

    private long eventTime;
    private long tie;
    private long unchanged;

    public KnownCell(Known known) {
        base = known;
        eventTime = known.eventTime();
        tie = known.tie();
        unchanged = known.unchanged();
    }

    KnownCell(KnownCell other) {
        base = other.base;
        eventTime = other.eventTime;
        tie = other.tie;
        unchanged = other.unchanged;
    }

    /** What is known now. */
    public Known known() {
        return base.seenAt(eventTime, tie, unchanged);
    }

    /** What is known from now on. */
    public void become(Known next) {
        if (!next.differsInCountAlone(base)) {
            base = next;
        }
        eventTime = next.eventTime();
        tie = next.tie();
        unchanged = next.unchanged();
    }
}

package io.leat.job.wire;

import io.leat.core.Changes;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Sighting;
import org.jspecify.annotations.Nullable;

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
    /** The sighting of a scrape that showed the values known; both 0 if there is none. */
    private long sightedHigh;

    private long sightedLow;
    /** {@link Known#isSettled}, here so that a repeat need not look further. */
    private boolean isSettled;

    public KnownCell(Known known) {
        base = known;
        eventTime = known.eventTime();
        tie = known.tie();
        unchanged = known.unchanged();
        isSettled = known.isSettled();
    }

    KnownCell(KnownCell other) {
        base = other.base;
        eventTime = other.eventTime;
        tie = other.tie;
        unchanged = other.unchanged;
        sightedHigh = other.sightedHigh;
        sightedLow = other.sightedLow;
        isSettled = other.isSettled;
    }

    /** What is known now. */
    public Known known() {
        return base.seenAt(eventTime, tie, unchanged);
    }

    /** What is known from now on. */
    public void become(Known next) {
        if (!next.differsInCountAlone(base)) {
            base = next;
            isSettled = next.isSettled();
            sightedHigh = 0;
            sightedLow = 0;
        }
        eventTime = next.eventTime();
        tie = next.tie();
        unchanged = next.unchanged();
    }

    /** Remembers how an item looked that showed the values known now. */
    public void sighted(@Nullable Sighting sighting) {
        sightedHigh = sighting == null ? 0 : sighting.high();
        sightedLow = sighting == null ? 0 : sighting.low();
    }

    /**
     * Takes in an item that shows what is known already, judged by its sighting alone.
     *
     * @return whether it is one; if not nothing has happened, and it has to be read and decided
     */
    public boolean takesRepeat(Item item, Changes changes) {
        Sighting sighting = item.sighting();
        if (sighting == null
                || (sightedHigh | sightedLow) == 0
                || sighting.high() != sightedHigh
                || sighting.low() != sightedLow
                || !changes.isPlainRepeat(isSettled, eventTime, tie, item)) {
            return false;
        }
        eventTime = item.eventTime();
        tie = item.tie();
        unchanged++;
        return true;
    }
}

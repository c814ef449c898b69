package io.leat.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which items are changes.
 *
 * <p>Each key is a last-writer-wins register ordered by (event time, tie). Repeats, replays and disorder of the input
 * therefore cannot change its final value, and the same items in the same order give the same changes on every machine.
 */
public final class Changes {

    private final String feed;
    private final boolean absentIsNull;

    public Changes(Feed feed) {
        this.feed = feed.name();
        this.absentIsNull = feed.comparison() instanceof Feed.Comparison.AllBut;
    }

    /**
     * Decides one item.
     *
     * @param known what is remembered of the item's key; {@code null} if it has not been seen
     */
    public Decision decide(@Nullable Known known, Item item) {
        if (known == null) {
            return told(null, 1, Op.NEW, List.of(), item);
        }
        if (!known.isBelow(item.eventTime(), item.tie())) {
            return new Decision.Stale();
        }
        List<String> changed = absentIsNull
                ? item.compared().changedAmongAll(known.compared())
                : item.compared().changedAmongShared(known.compared());
        if (changed.isEmpty()) {
            return new Decision.Unchanged(
                    new Known(item.eventTime(), item.tie(), known.seq(), kept(known.compared(), item.compared())));
        }
        return told(known, known.seq() + 1, Op.UPDATE, changed, item);
    }

    /** The older of two that are equal: what is remembered for long stays one object, however often it is seen. */
    private static Compared kept(Compared known, Compared seen) {
        return known.equals(seen) ? known : seen;
    }

    private Decision told(@Nullable Known known, long seq, Op op, List<String> changed, Item item) {
        Change change = new Change(
                ChangeId.of(feed, item.key(), item.eventTime(), item.tie(), op),
                item.key(),
                seq,
                op,
                changed,
                known == null ? null : known.compared(),
                item.body(),
                item.eventTime(),
                item.tie(),
                item.source(),
                item.contract(),
                item.scraped());
        return new Decision.Told(new Known(item.eventTime(), item.tie(), seq, item.compared()), change);
    }
}

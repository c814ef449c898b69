package io.leat.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes changes of items that are to be told. What is remembered afterwards follows from the change alone. */
final class Telling {

    private final String feed;

    Telling(String feed) {
        this.feed = feed;
    }

    /** The key begins with this item. */
    Decision.Told first(Item item) {
        return told(item, Op.NEW, 1, List.of(), null, new Evidence(0, item.eventTime(), Evidence.UNKNOWN));
    }

    /** The key goes on with this item. */
    Decision.Told update(Known known, List<String> changed, Item item) {
        Evidence evidence = new Evidence(known.unchanged(), known.firstSeen(), known.eventTime());
        return told(item, Op.UPDATE, known.seq() + 1, changed, known.compared(), evidence);
    }

    private Decision.Told told(
            Item item, Op op, long seq, List<String> changed, @Nullable Compared before, Evidence evidence) {
        Change change = new Change(
                ChangeId.of(feed, item.key(), item.eventTime(), item.tie(), op),
                item.key(),
                seq,
                op,
                changed,
                before,
                item.body(),
                item.eventTime(),
                item.tie(),
                item.source(),
                item.contract(),
                item.scraped(),
                evidence);
        return new Decision.Told(Known.told(change, item.compared()), change);
    }
}

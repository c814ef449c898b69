package io.leat.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes changes of items that are to be told. What is remembered afterwards follows from the change alone. */
final class Telling {

    /** Whatever was seen at the very moment comes before. */
    private static final long LAST_TIE = Long.MAX_VALUE;

    private final String feed;
    private final String rawTopicId;
    private final Averaging averaging;
    /** One object for all keys. */
    private final Footing footing;

    Telling(String feed, String rawTopicId, Averaging averaging, int sameness) {
        this.feed = feed;
        this.rawTopicId = rawTopicId;
        this.averaging = averaging;
        this.footing = new Footing(sameness, null);
    }

    /** What is remembered of values that were read by the present rules. */
    Known read(Known next) {
        return next.on(footing);
    }

    /**
     * The key begins with this item.
     *
     * @param forgotten what was known of it before it was forgotten, {@code null} if nothing
     */
    Decision.Told first(@Nullable Known forgotten, Item item) {
        Evidence evidence = new Evidence(0, item.eventTime(), Evidence.UNKNOWN, averaging.none());
        return told(forgotten, item, Op.NEW, 1, List.of(), null, evidence);
    }

    /** The key goes on with this item. */
    Decision.Told update(Known known, List<String> changed, Item item) {
        Evidence evidence = evidence(known, item.eventTime());
        return told(known, item, Op.UPDATE, known.seq() + 1, changed, known.compared(), evidence);
    }

    /** The key appears again with this item. */
    Decision.Told back(Known known, Item item) {
        return told(known, item, Op.BACK, known.seq() + 1, List.of(), null, evidence(known, item.eventTime()));
    }

    /**
     * The key stopped appearing.
     *
     * @param at the moment from which it counts as gone, later than it was last seen; microseconds since 1970
     */
    Decision.Told gone(Known known, String key, long at, Position source) {
        Change change = new Change(
                ChangeId.of(feed, key, at, LAST_TIE, Op.GONE, known.floor()),
                key,
                known.seq() + 1,
                Op.GONE,
                List.of(),
                known.compared(),
                Compared.NULL,
                at,
                LAST_TIE,
                source,
                "",
                "",
                evidence(known, at),
                known.floor(),
                known.footing().told());
        return told(known, change, known.compared());
    }

    /** A person resets the key at this place of the raw topic. */
    Decision.Told reset(Known known, Item ruling) {
        long place = ruling.source().offset(); // two resets of one moment are two changes
        Change change = new Change(
                ChangeId.of(feed, ruling.key(), ruling.eventTime(), place, Op.RESET, known.floor()),
                ruling.key(),
                known.seq() + 1,
                Op.RESET,
                List.of(),
                known.gone() ? null : known.compared(),
                Compared.NULL,
                ruling.eventTime(),
                place,
                ruling.source(),
                "",
                "",
                new Evidence(known.unchanged(), known.firstSeen(), known.eventTime(), averaging.none()),
                new Floor(rawTopicId, ruling.source().partition(), place),
                known.gone() ? null : known.footing().told());
        return told(known, change, known.compared());
    }

    private Evidence evidence(Known known, long at) {
        return new Evidence(known.unchanged(), known.firstSeen(), known.eventTime(), averaging.at(known, at));
    }

    private Decision.Told told(
            @Nullable Known known,
            Item item,
            Op op,
            long seq,
            List<String> changed,
            @Nullable Compared before,
            Evidence evidence) {
        Floor floor = known == null ? null : known.floor();
        Change change = new Change(
                ChangeId.of(feed, item.key(), item.eventTime(), item.tie(), op, floor),
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
                evidence,
                floor,
                known == null || before == null ? null : known.footing().told());
        return told(known, change, item.compared());
    }

    private Decision.Told told(@Nullable Known before, Change change, Compared values) {
        return new Decision.Told(read(Known.told(before, change, values)), change);
    }
}

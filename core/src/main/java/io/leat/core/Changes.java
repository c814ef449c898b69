package io.leat.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which items are changes.
 *
 * <p>Each key is a last-writer-wins register ordered by (event time, tie). Repeats, replays and disorder of the input
 * therefore cannot change its final value, and the same items in the same order give the same changes on every machine.
 * No clock is asked: whatever takes time is measured between the event times of a key's own items.
 */
public final class Changes {

    private final String rawTopicId;
    private final boolean isTieDeclared;
    private final Telling telling;
    private final Differences differences;
    private final @Nullable Judgement judgement;

    /** Decides items of whom nobody says in which raw topic they stand. */
    public Changes(Feed feed) {
        this(feed, "");
    }

    /**
     * Decides items of one raw topic.
     *
     * @param rawTopicId its id: a key that was reset in a former topic of the same name is not reset in this one
     */
    public Changes(Feed feed, String rawTopicId) {
        this(feed, rawTopicId, Sameness.UNMARKED);
    }

    /**
     * The same, and writes down by which rules the items were read.
     *
     * @param sameness their fingerprint: what is known of a key is to be of the same rules when an item is decided
     */
    public Changes(Feed feed, String rawTopicId, int sameness) {
        Averaging averaging = new Averaging(feed.rules());
        this.rawTopicId = rawTopicId;
        this.isTieDeclared = feed.time().tieBreak() != null;
        this.telling = new Telling(feed.name(), rawTopicId, averaging, sameness);
        this.differences = new Differences(feed);
        this.judgement =
                feed.rules().equals(Rules.NONE) ? null : new Judgement(feed.rules(), differences, telling, averaging);
    }

    /**
     * Decides one item.
     *
     * @param known what is remembered of the item's key; {@code null} if it has not been seen
     */
    public Decision decide(@Nullable Known known, Item item) {
        if (known != null && known.isReset(item.source(), rawTopicId)) {
            return new Decision.Stale();
        }
        if (item.ruling() == Ruling.RESET) {
            Known living = judgement == null ? known : judgement.living(known, item);
            return living == null || living.isBlank() || living.firstSeen() != item.tie()
                    ? new Decision.Stale()
                    : telling.reset(living, item);
        }
        if (item.ruling() != Ruling.NONE) {
            return judgement == null ? new Decision.Stale() : judgement.rule(known, item);
        }
        if (known != null && !known.isBelow(item.eventTime(), item.tie())) {
            return new Decision.Stale();
        }
        if (judgement != null) {
            return judgement.decide(known, item);
        }
        if (known == null) {
            return telling.first(null, item);
        }
        if (known.gone()) {
            return telling.back(known, item);
        }
        List<String> differing = differences.between(known.compared(), item.compared());
        return differing.isEmpty()
                ? new Decision.Unchanged(known.seen(item, kept(known.compared(), item.compared()), List.of()))
                : telling.update(known, differing, item);
    }

    /**
     * Whether a scrape that shows the very values last told moves nothing but the fence and the count: {@link #decide}
     * would call it unchanged, and nothing would be said of held items.
     *
     * @param isSettled whether the values known were told, and nothing else is to be minded: {@link Known#isSettled}
     * @param fence the event time of the key's fence, microseconds since 1970
     * @param fenceTie its tie
     */
    public boolean isPlainRepeat(boolean isSettled, long fence, long fenceTie, Item item) {
        boolean isAbove = item.eventTime() > fence || (item.eventTime() == fence && item.tie() > fenceTie);
        return isAbove
                && item.ruling() == Ruling.NONE
                && isSettled
                && (judgement == null || judgement.remembers(fence, item));
    }

    /**
     * Decides a key that stopped appearing.
     *
     * @param known what is remembered of it
     * @param at the moment from which it counts as gone, microseconds since 1970
     * @param source what gave the occasion
     * @return {@code null} if it is not there anyway, or was seen at that moment or later
     */
    public Decision.@Nullable Told gone(Known known, String key, long at, Position source) {
        return known.isPresent() && known.eventTime() < at ? telling.gone(known, key, at, source) : null;
    }

    /**
     * What is said of held items beside a decision; empty for almost every item.
     *
     * @param known what was remembered before the decision
     */
    public List<HeldNote> notes(@Nullable Known known, Item item, Decision decision) {
        return judgement == null ? List.of() : judgement.notes(known, item, decision);
    }

    /**
     * Whether a stale item shows other values than the newest of its key and is of the same moment: which of them came last
     * nobody said.
     */
    public boolean isTied(@Nullable Known known, Item item) {
        return !isTieDeclared
                && known != null
                && known.isPresent()
                && known.eventTime() == item.eventTime()
                && known.tie() != item.tie()
                && !differences.between(known.compared(), item.compared()).isEmpty();
    }

    /**
     * Ends what is held of a key, because the key is gone or the feed holds nothing any more: nobody will confirm it.
     *
     * @param source what gave the occasion
     * @return {@code null} if nothing is held
     */
    public static @Nullable Ended end(Known known, String key, Position source) {
        return known.held() == null
                ? null
                : new Ended(known.doubtingNothing(), HeldNote.expired(key, known.eventTime(), known.tie(), source));
    }

    /** What remains of a key, and what is said of the item that was held. */
    public record Ended(Known next, HeldNote note) {}

    /** The older of two that are equal: what is remembered for long stays one object, however often it is seen. */
    private static Compared kept(Compared known, Compared seen) {
        return known.equals(seen) ? known : seen;
    }
}

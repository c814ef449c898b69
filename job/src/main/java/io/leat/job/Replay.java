package io.leat.job;

import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Decision;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Op;
import io.leat.core.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts scrapes that are read again after a crash as what they were before it.
 *
 * <p>The log has told more of some keys than the checkpoint knows, and what is known of them was brought up to that. To
 * their scrapes that are read again they look stale. So what the checkpoint knew of these keys is kept here beside the
 * state until it has caught up, and decides once more, for the counters alone. Used by the task's thread.
 */
final class Replay {

    /** Beyond this many the counters, and nothing else, take some scrapes for stale. */
    private static final int MOST = 1_000_000;

    private final Map<String, Past> keys = new HashMap<>();
    private final Set<Long> told = new HashSet<>();

    /** Decides a scrape. */
    interface Judge {
        Decision decide(@Nullable Known known, Item item);
    }

    private static final class Past {
        private final Deque<Change> departures = new ArrayDeque<>();
        private @Nullable Known known;

        Past(@Nullable Known known) {
            this.known = known;
        }
    }

    /**
     * A key is brought up to a change in the log.
     *
     * @param before what was known of it, {@code null} if nothing
     */
    void ahead(@Nullable Known before, Change change) {
        if (keys.size() < MOST) {
            keys.computeIfAbsent(change.key(), key -> new Past(before));
        }
        Past past = keys.get(change.key());
        if (change.op() == Op.GONE) {
            if (past != null) {
                past.departures.add(change);
            }
        } else if (told.size() < MOST) {
            told.add(place(change.source()));
        }
    }

    /** Whether no scrape is counted otherwise than as what it is. */
    boolean isOver() {
        return keys.isEmpty();
    }

    /** Whether a stale scrape told something before the crash; asked once of each. */
    boolean told(Position source) {
        return !told.isEmpty() && told.remove(place(source));
    }

    /**
     * What became of an item before the crash, if it told nothing then.
     *
     * @param known what is known of its key now
     * @param now what becomes of it now
     */
    Decision again(@Nullable Known known, Item item, Decision now, Judge judge) {
        Past past = keys.isEmpty() ? null : keys.get(item.key());
        if (past == null) {
            return now;
        }
        if (!(now instanceof Decision.Stale)) {
            keys.remove(item.key());
            return now;
        }
        depart(past, item);
        Decision then = judge.decide(past.known, item);
        past.known = then.next() == null ? past.known : then.next();
        if (known != null && past.known != null && isCaughtUp(past.known, known)) {
            keys.remove(item.key());
        }
        return then instanceof Decision.Told ? now : then;
    }

    /** A key that was told as gone before this item came is gone for it. */
    private static void depart(Past past, Item item) {
        for (Change gone = past.departures.peek(); gone != null; gone = past.departures.peek()) {
            Known known = past.known;
            boolean isNext = known != null && gone.seq() == known.seq() + 1;
            boolean isBefore = gone.eventTime() < item.eventTime()
                    || (gone.source().partition() == item.source().partition()
                            && gone.source().offset() <= item.source().offset());
            if (!isNext || !isBefore) {
                return;
            }
            past.known = Known.told(known, gone, Compared.NOTHING);
            past.departures.remove();
        }
    }

    private static boolean isCaughtUp(Known past, Known known) {
        return past.seq() == known.seq() && past.eventTime() == known.eventTime() && past.tie() == known.tie();
    }

    private static long place(Position position) {
        return (long) position.partition() << 48 | position.offset();
    }
}

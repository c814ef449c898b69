package io.leat.job;

import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Decision;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.job.wire.PastSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Counts scrapes that are read again after a crash as what they were before it.
 *
 * <p>The log has told more of some keys than the checkpoint knows, and what is known of them was brought up to that. To
 * their scrapes that are read again they look stale. So what the checkpoint knew of these keys is kept beside the state
 * until it has caught up, and decides once more, for the counters alone. It is part of later checkpoints: the next crash
 * may come before all is read again. Used by the task's thread, with the key at hand set.
 */
final class Replay {

    private final ValueState<Past> pasts;
    private final long mostBytes;
    private long count;
    private long bytes;

    private Replay(ValueState<Past> pasts, long mostBytes) {
        this.pasts = pasts;
        this.mostBytes = mostBytes;
    }

    /** Decides a scrape. */
    interface Judge {
        Decision decide(@Nullable Known known, Item item);
    }

    /**
     * Goes on where the checkpoint was.
     *
     * @param mostBytes about how much may be kept: beyond it the counters, and nothing else, take some scrapes for stale
     */
    static Replay restore(KeyedStateBackend<String> keys, long mostBytes) throws Exception {
        ValueStateDescriptor<Past> descriptor = new ValueStateDescriptor<>("replay", new PastSerializer());
        Replay replay = new Replay(
                keys.getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor),
                mostBytes);
        keys.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                descriptor,
                (String key, ValueState<Past> each) -> replay.took(each.value(), 1));
        return replay;
    }

    private void took(@Nullable Past past, int sign) {
        if (past != null) {
            count += sign;
            bytes += sign * past.weight();
        }
    }

    private void put(@Nullable Past before, Past after) throws java.io.IOException {
        if (!after.equals(before)) {
            took(before, -1);
            if (after.isOver()) {
                pasts.clear();
            } else {
                pasts.update(after);
                took(after, 1);
            }
        }
    }

    /**
     * A key is brought up to a change in the log.
     *
     * @param known what was known of it, {@code null} if nothing
     */
    void ahead(@Nullable Known known, Change change) throws java.io.IOException {
        Past before = pasts.value();
        if (bytes >= mostBytes) {
            return;
        }
        Past past = before != null && before.isBehind()
                ? before
                : new Past(known, true, List.of(), before == null ? List.of() : before.told());
        put(before, change.op() == Op.GONE ? past.departing(change) : past.telling(change.source()));
    }

    /** Whether every scrape of the present key counts as what becomes of it now. */
    boolean isOver() throws java.io.IOException {
        return count == 0 || pasts.value() == null;
    }

    /**
     * What a scrape counts as.
     *
     * @param known what is known of its key now
     * @param now what becomes of it now
     * @return what became of it before the crash, if it was read then
     */
    Counted count(@Nullable Known known, Item item, Decision now, Judge judge) throws java.io.IOException {
        Past before = count == 0 ? null : pasts.value();
        if (before == null) {
            return new Counted(now, false);
        }
        boolean wasTold = now instanceof Decision.Stale && before.told().contains(Past.place(item.source()));
        Past past = before.readTo(item.source());
        Decision then = now;
        if (past.isBehind() && now instanceof Decision.Stale) {
            past = departed(past, item);
            then = judge.decide(past.known(), item);
            past = then.next() == null ? past : past.knowing(then.next(), past.departures());
        }
        put(before, isCaughtUp(past, known, now) ? past.caughtUp() : past);
        return new Counted(then instanceof Decision.Told ? now : then, wasTold);
    }

    /**
     * What a scrape counts as.
     *
     * @param decision what became of it
     * @param wasTold whether it told a change before the crash, whatever becomes of it now
     */
    record Counted(Decision decision, boolean wasTold) {}

    private static boolean isCaughtUp(Past past, @Nullable Known known, Decision now) {
        Known then = past.known();
        return !(now instanceof Decision.Stale)
                || (known != null
                        && then != null
                        && then.seq() == known.seq()
                        && then.eventTime() == known.eventTime()
                        && then.tie() == known.tie());
    }

    /**
     * What was known of the key at hand when the scrapes that are read now were read for the first time.
     *
     * @param known what is known of it now
     */
    @Nullable
    Known then(Known known) throws java.io.IOException {
        Past past = count == 0 ? null : pasts.value();
        return past == null || !past.isBehind() ? known : past.known();
    }

    /** A key that was told as gone before this item came is gone for it. */
    private static Past departed(Past past, Item item) {
        Known known = past.known();
        List<Change> left = new ArrayList<>(past.departures());
        while (!left.isEmpty() && known != null && isBefore(left.get(0), known, item)) {
            known = Known.told(known, left.remove(0), Compared.NOTHING);
        }
        return past.knowing(known, left);
    }

    private static boolean isBefore(Change gone, Known known, Item item) {
        Position occasion = gone.source();
        return gone.seq() == known.seq() + 1
                && (gone.eventTime() < item.eventTime()
                        || (occasion.partition() == item.source().partition()
                                && occasion.offset() <= item.source().offset()));
    }
}

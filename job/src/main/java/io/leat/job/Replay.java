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
import java.util.Objects;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
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

    private static final int OFFSET_BITS = 48;
    /** What a place takes, roughly. */
    private static final int PLACE_BYTES = 100;

    private final ValueState<Past> pasts;
    /** Where the scrapes stand that told a change since the checkpoint and were not read again yet. */
    private final MapState<Long, Boolean> told;

    private final long mostBytes;
    private long count;
    private long bytes;

    private Replay(ValueState<Past> pasts, MapState<Long, Boolean> told, long mostBytes) {
        this.pasts = pasts;
        this.told = told;
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
        ValueStateDescriptor<Past> pasts = new ValueStateDescriptor<>("replay", new PastSerializer());
        MapStateDescriptor<Long, Boolean> told =
                new MapStateDescriptor<>("replay-told", LongSerializer.INSTANCE, BooleanSerializer.INSTANCE);
        Replay replay = new Replay(of(keys, pasts), of(keys, told), mostBytes);
        keys.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                pasts,
                (String key, ValueState<Past> each) -> replay.took(each.value(), 1));
        keys.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                told,
                (String key, MapState<Long, Boolean> each) -> {
                    for (long unused : each.keys()) {
                        replay.took(PLACE_BYTES, 1);
                    }
                });
        return replay;
    }

    private static <S extends State> S of(KeyedStateBackend<String> keys, StateDescriptor<S, ?> descriptor)
            throws Exception {
        return keys.getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
    }

    private void took(long weight, int sign) {
        count += sign;
        bytes += sign * weight;
    }

    private void took(@Nullable Past past, int sign) {
        if (past != null) {
            took(past.weight(), sign);
        }
    }

    private void put(@Nullable Past before, @Nullable Past after) throws Exception {
        took(before, -1);
        took(after, 1);
        if (after == null) {
            pasts.clear();
        } else {
            pasts.update(after);
        }
    }

    /**
     * A key is brought up to a change in the log.
     *
     * @param known what was known of it, {@code null} if nothing
     */
    void ahead(@Nullable Known known, Change change) throws Exception {
        if (bytes >= mostBytes) {
            return;
        }
        Past before = pasts.value();
        Past past = before == null ? new Past(known, List.of()) : before;
        if (change.op() == Op.GONE) {
            put(before, past.departing(change));
            return;
        }
        if (before == null) {
            put(null, past);
        }
        if (!told.contains(place(change.source()))) {
            told.put(place(change.source()), true);
            took(PLACE_BYTES, 1);
        }
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
     */
    Counted count(@Nullable Known known, Item item, Decision now, Judge judge) throws Exception {
        if (count == 0) {
            return new Counted(now, false);
        }
        boolean wasTold = isAgain(item.source()) && now instanceof Decision.Stale;
        Past before = pasts.value();
        if (before == null) {
            return new Counted(now, wasTold);
        }
        if (!(now instanceof Decision.Stale)) {
            put(before, null);
            forget(item.source());
            return new Counted(now, false);
        }
        Past past = departed(before, item);
        Decision then = judge.decide(past.known(), item);
        past = then.next() == null ? past : new Past(then.next(), past.departures());
        put(before, isCaughtUp(past.known(), known) ? null : past);
        return new Counted(then instanceof Decision.Told ? now : then, wasTold);
    }

    /** Whether a scrape is read again that told a change; asked once of each. */
    private boolean isAgain(Position source) throws Exception {
        boolean isTold = told.contains(place(source));
        if (isTold) {
            told.remove(place(source));
            took(PLACE_BYTES, -1);
        }
        return isTold;
    }

    /** A partition has been read beyond a place: what told before it will not be read again. */
    private void forget(Position source) throws Exception {
        List<Long> over = new ArrayList<>();
        for (long place : told.keys()) {
            if (place >> OFFSET_BITS == source.partition() && place < place(source)) {
                over.add(place);
            }
        }
        for (long place : over) {
            told.remove(place);
            took(PLACE_BYTES, -1);
        }
    }

    private static long place(Position position) {
        return (long) position.partition() << OFFSET_BITS | position.offset();
    }

    /**
     * What a scrape counts as.
     *
     * @param decision what became of it
     * @param wasTold whether it told a change before the crash, whatever becomes of it now
     */
    record Counted(Decision decision, boolean wasTold) {}

    private static boolean isCaughtUp(@Nullable Known then, @Nullable Known known) {
        return known != null
                && then != null
                && then.seq() == known.seq()
                && then.eventTime() == known.eventTime()
                && then.tie() == known.tie()
                && Objects.equals(then.floor(), known.floor()); // right after a reset all lives look alike but for this
    }

    /**
     * What was known of the key at hand when the scrapes that are read now were read for the first time.
     *
     * @param known what is known of it now
     */
    @Nullable
    Known then(Known known) throws java.io.IOException {
        Past past = count == 0 ? null : pasts.value();
        return past == null ? known : past.known();
    }

    /**
     * A survey that is made again finds the key at hand gone.
     *
     * @param at from when on
     * @return whether this is for the counters alone: the log is ahead with the key, and has it if it was told then
     */
    boolean goneAgain(long at) throws Exception {
        Past past = count == 0 ? null : pasts.value();
        if (past == null) {
            return false;
        }
        List<Change> left = new ArrayList<>(past.departures());
        Known known = past.known();
        if (known != null && !left.isEmpty() && left.get(0).eventTime() == at) {
            put(past, new Past(Known.told(known, left.remove(0), Compared.NOTHING), left));
        }
        return true;
    }

    /** A key that was told as gone before this item came is gone for it. */
    private static Past departed(Past past, Item item) {
        Known known = past.known();
        List<Change> left = new ArrayList<>(past.departures());
        while (!left.isEmpty() && known != null && isBefore(left.get(0), known, item)) {
            known = Known.told(known, left.remove(0), Compared.NOTHING);
        }
        return new Past(known, left);
    }

    private static boolean isBefore(Change gone, Known known, Item item) {
        Position occasion = gone.source();
        return gone.seq() == known.seq() + 1
                && (gone.eventTime() < item.eventTime()
                        || (occasion.partition() == item.source().partition()
                                && occasion.offset() <= item.source().offset()));
    }
}

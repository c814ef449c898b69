package io.leat.job;

import io.leat.core.Known;
import io.leat.job.wire.KnownCell;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Frees the memory of keys that were not seen for long.
 *
 * <p>Whether a key is forgotten is decided in core, from the event times of its own items: after {@code expire_after}. What
 * is freed here was unseen for twice that time, so freeing decides nothing. Of an item of an unknown key nobody can say
 * whether it was told before, if it is so old that its key may be one that was freed and would still be alive for it: then
 * it is stale. Used by the task's thread.
 */
final class Forgetting {

    private static final String HORIZON = "forgotten-until";
    private static final String ALIVE = "forgotten-alive-until";
    private static final int SWEEPS_PER_EXPIRY = 4;

    private final long expireAfterMicros;
    private final ListState<Long> state;
    private final ListState<Long> aliveState;
    private final LifetimeCounter forgotten;
    /** Something up to this moment may belong to a key that was freed; microseconds since 1970. */
    private long horizon = Long.MIN_VALUE;

    /** Until when one of the keys that were freed would be alive. */
    private long alive = Long.MIN_VALUE;

    private long nextSweep = Long.MIN_VALUE;

    private Forgetting(
            long expireAfterMicros, ListState<Long> state, ListState<Long> aliveState, LifetimeCounter forgotten) {
        this.expireAfterMicros = expireAfterMicros;
        this.state = state;
        this.aliveState = aliveState;
        this.forgotten = forgotten;
    }

    /** @param expireAfter {@code null} for never; what an earlier feed file freed stays freed */
    static Forgetting restore(@Nullable Duration expireAfter, OperatorStateStore store, MetricGroup group)
            throws Exception {
        ListState<Long> state = store.getUnionListState(new ListStateDescriptor<>(HORIZON, LongSerializer.INSTANCE));
        Forgetting forgetting = new Forgetting(
                expireAfter == null ? Long.MAX_VALUE : expireAfter.toMillis() * 1_000,
                state,
                store.getUnionListState(new ListStateDescriptor<>(ALIVE, LongSerializer.INSTANCE)),
                LifetimeCounter.restore(FeedMetrics.FORGOTTEN, group, store));
        for (long each : state.get()) {
            forgetting.horizon = Math.max(forgetting.horizon, each);
        }
        forgetting.restoreAlive();
        return forgetting;
    }

    /** An earlier version does not say more than the horizon. */
    private void restoreAlive() throws Exception {
        boolean isSaid = false;
        for (long each : aliveState.get()) {
            isSaid = true;
            alive = Math.max(alive, each);
        }
        if (!isSaid && horizon != Long.MIN_VALUE && expireAfterMicros != Long.MAX_VALUE) {
            alive = horizon + expireAfterMicros;
        }
    }

    /** Whether something of this moment may belong to a key whose memory was freed. */
    boolean mayCover(long eventTimeMicros) {
        return eventTimeMicros <= horizon;
    }

    /**
     * Frees what was not seen for long, a few times in each {@code expire_after}.
     *
     * @return whether something may have been freed
     */
    boolean sweep(long watermarkMillis, KeyedStateBackend<?> keys, ValueStateDescriptor<KnownCell> known)
            throws Exception {
        if (expireAfterMicros == Long.MAX_VALUE || watermarkMillis == Long.MAX_VALUE || watermarkMillis < 0) {
            return false;
        }
        long now = watermarkMillis * 1_000;
        if (now < nextSweep) {
            return false;
        }
        boolean isFirst = nextSweep == Long.MIN_VALUE;
        nextSweep = now + expireAfterMicros / SWEEPS_PER_EXPIRY;
        if (isFirst) {
            return false;
        }
        long until = now - 2 * expireAfterMicros;
        keys.applyToAllKeys(
                VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, known, (key, each) -> free(each, until));
        horizon = Math.max(horizon, Math.min(until, alive));
        return true;
    }

    private void free(ValueState<KnownCell> each, long until) throws Exception {
        KnownCell cell = each.value();
        if (cell == null) {
            return;
        }
        Known known = cell.known();
        if (known.floor() == null && known.eventTime() <= until) {
            each.clear();
            forgotten.increment();
            alive = Math.max(alive, known.eventTime() + expireAfterMicros);
        }
    }

    void snapshot() throws Exception {
        state.update(List.of(horizon));
        aliveState.update(List.of(alive));
        forgotten.snapshot();
    }
}

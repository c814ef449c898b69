package io.leat.job;

import io.leat.core.Decision;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.metrics.MetricGroup;

/** Counts what became of scrapes, and what beside them was told. Used by the task's thread. */
final class DecisionCounters {

    private final LifetimeCounter changed;
    private final LifetimeCounter unchanged;
    private final LifetimeCounter stale;
    private final LifetimeCounter tied;
    private final LifetimeCounter seeded;
    private final LifetimeCounter unsettled;
    private final LifetimeCounter held;
    private final LifetimeCounter ruled;
    private final LifetimeCounter gone;

    /** Goes on from the checkpoint, if there is one. */
    DecisionCounters(MetricGroup group, OperatorStateStore store) throws Exception {
        changed = LifetimeCounter.restore(FeedMetrics.CHANGED, group, store);
        unchanged = LifetimeCounter.restore(FeedMetrics.UNCHANGED, group, store);
        stale = LifetimeCounter.restore(FeedMetrics.STALE, group, store);
        tied = LifetimeCounter.restore(FeedMetrics.TIED, group, store);
        seeded = LifetimeCounter.restore(FeedMetrics.SEEDED, group, store);
        unsettled = LifetimeCounter.restore(FeedMetrics.UNSETTLED, group, store);
        held = LifetimeCounter.restore(FeedMetrics.HELD, group, store);
        ruled = LifetimeCounter.restore(FeedMetrics.RULED, group, store);
        gone = LifetimeCounter.restore(FeedMetrics.GONE, group, store);
    }

    /**
     * A scrape was decided.
     *
     * @param isTied whether it is stale and shows other values than one of its moment
     */
    void decided(Replay.Counted counted, boolean isTied) {
        (counted.wasTold() ? changed : of(counted.decision())).increment();
        if (isTied && !counted.wasTold()) {
            tied.increment();
        }
    }

    /** A scrape shows again what is known. */
    void unchanged() {
        unchanged.increment();
    }

    /** Something was said beside the scrapes. */
    void ruled() {
        ruled.increment();
    }

    /** A key was told as gone. */
    void gone() {
        gone.increment();
    }

    private LifetimeCounter of(Decision decision) {
        if (decision instanceof Decision.Told) {
            return changed;
        } else if (decision instanceof Decision.Unchanged) {
            return unchanged;
        } else if (decision instanceof Decision.Unsettled) {
            return unsettled;
        } else if (decision instanceof Decision.Seeded) {
            return seeded;
        } else if (decision instanceof Decision.OnHold) {
            return held;
        }
        return stale;
    }

    void snapshot() throws Exception {
        changed.snapshot();
        unchanged.snapshot();
        stale.snapshot();
        tied.snapshot();
        seeded.snapshot();
        unsettled.snapshot();
        held.snapshot();
        ruled.snapshot();
        gone.snapshot();
    }
}

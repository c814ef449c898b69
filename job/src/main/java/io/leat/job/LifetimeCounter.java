package io.leat.job;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * A counter that outlives restarts: its value is part of every checkpoint, so it counts exactly the records the job's
 * state reflects. Used by the task's thread; metric reporters read it from theirs.
 */
final class LifetimeCounter {

    private final Counter counter;
    private final ListState<Long> state;

    private LifetimeCounter(Counter counter, ListState<Long> state) {
        this.counter = counter;
        this.state = state;
    }

    /** Goes on from the checkpoint, if there is one; parts of former subtasks are added up. */
    static LifetimeCounter restore(String name, MetricGroup group, OperatorStateStore store) throws Exception {
        ListState<Long> state = store.getListState(new ListStateDescriptor<>(name, LongSerializer.INSTANCE));
        Counter counter = group.counter(name);
        for (long part : state.get()) {
            counter.inc(part);
        }
        return new LifetimeCounter(counter, state);
    }

    void increment() {
        counter.inc();
    }

    void add(long more) {
        counter.inc(more);
    }

    void snapshot() throws Exception {
        state.update(List.of(counter.getCount()));
    }
}

package io.leat.job;

import io.leat.core.Item;
import io.leat.core.Order;
import io.leat.core.Ordering;
import io.leat.core.Ruling;
import io.leat.core.Waiting;
import io.leat.job.wire.WaitingSerializer;
import io.leat.job.wire.WireType;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Holds items until older ones of their key had time to come, and lets them go in the order of their event time. An
 * item's timestamp is when the broker took it.
 *
 * <p>Who waits is part of every checkpoint. What comes out only has to be an order that was possible: the change stage
 * judges each item by itself, so a replay that lets go in another order repeats and loses nothing.
 */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState, then open, before the first record
final class OrderFunction extends KeyedProcessFunction<String, Item, Item> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    static final OutputTag<Item> LATE = new OutputTag<>("late", WireType.ITEM);

    /** While a subtask has this many waiting, further ones do not wait. */
    private static final long MOST_WAITING = 500_000;

    private final Order order;

    private transient Ordering ordering;
    private transient ValueState<Waiting> waiting;
    private transient ListState<Long> waitingParts;
    private transient long waitingCount;
    private transient @Nullable LearnedBounds learned;
    private transient LifetimeCounter late;

    OrderFunction(Order order) {
        this.order = order;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup(FeedMetrics.GROUP);
        late = LifetimeCounter.restore(FeedMetrics.LATE, group, context.getOperatorStateStore());
        waitingParts = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("waiting-count", LongSerializer.INSTANCE));
        for (long part : waitingParts.get()) {
            waitingCount += part;
        }
        group.gauge(FeedMetrics.WAITING, () -> waitingCount);
        boolean learns = order.bound() instanceof Order.Bound.Learned;
        LearnedBounds bounds = learns ? LearnedBounds.restore(group, context.getOperatorStateStore()) : null;
        learned = bounds;
        group.gauge(FeedMetrics.WAIT, () -> bounds == null ? fixedBound() : bounds.longest());
        ordering = new Ordering(learns);
    }

    @Override
    public void open(OpenContext context) {
        waiting = getRuntimeContext().getState(new ValueStateDescriptor<>("waiting", new WaitingSerializer()));
    }

    @Override
    public void processElement(Item item, Context context, Collector<Item> out) throws Exception {
        if (item.ruling() != Ruling.NONE) {
            out.collect(item); // about a scrape that has gone before
            return;
        }
        long now = context.timerService().currentProcessingTime();
        Long timestamp = context.timestamp();
        long arrived = timestamp == null || timestamp < 0 ? now : timestamp;
        Waiting before = waiting.value() == null ? Waiting.NONE : waiting.value();
        long bound = waitingCount >= MOST_WAITING ? 0 : bound(before, item, arrived);
        Ordering.Step step = ordering.arrive(before, item, arrived, now, bound);
        go(step, out);
        if (!step.isLate()) {
            waitingCount++;
        } else if (order.late() == Order.Late.TELL) {
            out.collect(item);
        } else {
            late.increment();
            if (order.late() == Order.Late.DEAD_LETTER) {
                context.output(LATE, item);
            }
        }
        waitingCount -= step.gone().size();
        if (before.entries().isEmpty() && !step.next().entries().isEmpty()) {
            context.timerService().registerProcessingTimeTimer(step.next().firstDue());
        }
        remember(step.next());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Item> out) throws Exception {
        Waiting before = waiting.value();
        if (before == null) {
            return;
        }
        Ordering.Step step = Ordering.expire(before, time);
        go(step, out);
        waitingCount -= step.gone().size();
        if (!step.next().entries().isEmpty()) {
            context.timerService().registerProcessingTimeTimer(step.next().firstDue());
        }
        remember(step.next());
    }

    private long bound(Waiting before, Item item, long arrived) {
        LearnedBounds bounds = learned;
        if (bounds == null) {
            return fixedBound();
        }
        var disorder = bounds.of(item.key());
        disorder.observe(Ordering.gap(before, item, arrived));
        return disorder.bound();
    }

    private long fixedBound() {
        return order.bound() instanceof Order.Bound.Fixed fixed
                ? fixed.longest().toMillis()
                : 0;
    }

    private static void go(Ordering.Step step, Collector<Item> out) {
        step.gone().forEach(out::collect);
    }

    /** Where late records are judged like any other, a key that has nobody waiting needs no memory. */
    private void remember(Waiting next) throws Exception {
        if (next.entries().isEmpty() && next.peaks().isEmpty() && order.late() == Order.Late.TELL) {
            waiting.clear();
        } else {
            waiting.update(next);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        late.snapshot();
        waitingParts.update(List.of(waitingCount));
        LearnedBounds bounds = learned;
        if (bounds != null) {
            bounds.snapshot();
        }
    }
}

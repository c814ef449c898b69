package io.leat.job;

import io.leat.core.Item;
import io.leat.core.Order;
import io.leat.core.Ordering;
import io.leat.core.Waiting;
import io.leat.core.WaitingPlaces;
import io.leat.job.wire.WaitingSerializer;
import io.leat.job.wire.WireType;
import java.time.Duration;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Holds items until older ones of their key had time to come, and lets them go in the order of their event time. An
 * item's timestamp is when the broker took it.
 *
 * <p>Who waits is part of every checkpoint. What comes out only has to be an order that was possible: the change stage
 * judges each item by itself, so a replay that lets go in another order repeats and loses nothing. Event time goes on behind
 * this stage once those have gone that came before it.
 */
final class OrderOperator extends AbstractStreamOperator<Item>
        implements OneInputStreamOperator<Item, Item>, Triggerable<String, VoidNamespace> {

    private static final long serialVersionUID = 1L;

    static final OutputTag<Item> LATE = new OutputTag<>("late", WireType.ITEM);

    /** While a subtask has this many waiting, further ones do not wait. */
    private static final long MOST_WAITING = 500_000;

    private final Order order;
    private final @Nullable Duration memory;

    private transient Ordering ordering;
    private transient ValueStateDescriptor<Waiting> descriptor;
    private transient ValueState<Waiting> waiting;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient WaitingPlaces places;
    private transient HeldMarks marks;
    private transient boolean isIdleHeld;
    private transient long waitingCount;
    private transient long nextSweep;
    private transient @Nullable LearnedBounds learned;
    private transient LifetimeCounter late;

    @SuppressWarnings("NullAway.Init") // Flink calls initializeState, then open, before the first record
    OrderOperator(StreamOperatorParameters<Item> parameters, Order order, @Nullable Duration memory) {
        super(parameters);
        this.order = order;
        this.memory = memory;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        MetricGroup group = getMetricGroup().addGroup(FeedMetrics.GROUP);
        late = LifetimeCounter.restore(FeedMetrics.LATE, group, context.getOperatorStateStore());
        boolean learns = order.bound() instanceof Order.Bound.Learned;
        LearnedBounds bounds = learns ? LearnedBounds.restore(group, context.getOperatorStateStore()) : null;
        learned = bounds;
        group.gauge(FeedMetrics.WAITING, () -> waitingCount);
        group.gauge(FeedMetrics.WAIT, () -> bounds == null ? fixedBound() : bounds.longest());
        ordering = new Ordering(learns);
        descriptor = new ValueStateDescriptor<>("waiting", new WaitingSerializer());
        waiting = context.getKeyedStateStore().getState(descriptor);
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("user-timers", VoidNamespaceSerializer.INSTANCE, this);
        places = new WaitingPlaces();
        marks = new HeldMarks();
        nextSweep = Long.MIN_VALUE;
        getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        descriptor,
                        (Object key, ValueState<Waiting> each) -> {
                            for (Waiting.Entry entry : each.value().entries()) {
                                places.waits(entry.item(), entry.arrived() + bound((String) key));
                            }
                        });
        waitingCount = places.count();
    }

    @Override
    public void processElement(StreamRecord<Item> element) throws Exception {
        Item item = element.getValue();
        switch (item.ruling()) {
            case NONE -> arrive(item, element.hasTimestamp() ? element.getTimestamp() : -1);
            case RESET -> {
                tell(item);
                take(Ordering.reset(known(), item.source()));
            }
            case RELEASE, REJECT -> {
                take(Ordering.spokenOf(known(), item));
                tell(item);
            }
            case INPUT_ENDED -> {
                for (WaitingPlaces.Place place : places.of(item.source().partition())) {
                    letGo(place);
                }
            }
            case CRAWL_ENDED -> tell(item);
        }
        goOn();
    }

    private void arrive(Item item, long taken) throws Exception {
        long now = timers.currentProcessingTime();
        long arrived = taken < 0 ? now : taken;
        places.read(item.source(), arrived);
        Waiting before = known();
        long bound = waitingCount >= MOST_WAITING ? 0 : bound(before, item, arrived);
        Ordering.Step step = ordering.arrive(before, item, arrived, now, bound);
        if (!step.isLate() && bound > 0) {
            places.waits(item, arrived + bound);
        }
        take(step);
        if (before.entries().isEmpty()) {
            wake(step.next());
        }
        if (step.isLate()) {
            late(item);
        }
        int partition = item.source().partition();
        for (WaitingPlaces.Place due = places.due(partition); due != null; due = places.due(partition)) {
            letGo(due);
        }
    }

    private void late(Item item) {
        if (order.late() == Order.Late.TELL) {
            tell(item);
            return;
        }
        late.increment();
        if (order.late() == Order.Late.DEAD_LETTER) {
            output.collect(LATE, new StreamRecord<>(item));
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        Ordering.Step step = Ordering.expire(known(), timer.getTimestamp());
        take(step);
        wake(step.next());
        goOn();
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("nobody waits for event time");
    }

    private void wake(Waiting next) {
        if (!next.entries().isEmpty()) {
            timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, next.firstDue());
        }
    }

    private void letGo(WaitingPlaces.Place place) throws Exception {
        setCurrentKey(place.key());
        places.gone(place.source());
        take(Ordering.through(known(), place.source()));
    }

    /** What has happened to the present key. */
    private void take(Ordering.Step step) throws Exception {
        for (Item item : step.gone()) {
            places.gone(item.source());
            tell(item);
        }
        waitingCount = places.count();
        Waiting next = step.next();
        boolean isForgotten = next.entries().isEmpty()
                && next.peaks().isEmpty()
                && (order.late() == Order.Late.TELL || next.gone() == Waiting.NONE.gone());
        if (isForgotten) {
            waiting.clear();
        } else {
            waiting.update(next);
        }
    }

    private void tell(Item item) {
        output.collect(new StreamRecord<>(item));
    }

    private Waiting known() throws Exception {
        Waiting known = waiting.value();
        return known == null ? Waiting.NONE : known;
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

    private long bound(String key) {
        LearnedBounds bounds = learned;
        return bounds == null ? fixedBound() : bounds.of(key).bound();
    }

    private long fixedBound() {
        return order.bound() instanceof Order.Bound.Fixed fixed
                ? fixed.longest().toMillis()
                : 0;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.equals(Watermark.MAX_WATERMARK)) {
            letAllGo();
        } else {
            sweep(mark.getTimestamp());
        }
        marks.hold(mark, places);
        goOn();
    }

    /** Nothing more comes, ever. */
    private void letAllGo() throws Exception {
        for (WaitingPlaces.Place place : places.all()) {
            letGo(place);
        }
    }

    /** Event time goes on as far as nobody waits who came before it. */
    private void goOn() throws Exception {
        while (!marks.isEmpty()) {
            Watermark mark = marks.next(places);
            if (mark == null) {
                return;
            }
            super.processWatermark(mark);
        }
        if (isIdleHeld) {
            isIdleHeld = false;
            super.processWatermarkStatus(WatermarkStatus.IDLE);
        }
    }

    /** Whoever is silent says so behind its last word: a watermark of somebody idle would count for nothing. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        if (status.isIdle() && !marks.isEmpty()) {
            isIdleHeld = true;
        } else {
            isIdleHeld = false;
            super.processWatermarkStatus(status);
        }
    }

    /** Forgets keys that stay away, looking as often as they are remembered. What comes even later is judged like any other. */
    private void sweep(long watermarkMillis) throws Exception {
        if (memory == null || watermarkMillis < nextSweep) {
            return;
        }
        nextSweep = watermarkMillis + memory.toMillis();
        long until = (watermarkMillis - memory.toMillis()) * 1_000;
        getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        descriptor,
                        (Object key, ValueState<Waiting> each) -> {
                            Waiting known = each.value();
                            if (known != null && known.entries().isEmpty() && known.gone() <= until) {
                                each.clear();
                            }
                        });
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        late.snapshot();
        LearnedBounds bounds = learned;
        if (bounds != null) {
            bounds.snapshot();
        }
    }
}

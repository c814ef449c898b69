package io.leat.job.window;

import io.leat.core.EventClock;
import io.leat.core.Item;
import io.leat.core.Order;
import io.leat.core.Reading;
import io.leat.core.Ruling;
import io.leat.core.Window;
import io.leat.format.WindowReader;
import io.leat.job.FeedMetrics;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/**
 * Takes from each item what the windows need, and says how far event time has come: per partition of the raw topic, so
 * that reading a backlog at different speeds makes nothing late.
 *
 * <p>Whether an item is late is up to its own partition's records, and what the clock shows is part of every checkpoint: a
 * replay finds the same items late, and a span that was closed stays closed after a restart.
 */
final class ReadingOperator extends AbstractStreamOperator<Reading> implements OneInputStreamOperator<Item, Reading> {

    private static final long serialVersionUID = 1L;

    /** Stands for the clock among the partitions in the operator's state. */
    private static final int CLOCK = -1;

    private static final long LOOK_EVERY_MILLIS = 100;
    /** A look that comes so late was kept from coming. */
    private static final long STANDSTILL_MILLIS = 10 * LOOK_EVERY_MILLIS;

    private final List<Window> windows;
    private final Order order;
    private final int rawPartitions;
    private final long step;

    private transient WindowReader reader;
    private transient EventClock clock;
    private transient ListState<Tuple2<Integer, Long>> state;
    private transient long closed;
    private transient long told;
    private transient long seenTime;
    private transient Counter late;
    private transient @Nullable ScheduledFuture<?> nextLook;

    @SuppressWarnings("NullAway.Init") // Flink calls initializeState, then open, before the first record
    ReadingOperator(
            StreamOperatorParameters<Reading> parameters, List<Window> windows, Order order, int rawPartitions) {
        super(parameters);
        this.windows = List.copyOf(windows);
        this.order = order;
        this.rawPartitions = rawPartitions;
        this.step = step(windows);
    }

    /** Nothing happens to any window but at multiples of this, milliseconds. */
    private static long step(List<Window> windows) {
        BigInteger step = BigInteger.ZERO;
        for (Window window : windows) {
            for (long each : new long[] {
                window.every().toMillis(),
                window.slide().toMillis(),
                window.allowedLateness().toMillis()
            }) {
                step = step.gcd(BigInteger.valueOf(each));
            }
        }
        return step.longValueExact();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("event-clock", Types.TUPLE(Types.INT, Types.LONG)));
        Map<Integer, Long> newest = new TreeMap<>();
        closed = Long.MAX_VALUE;
        for (Tuple2<Integer, Long> entry : state.get()) {
            if (entry.f0 == CLOCK) {
                closed = Math.min(closed, entry.f1);
            } else {
                newest.merge(entry.f0, entry.f1, Math::max);
            }
        }
        closed = closed == Long.MAX_VALUE ? EventClock.NEVER : closed;
        told = EventClock.NEVER;
        seenTime = closed;
        boolean readsAll = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks() == 1;
        clock = new EventClock(
                bound(order),
                order.idleAfter().toMillis(),
                readsAll ? rawPartitions : EventClock.ANY,
                getProcessingTimeService().getCurrentProcessingTime(),
                closed,
                newest);
        MetricGroup metrics = getMetricGroup().addGroup(FeedMetrics.GROUP);
        metrics.gauge(FeedMetrics.WINDOW_TIME, () -> seenTime);
        late = metrics.counter(FeedMetrics.WINDOW_LATE);
    }

    private static long bound(Order order) {
        return order.bound() instanceof Order.Bound.Fixed fixed
                ? fixed.longest().toMillis()
                : 0;
    }

    @Override
    public void open() throws Exception {
        super.open();
        reader = new WindowReader(windows);
        look();
    }

    /** Partitions fall silent without a record that says so. */
    private void look() {
        long last = getProcessingTimeService().getCurrentProcessingTime();
        nextLook = getProcessingTimeService().registerTimer(last + LOOK_EVERY_MILLIS, time -> {
            long now = getProcessingTimeService().getCurrentProcessingTime();
            if (now - last >= Math.max(order.idleAfter().toMillis(), STANDSTILL_MILLIS)) {
                clock.stoodStill(now - last);
            }
            tellTime(now);
            look();
        });
    }

    @Override
    public void processElement(StreamRecord<Item> element) {
        Item item = element.getValue();
        if (item.ruling() != Ruling.NONE) {
            return; // said beside the scrapes, and no figure of theirs
        }
        long eventTime = Math.floorDiv(item.eventTime(), 1_000);
        long now = getProcessingTimeService().getCurrentProcessingTime();
        clock.saw(item.source().partition(), eventTime, now);
        for (Reading reading : reader.read(item, clock.time(item.source().partition(), closed))) {
            if (windows.get(reading.window()).isPast(eventTime, reading.closed())) {
                late.inc();
            } else {
                output.collect(new StreamRecord<>(reading, eventTime));
            }
        }
        tellTime(now);
    }

    /** As a watermark, which says that nothing at or before it will come. */
    private void tellTime(long now) {
        seenTime = clock.time(now);
        if (seenTime == EventClock.NEVER) {
            return;
        }
        long mark = Math.floorDiv(seenTime, step) * step - 1;
        if (mark > told) {
            told = mark;
            output.emitWatermark(new Watermark(mark));
        }
    }

    /** Time is told here and nowhere else, but for the end of all input. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.equals(Watermark.MAX_WATERMARK)) {
            super.processWatermark(mark);
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        // As with watermarks.
    }

    @Override
    public void close() throws Exception {
        ScheduledFuture<?> look = nextLook;
        if (look != null) {
            look.cancel(false);
        }
        super.close();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<Tuple2<Integer, Long>> entries = new ArrayList<>();
        clock.newest().forEach((partition, newest) -> entries.add(Tuple2.of(partition, newest)));
        entries.add(Tuple2.of(CLOCK, seenTime));
        state.update(entries);
    }
}

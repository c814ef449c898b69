package io.leat.job.window;

import io.leat.core.EventProgress;
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
import java.util.HashMap;
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

/**
 * Takes from each item what the windows need.
 *
 * <p>Whether an item is late is up to its own partition's records, and how far event time has come is part of every checkpoint: a
 * replay finds the same items late, and a span that was closed stays closed after a restart.
 */
final class ReadingOperator extends AbstractStreamOperator<Reading> implements OneInputStreamOperator<Item, Reading> {

    private static final long serialVersionUID = 1L;

    /** Stands for the clock among the partitions in the operator's state. */
    private static final int CLOCK = -1;

    private final List<Window> windows;
    private final long bound;
    private final long step;

    private transient WindowReader reader;
    private transient Map<Integer, Long> newest;
    private transient ListState<Tuple2<Integer, Long>> state;
    private transient long closed;
    private transient long told;
    private transient volatile long time;
    private transient Counter late;

    @SuppressWarnings("NullAway.Init") // Flink calls initializeState, then open, before the first record
    ReadingOperator(StreamOperatorParameters<Reading> parameters, List<Window> windows, Order order) {
        super(parameters);
        this.windows = List.copyOf(windows);
        this.bound = bound(order);
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
        newest = new HashMap<>();
        closed = Long.MAX_VALUE;
        for (Tuple2<Integer, Long> entry : state.get()) {
            if (entry.f0 == CLOCK) {
                closed = Math.min(closed, entry.f1);
            } else {
                newest.merge(entry.f0, entry.f1, Math::max);
            }
        }
        closed = closed == Long.MAX_VALUE ? EventProgress.NEVER : closed;
        told = EventProgress.NEVER;
        time = closed;
        MetricGroup metrics = getMetricGroup().addGroup(FeedMetrics.GROUP);
        metrics.gauge(FeedMetrics.WINDOW_TIME, () -> time);
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
    }

    @Override
    public void processElement(StreamRecord<Item> element) {
        Item item = element.getValue();
        if (item.ruling() != Ruling.NONE) {
            return; // said beside the scrapes, and no figure of theirs
        }
        long eventTime = Math.floorDiv(item.eventTime(), 1_000);
        long own = newest.merge(item.source().partition(), eventTime, Math::max);
        for (Reading reading : reader.read(item, Math.max(closed, own - bound))) {
            if (windows.get(reading.window()).isPast(eventTime, reading.closed())) {
                late.inc();
            } else {
                output.collect(new StreamRecord<>(reading, eventTime));
            }
        }
    }

    /** Event time goes on: windows hear of it where something happens to them. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.equals(Watermark.MAX_WATERMARK)) {
            super.processWatermark(mark);
            return;
        }
        time = Math.max(time, mark.getTimestamp() + 1);
        long whole = Math.floorDiv(time, step) * step - 1;
        if (whole > told) {
            told = whole;
            super.processWatermark(new Watermark(whole));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<Tuple2<Integer, Long>> entries = new ArrayList<>();
        newest.forEach((partition, eventTime) -> entries.add(Tuple2.of(partition, eventTime)));
        entries.add(Tuple2.of(CLOCK, time));
        state.update(entries);
    }
}

package io.leat.job;

import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Verdict;
import io.leat.core.drift.Observation;
import io.leat.format.Traceparent;
import io.leat.job.log.Traceparents;
import io.leat.job.wire.WireType;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Lets items through and puts everything else aside as dead letters. Never throws for what a record holds. */
final class ContractOperator extends AbstractStreamOperator<Item>
        implements OneInputStreamOperator<Scrape, Item>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters", WireType.DEAD_LETTER);

    static final OutputTag<Stretch> STRETCHES = new OutputTag<>("stretches", WireType.STRETCH);

    private final RawProgress progress;
    private final int keyGroups;

    private transient LifetimeCounter in;
    private transient LifetimeCounter bytes;
    private transient LifetimeCounter dead;
    private transient Stretches stretches;
    private transient TimestampedCollector<Item> out;
    private transient long newestEventTimeMillis;
    private transient long newestEventAgeMillis;

    /** @param keyGroups how many key groups hear of the end of the input; 0 if nobody waits for it */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState, then open, before the first record
    ContractOperator(StreamOperatorParameters<Item> parameters, RawProgress progress, int keyGroups) {
        super(parameters);
        this.progress = progress;
        this.keyGroups = keyGroups;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        MetricGroup group = getMetricGroup().addGroup(FeedMetrics.GROUP);
        in = LifetimeCounter.restore(FeedMetrics.IN, group, context.getOperatorStateStore());
        bytes = LifetimeCounter.restore(FeedMetrics.BYTES, group, context.getOperatorStateStore());
        dead = LifetimeCounter.restore(FeedMetrics.DEAD, group, context.getOperatorStateStore());
        newestEventTimeMillis = Long.MIN_VALUE;
        newestEventAgeMillis = 0;
        group.gauge(FeedMetrics.EVENT_TIME, () -> newestEventTimeMillis);
        group.gauge(FeedMetrics.EVENT_AGE, () -> newestEventAgeMillis);
        progress.restore(context.getOperatorStateStore(), group);
        stretches = new Stretches(stretch -> output.collect(STRETCHES, new StreamRecord<>(stretch)));
        out = new TimestampedCollector<>(output);
    }

    @Override
    public void processElement(StreamRecord<Scrape> element) {
        Scrape scrape = element.getValue();
        RawRecord rec = scrape.raw();
        if (scrape.isAtHead()) {
            stretches.flush();
            Stretch head = Stretch.atHead(rec.partition(), (int) rec.offset(), rec.timestamp());
            output.collect(STRETCHES, new StreamRecord<>(head));
            return;
        }
        progress.read(rec.partition(), rec.offset());
        for (RawRecord.Header header : rec.headers()) {
            String trace = header.name().equals(Traceparent.HEADER) ? Traceparent.of(header.value()) : null;
            if (trace != null) {
                Traceparents.read(position(rec), trace, rec.timestamp());
            }
        }
        Observation look = scrape.look();
        if (look != null) {
            stretches.add(
                    look,
                    rec.timestamp(),
                    scrape.takenMillis(),
                    scrape.verdict() instanceof Verdict.Refused,
                    size(rec));
        }
        out.setTimestamp(element);
        Verdict verdict = scrape.verdict();
        if (verdict instanceof Verdict.Kept kept) {
            if (kept.item().ruling() == Ruling.NONE) {
                in.increment();
                bytes.add(size(rec));
                see(scrape.eventTimeMillis(), rec.timestamp());
            }
            out.collect(kept.item());
        } else if (verdict instanceof Verdict.Refused refused) {
            in.increment();
            bytes.add(size(rec));
            dead.increment();
            output.collect(
                    DEAD_LETTERS, new StreamRecord<>(new DeadLetter(rec, refused.refusal()), element.getTimestamp()));
        } else if (verdict instanceof Verdict.Ended ended) {
            out.collect(CrawlMarks.item(ended.end(), position(rec)));
        } else if (keyGroups > 0 && Rulings.of(rec) == Ruling.INPUT_ENDED) {
            InputEnds.items(position(rec), keyGroups).forEach(out::collect);
        }
    }

    private void see(long eventTimeMillis, long takenMillis) {
        if (eventTimeMillis >= newestEventTimeMillis) {
            newestEventTimeMillis = eventTimeMillis;
            newestEventAgeMillis = takenMillis - eventTimeMillis;
        }
    }

    private static int size(RawRecord rec) {
        byte[] value = rec.value();
        return value == null ? 0 : value.length;
    }

    private static Position position(RawRecord rec) {
        return new Position(rec.topic(), rec.partition(), rec.offset());
    }

    /** What is behind a checkpoint's barrier belongs to the next one: the records of what was gathered are before it. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) {
        stretches.flush();
    }

    @Override
    public void endInput() {
        stretches.flush();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        in.snapshot();
        bytes.snapshot();
        dead.snapshot();
        progress.snapshot();
    }
}

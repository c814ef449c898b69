package io.leat.job;

import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Verdict;
import io.leat.core.drift.Observation;
import io.leat.job.wire.WireType;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Lets items through and puts everything else aside as dead letters. Never throws for what a record holds. */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState, then open, before the first record
final class ContractFunction extends ProcessFunction<Scrape, Item> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters", WireType.DEAD_LETTER);

    static final OutputTag<Observation> LOOKS = new OutputTag<>("looks", WireType.OBSERVATION);

    static final OutputTag<Tuple4<String, Long, Integer, Integer>> SIGNS = new OutputTag<>("signs", Sign.TYPE);

    private final RawProgress progress;
    private final int keyGroups;

    private transient LifetimeCounter in;
    private transient LifetimeCounter dead;
    private transient long newestEventTimeMillis;
    private transient long newestEventAgeMillis;

    /** @param keyGroups how many key groups hear of the end of the input; 0 if nobody waits for it */
    ContractFunction(RawProgress progress, int keyGroups) {
        this.progress = progress;
        this.keyGroups = keyGroups;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup(FeedMetrics.GROUP);
        in = LifetimeCounter.restore(FeedMetrics.IN, group, context.getOperatorStateStore());
        dead = LifetimeCounter.restore(FeedMetrics.DEAD, group, context.getOperatorStateStore());
        newestEventTimeMillis = Long.MIN_VALUE;
        newestEventAgeMillis = 0;
        group.gauge(FeedMetrics.EVENT_TIME, () -> newestEventTimeMillis);
        group.gauge(FeedMetrics.EVENT_AGE, () -> newestEventAgeMillis);
        progress.restore(context.getOperatorStateStore(), group);
    }

    @Override
    public void processElement(Scrape scrape, Context context, Collector<Item> out) {
        RawRecord rec = scrape.raw();
        if (scrape.isAtHead()) {
            context.output(SIGNS, Sign.ofReader(rec.partition(), (int) rec.offset(), rec.timestamp()));
            return;
        }
        progress.read(rec.partition(), rec.offset());
        Observation look = scrape.look();
        if (look != null) {
            context.output(LOOKS, look);
            context.output(SIGNS, Sign.ofSite(look.site(), rec.timestamp()));
        }
        Verdict verdict = scrape.verdict();
        if (verdict instanceof Verdict.Kept kept) {
            if (kept.item().ruling() == Ruling.NONE) {
                in.increment();
                see(scrape.eventTimeMillis(), rec.timestamp());
            }
            out.collect(kept.item());
        } else if (verdict instanceof Verdict.Refused refused) {
            in.increment();
            dead.increment();
            context.output(DEAD_LETTERS, new DeadLetter(rec, refused.refusal()));
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

    private static Position position(RawRecord rec) {
        return new Position(rec.topic(), rec.partition(), rec.offset());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        in.snapshot();
        dead.snapshot();
        progress.snapshot();
    }
}

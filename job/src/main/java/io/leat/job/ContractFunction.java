package io.leat.job;

import io.leat.core.CrawlEnded;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Rules;
import io.leat.core.Ruling;
import io.leat.core.Verdict;
import io.leat.core.drift.Observation;
import io.leat.format.ScrapeReader;
import io.leat.format.Sites;
import io.leat.job.wire.WireType;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Lets items through and puts everything else aside as dead letters. Never throws for what a record holds. */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState, then open, before the first record
final class ContractFunction extends ProcessFunction<RawRecord, Item> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters", WireType.DEAD_LETTER);

    static final OutputTag<Observation> LOOKS = new OutputTag<>("looks", WireType.OBSERVATION);

    private final Feed feed;
    private final RawProgress progress;
    private final boolean sights;

    private transient ScrapeReader reader;
    private transient @Nullable Sites sites;
    private transient CrawlMarks marks;
    private transient LifetimeCounter in;
    private transient LifetimeCounter dead;
    private transient long newestEventTimeMillis;

    /**
     * @param sights whether items may be handed on unread
     */
    ContractFunction(Feed feed, RawProgress progress, boolean sights) {
        this.sights = sights;
        this.feed = feed;
        this.progress = progress;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup(FeedMetrics.GROUP);
        in = LifetimeCounter.restore(FeedMetrics.IN, group, context.getOperatorStateStore());
        dead = LifetimeCounter.restore(FeedMetrics.DEAD, group, context.getOperatorStateStore());
        newestEventTimeMillis = Long.MIN_VALUE;
        group.gauge(FeedMetrics.EVENT_TIME, () -> newestEventTimeMillis);
        progress.restore(context.getOperatorStateStore(), group);
    }

    @Override
    public void open(OpenContext context) {
        reader = new ScrapeReader(feed, sights);
        Rules.Gone gone = feed.rules().gone();
        sites = gone == null || gone.crawlEnd() == null ? null : new Sites(feed, gone);
        marks = new CrawlMarks(getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks());
    }

    @Override
    public void processElement(RawRecord rec, Context context, Collector<Item> out) {
        progress.read(rec.partition(), rec.offset());
        CrawlEnded end = sites == null ? null : sites.crawlEnded(rec.value());
        if (end != null) {
            marks.items(end, new Position(rec.topic(), rec.partition(), rec.offset()))
                    .forEach(out::collect);
            return;
        }
        Ruling ruling = Rulings.of(rec);
        if (ruling != Ruling.NONE) {
            rule(rec, ruling, out);
            return;
        }
        in.increment();
        Position position = new Position(rec.topic(), rec.partition(), rec.offset());
        Verdict verdict = reader.read(rec.value(), rec.timestamp(), position);
        look(rec, verdict, context);
        if (verdict instanceof Verdict.Kept kept) {
            newestEventTimeMillis =
                    Math.max(newestEventTimeMillis, Math.floorDiv(kept.item().eventTime(), 1_000));
            out.collect(kept.item());
        } else if (verdict instanceof Verdict.Refused refused) {
            dead.increment();
            context.output(DEAD_LETTERS, new DeadLetter(rec, refused.refusal()));
        }
    }

    /** A scrape that a person spoke of is read again; if it is none, there is nothing to rule on. */
    private void rule(RawRecord rec, Ruling ruling, Collector<Item> out) {
        Position position = new Position(rec.topic(), rec.partition(), rec.offset());
        if (ruling == Ruling.RESET) {
            Item reset = reader.reset(rec.value(), rec.timestamp(), position);
            if (reset != null) {
                out.collect(reset);
            }
            return;
        }
        if (reader.read(rec.value(), rec.timestamp(), position) instanceof Verdict.Kept kept) {
            out.collect(kept.item().with(ruling));
        }
    }

    private void look(RawRecord rec, Verdict verdict, Context context) {
        Feed.Watch watch = feed.watch();
        Observation look = watch == null ? null : reader.look(watch.by(), verdict, rec.timestamp());
        if (look != null) {
            context.output(LOOKS, look);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        in.snapshot();
        dead.snapshot();
        progress.snapshot();
    }
}

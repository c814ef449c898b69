package io.leat.job;

import io.leat.core.Change;
import io.leat.core.Changes;
import io.leat.core.Compared;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.core.RollForward;
import io.leat.core.Ruling;
import io.leat.format.ScrapeReader;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.LogStep;
import io.leat.job.log.LogWatch;
import io.leat.job.wire.KnownCell;
import io.leat.job.wire.KnownSerializer;
import io.leat.job.wire.NearCells;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Owns what is known of each key, and the change log that follows from it.
 *
 * <p>The log is committed many times between checkpoints, so after a crash it is ahead of the state. It is also the
 * state's redo log: at start this operator fences its predecessors, reads what is committed beyond the checkpoint, brings
 * the state up to it, and only then takes input. Input that is read again finds itself at or below its key's fence and
 * tells nothing. Invariants, numbered in docs/decisions/0004:
 *
 * <ol>
 *   <li>I1: whatever the input of a checkpoint told is committed below the offsets in that checkpoint.
 *   <li>I2: after fencing, no earlier writer appends.
 *   <li>I3: what is committed in a partition is a prefix of what its one writer appended.
 *   <li>I4: once rolled forward, the state of a key is at least its last change in the log.
 * </ol>
 */
final class ChangeOperator extends AbstractStreamOperator<Void> implements OneInputStreamOperator<Item, Void> {

    private static final long serialVersionUID = 1L;

    /** What the counters need to hear of a replay may take this share of the heap. */
    private static final int REPLAY_SHARE = 8;

    private final Feed feed;
    private final String rawTopicId;
    private final int logPartitions;
    private final ChangeLog.Opener opener;
    private final Set<Refusal.Code> accepted;
    private final LogWatch watch;

    private transient Changes changes;
    /** Decides first items that tell nothing. */
    private transient Changes silent;

    private transient ScrapeReader reader;
    private transient LogPlaces places;
    private transient HeldEnds heldEnds;
    private transient ValueStateDescriptor<KnownCell> descriptor;
    private transient ValueState<KnownCell> known;
    private transient Forgetting forgetting;
    private transient @Nullable DepartureWatch departures;
    private final Keys keys = new Keys();
    private transient ListState<Tuple2<Integer, Long>> logEnds;
    private transient FeedShape shape;
    private transient FormerRules rules;
    private transient AdoptedKeys adopted;
    private transient Map<Integer, Long> restoredEnds;
    private transient Map<Integer, Long> committedEnds;
    private transient ChangeLog log;
    private transient Replay replay;
    /** {@code null} where what the state hands out is not what it holds, or each item has to be looked at. */
    private transient @Nullable NearCells near;

    private transient DecisionCounters counters;
    /** When the broker took the scrape that is decided now. */
    private transient long takenMillis = ChangeLog.UNKNOWN;

    @SuppressWarnings("NullAway.Init")
    ChangeOperator(
            StreamOperatorParameters<Void> parameters,
            Feed feed,
            String rawTopicId,
            int logPartitions,
            ChangeLog.Opener opener,
            Set<Refusal.Code> accepted,
            LogWatch watch) {
        super(parameters);
        this.feed = feed;
        this.rawTopicId = rawTopicId;
        this.logPartitions = logPartitions;
        this.opener = opener;
        this.accepted = accepted;
        this.watch = watch;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        descriptor = new ValueStateDescriptor<>("known", new KnownSerializer());
        known = context.getKeyedStateStore().getState(descriptor);
        logEnds = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("log-ends", Types.TUPLE(Types.INT, Types.LONG)));
        shape = FeedShape.restore(feed, context.getOperatorStateStore());
        restoredEnds = new HashMap<>();
        for (Tuple2<Integer, Long> end : logEnds.get()) {
            restoredEnds.put(end.f0, end.f1);
        }
        shape.check(this::keyCount, !getOperatorConfig().isChainStart(), accepted);
        rules = shape.rules();
        adopted = AdoptedKeys.restore(rules, context.getOperatorStateStore());
        MetricGroup group = getMetricGroup().addGroup(FeedMetrics.GROUP);
        counters = new DecisionCounters(group, context.getOperatorStateStore());
        DepartureWatch leaving = DepartureWatch.restore(feed, context);
        departures = leaving;
        group.gauge(FeedMetrics.PENDING, () -> leaving == null ? 0L : leaving.pending());
        forgetting = Forgetting.restore(feed.rules().expireAfter(), context.getOperatorStateStore(), group);
    }

    @Override
    public void open() throws Exception {
        super.open();
        changes = new Changes(feed, rawTopicId, rules.fingerprint());
        silent = new Changes(feed.seeding(), rawTopicId, rules.fingerprint());
        reader = new ScrapeReader(feed);
        places = LogPlaces.of(logPartitions, getRuntimeContext().getTaskInfo());
        List<Integer> owned = places.owned();
        log = opener.open(
                owned,
                new LogOwner(
                        getContainingTask().getEnvironment(),
                        getMetricGroup(),
                        getProcessingTimeService(),
                        SitesTold.of(feed)));
        heldEnds = new HeldEnds(log, places);
        Map<Integer, Long> from = new HashMap<>(restoredEnds);
        from.keySet().retainAll(owned);
        replay = Replay.restore(
                getKeyedStateBackend(),
                Runtime.getRuntime().maxMemory()
                        / REPLAY_SHARE
                        / getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
        try {
            FeedShape.checkPartitions(restoredEnds, logPartitions);
            log.takeOver(from, this::rollForward);
            shape.checkKeys(accepted);
            Integer former = shape.adopts(accepted);
            if (former != null) {
                adopted.learn(log, former);
            }
            rules.check(accepted);
        } catch (Refusal refusal) {
            throw Refusals.stop(refusal);
        }
        committedEnds = Map.of();
        if (departures != null) {
            departures.open(keys);
        } else if (shape.mayWaitInVain()) {
            DepartureWatch.letAllGo(keys);
        }
        if (shape.mayHoldInVain()) {
            heldEnds.tellAll(feed.source().topic(), getKeyedStateBackend(), descriptor);
        }
        near = departures == null && getKeyedStateBackend() instanceof HeapKeyedStateBackend ? new NearCells() : null;
    }

    private void tellGone(String key, Known before, Decision.Told told) {
        heldEnds.tell(before, key, told.change().source());
        log.append(places.partitionOf(key), told.change(), ChangeLog.UNKNOWN);
        counters.gone();
    }

    /** The key is set where the state is asked for it, which it seldom is. */
    @Override
    public void setKeyContextElement(StreamRecord<Item> element) {}

    @Override
    public void processElement(StreamRecord<Item> element) throws Exception {
        Item item = element.getValue();
        NearCells cells = replay.isOver() ? near : null;
        KnownCell seen = cells == null ? null : cells.find(item.key());
        if (seen != null && seen.takesRepeat(item, changes)) {
            counters.unchanged();
            return;
        }
        setCurrentKey(item.key());
        KnownCell cell = known.value();
        if (cells != null && cell != null) {
            cells.keep(cell);
        }
        DepartureWatch leaving = departures;
        if (leaving == null || !leaving.takes(item, cell, keys)) {
            takenMillis = element.hasTimestamp() ? element.getTimestamp() : ChangeLog.UNKNOWN;
            decide(item, cell);
            takenMillis = ChangeLog.UNKNOWN;
        }
    }

    private void decide(Item seen, @Nullable KnownCell cell) throws Exception {
        if (cell != null && replay.isOver() && cell.takesRepeat(seen, changes)) {
            known.update(cell);
            counters.unchanged();
            return;
        }
        Item item = reader.read(seen);
        Known before = rules.reread(cell == null ? null : cell.known(), item);
        Decision decision = decide(before, item);
        for (HeldNote note : changes.notes(before, item, decision)) {
            log.append(
                    places.partitionOf(item.key()),
                    note); // ahead of the change: were it lost, the item would be judged again
        }
        if (decision instanceof Decision.Told told) {
            log.append(places.partitionOf(item.key()), told.change(), takenMillis);
        }
        Known next = decision.next();
        if (next != null) {
            remember(cell, next).sighted(next.compared().equals(item.compared()) ? item.sighting() : null);
        }
        Replay.Counted counted =
                replay.count(before, item, decision, (then, again) -> decide(rules.reread(then, again), again));
        if (item.ruling() == Ruling.NONE) {
            counters.decided(counted, decision instanceof Decision.Stale && changes.isTied(before, item));
        } else {
            counters.ruled();
        }
    }

    private Decision decide(@Nullable Known before, Item item) {
        return before == null && forgetting.mayCover(item.eventTime())
                ? new Decision.Stale()
                : (isAdopted(before, item) ? silent : changes).decide(before, item);
    }

    private boolean isAdopted(@Nullable Known before, Item item) {
        return !adopted.isEmpty() && (before == null || before.isBlank()) && adopted.covers(item);
    }

    private long keyCount() {
        try (Stream<String> keys =
                this.<String>getKeyedStateBackend().getKeys(descriptor.getName(), VoidNamespace.INSTANCE)) {
            return keys.count();
        }
    }

    private KnownCell remember(@Nullable KnownCell cell, Known next) throws java.io.IOException {
        KnownCell kept = cell == null ? new KnownCell(next) : cell;
        kept.become(next);
        known.update(kept);
        return kept;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        DepartureWatch leaving = departures;
        if (leaving != null) {
            boolean isEnd = mark.getTimestamp() == Long.MAX_VALUE;
            leaving.advance(isEnd ? Long.MAX_VALUE : (mark.getTimestamp() + 1) * 1_000, keys);
        }
        super.processWatermark(mark);
        if (forgetting.sweep(mark.getTimestamp(), getKeyedStateBackend(), descriptor) && near != null) {
            near.forget();
        }
    }

    /** Upholds I1. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        committedEnds = log.commit();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (near != null) {
            near.forget();
        }
        List<Tuple2<Integer, Long>> ends = new ArrayList<>();
        committedEnds.forEach((partition, end) -> ends.add(Tuple2.of(partition, end)));
        logEnds.update(ends);
        Configuration job = getContainingTask().getEnvironment().getJobConfiguration();
        shape.snapshot(CheckpointingOptions.isUnalignedCheckpointEnabled(job));
        adopted.snapshot(getRuntimeContext().getTaskInfo());
        forgetting.snapshot();
        counters.snapshot();
        if (departures != null) {
            departures.snapshot();
        }
        watch.reached(LogStep.SNAPSHOT_TAKEN);
    }

    @Override
    public void close() throws Exception {
        if (log != null) {
            log.close();
        }
        super.close();
    }

    /** Upholds I4, one committed change at a time. */
    private void rollForward(int partition, long offset, Change change, int sameness, boolean fromBeginning) {
        FeedShape.checkPlace(change, partition, places.partitionOf(change.key()));
        try {
            setCurrentKey(change.key());
            KnownCell cell = known.value();
            Known before = cell == null ? null : cell.known();
            if (before == null && forgetting.mayCover(change.eventTime())) {
                return; // told and forgotten before the checkpoint
            }
            Compared compared = shape.compared(change, sameness, fromBeginning && before == null);
            RollForward step = RollForward.decide(before, change, compared, fromBeginning);
            if (step instanceof RollForward.Advanced advanced) {
                remember(cell, rules.after(before, advanced.next(), sameness));
                replay.ahead(before, change);
                if (change.op() == Op.GONE) {
                    counters.gone();
                }
            } else if (step instanceof RollForward.Gap gap) {
                FeedShape.checkGap(gap, change, partition, offset, accepted);
                remember(cell, rules.after(before, Known.told(before, change, compared), sameness));
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the state of " + change.key() + " cannot be read", e);
        }
    }

    /** What surveys see of the keys, and do to them. */
    private final class Keys implements DepartureWatch.Owner {

        @Override
        public KeyedStateBackend<String> backend() {
            return getKeyedStateBackend();
        }

        @Override
        public ValueStateDescriptor<KnownCell> known() {
            return descriptor;
        }

        @Override
        public @Nullable Known asOfReading(Known now) throws java.io.IOException {
            return adopted.isEmpty() || rules.isOfPresentKey(now.footing().sameness()) ? replay.then(now) : null;
        }

        @Override
        public boolean goneAgain(long at) throws Exception {
            return replay.goneAgain(at);
        }

        @Override
        public void goneAt(String key, long at, Position occasion) throws Exception {
            KnownCell cell = known.value();
            Known before = cell.known();
            Decision.Told told = changes.gone(before, key, at, occasion);
            if (told != null) {
                remember(cell, told.next());
                tellGone(key, before, told);
            }
        }

        @Override
        public Item read(Item item) {
            return reader.read(item);
        }

        @Override
        public void decide(Item item) throws Exception {
            ChangeOperator.this.decide(item, known.value());
        }
    }
}

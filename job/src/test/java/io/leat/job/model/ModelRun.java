package io.leat.job.model;

import io.leat.core.Change;
import io.leat.core.Changes;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Rules;
import io.leat.core.Ruling;
import io.leat.core.Tally;
import io.leat.core.Verdict;
import io.leat.format.ChangeJson;
import io.leat.format.ScrapeReader;
import io.leat.format.ToldReader;
import io.leat.job.ChangeOperatorFactory;
import io.leat.job.FeedMetrics;
import io.leat.job.log.LogWatch;
import io.leat.job.model.MemoryChangeLog.Variant;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.ChangeLogCheck;
import io.leat.testkit.CheckResult;
import io.leat.testkit.ComparedFields;
import io.leat.testkit.LastWriterWins;
import io.leat.testkit.Shape;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * One random history: scrapes with disorder and repeats in two partitions, commits, checkpoints, crashes whose open
 * transactions may land late, checkpoints that are lost.
 */
final class ModelRun {

    private static final Feed PLAIN = new Feed(
            "model",
            new Feed.Source("model.raw", 2, Map.of()),
            List.of(),
            List.of(new Feed.KeyPart.Field(FieldPath.parse("k"))),
            new Feed.Time(FieldPath.parse("t"), Feed.Time.Format.EPOCH_S, null, Duration.ofDays(1)),
            new Feed.Comparison.Only(List.of(FieldPath.parse("v"))),
            Feed.Log.DEFAULT);

    /**
     * What differs between series of runs.
     *
     * @param variant the part of the design left out
     * @param keysSpread whether scrapes of one key lie in both partitions
     * @param checkpointsLost whether every crash loses all checkpoints
     * @param ruled whether the feed has random rules, and people speak of scrapes
     */
    record Setting(Variant variant, boolean keysSpread, boolean checkpointsLost, boolean ruled) {

        Setting(Variant variant, boolean keysSpread, boolean checkpointsLost) {
            this(variant, keysSpread, checkpointsLost, false);
        }
    }

    /**
     * A record of the raw topic.
     *
     * @param value the scrape
     * @param ruling what a person says of it
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    private record Raw(byte[] value, Ruling ruling) {}

    private static final int SCRAPES = 40;
    private static final int KEYS = 3;
    private static final int PARTITIONS = 2;
    private static final int MOST_STEPS = 5_000;

    private final Setting setting;
    private final RandomGenerator random;
    private final Feed feed;
    private final List<List<Raw>> raw = new ArrayList<>();
    private final MemoryLog log;
    private final List<MemoryChangeLog> zombies = new ArrayList<>();
    private final ScrapeReader reader;
    /** What the job reads with: half of all runs see a scrape before they read it. */
    private final ScrapeReader contract;
    /** Which life of its key a reset means, by where it stands. */
    private final Map<Position, Long> firstSeen = new HashMap<>();

    private final long[] newest = new long[PARTITIONS];
    private Tally tally = Tally.ZERO;
    private Tally foldedTally = Tally.ZERO;

    private @Nullable OperatorSubtaskState checkpoint;
    private int[] checkpointOffsets = new int[PARTITIONS];
    private int[] offsets = new int[PARTITIONS];
    private @Nullable MemoryChangeLog writer;
    private @Nullable KeyedOneInputStreamOperatorTestHarness<String, Item, Void> operator;

    ModelRun(Setting setting, RandomGenerator random) {
        this.setting = setting;
        this.random = random;
        this.feed = setting.ruled() ? RandomRules.of(PLAIN, random, setting.keysSpread()) : PLAIN;
        this.reader = new ScrapeReader(feed);
        this.contract = new ScrapeReader(feed, random.nextBoolean());
        this.log = setting.variant() == Variant.NO_FENCE ? MemoryLog.withoutFences() : new MemoryLog();
        scrape();
        nameLives();
    }

    /** Lives through the history and has its log judged. */
    CheckResult judged(int crashes) throws Exception {
        List<Change> changes = live(crashes);
        LastWriterWins reference = new LastWriterWins(new Shape(
                Shape.Key.fields(List.of("k")),
                Shape.Time.since1970("t", 1_000_000),
                null,
                ComparedFields.only("v"),
                rec -> true));
        raw.forEach(partition -> partition.forEach(each -> reference.add(each.value())));
        ChangeLogCheck check = new ChangeLogCheck(ComparedFields.only("v"));
        for (Change change : changes) {
            check.add(0, ChangeLine.parse(ChangeJson.write(feed.name(), change)));
        }
        return check.against(reference, ChangeLogCheck.Expect.FINAL_VALUES);
    }

    /** What the pure fold counts, where the scrapes of a key lie in one partition. */
    Tally foldedTally() {
        folded();
        return foldedTally;
    }

    /** What the operator counted, once it has lived. */
    Tally tally() {
        return tally;
    }

    private static Tally tally(OperatorStateStore store, long in) throws Exception {
        return new Tally(
                in,
                counter(store, FeedMetrics.CHANGED),
                counter(store, FeedMetrics.UNCHANGED),
                counter(store, FeedMetrics.STALE),
                0,
                0,
                counter(store, FeedMetrics.SEEDED),
                counter(store, FeedMetrics.UNSETTLED),
                counter(store, FeedMetrics.HELD));
    }

    private static long counter(OperatorStateStore store, String name) throws Exception {
        long sum = 0;
        for (long part : store.getListState(new ListStateDescriptor<>(name, LongSerializer.INSTANCE))
                .get()) {
            sum += part;
        }
        return sum;
    }

    /** What the pure fold tells, where the scrapes of a key lie in one partition. */
    List<Change> folded() {
        foldedTally = Tally.ZERO;
        Changes changes = new Changes(feed, "model");
        Map<String, Known> known = new HashMap<>();
        List<Change> told = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int offset = 0; offset < raw.get(partition).size(); offset++) {
                Item item = item(partition, offset);
                Decision decision = changes.decide(known.get(item.key()), item);
                if (decision instanceof Decision.Told tale) {
                    told.add(tale.change());
                }
                if (item.ruling() == Ruling.NONE) {
                    foldedTally = foldedTally.plus(Tally.of(decision));
                }
                Known next = decision.next();
                if (next != null) {
                    known.put(item.key(), next);
                }
            }
        }
        return told;
    }

    /** What is wrong with a log of this feed in itself; empty if nothing is. */
    String broken(List<Change> changes) {
        return new RuledChain(new ToldReader(feed), feed.rules().firstSeen() == Rules.FirstSeen.SEED).broken(changes);
    }

    /** Lives through the history and returns the committed log. */
    List<Change> live(int crashes) throws Exception {
        start();
        int left = crashes;
        for (int step = 0; step < MOST_STEPS; step++) {
            double chance = random.nextDouble();
            landZombie();
            boolean input = hasInput();
            if (chance < .70 && input) {
                process();
            } else if (chance < .80) {
                writer().commitOpen();
            } else if (chance < .86) {
                takeCheckpoint();
            } else if (chance < .93 && left > 0) {
                left--;
                crash();
            } else if (!input) {
                writer().commitOpen();
                break;
            }
        }
        zombies.forEach(MemoryChangeLog::commitOpen);
        operator().prepareSnapshotPreBarrier(2);
        operator().snapshot(2, 0);
        AbstractStreamOperator<Void> last =
                (AbstractStreamOperator<Void>) operator().getOperator();
        tally = tally(last.getOperatorStateBackend(), foldedTally().in());
        operator().close();
        return log.committed;
    }

    private void scrape() {
        for (int i = 0; i < PARTITIONS; i++) {
            raw.add(new ArrayList<>());
        }
        int clock = 1_000;
        for (int i = 0; i < SCRAPES; i++) {
            int key = random.nextInt(KEYS);
            clock += random.nextInt(3);
            int late = random.nextInt(5);
            int time = clock - (late == 3 ? 1 : late == 4 ? 4 : 0);
            byte[] scrape = "{\"k\":\"k%d\",\"t\":%d,\"v\":%d}"
                    .formatted(key, time, random.nextInt(setting.ruled() ? 9 : 3))
                    .getBytes(StandardCharsets.UTF_8);
            raw.get(partition(key)).add(new Raw(scrape, Ruling.NONE));
            if (random.nextDouble() < .15) {
                raw.get(partition(key)).add(new Raw(scrape, Ruling.NONE));
            }
            if (setting.ruled() && random.nextDouble() < .3) {
                raw.get(partition(key)).add(new Raw(scrape, ruling()));
            }
            if (setting.ruled() && random.nextInt(12) == 0) {
                clock += 20; // long enough for keys to be forgotten
            }
        }
    }

    /** A reset counts in one partition only, so it needs keys that lie in one. */
    private Ruling ruling() {
        return switch (random.nextInt(4)) {
            case 0 -> Ruling.REJECT;
            case 1 -> setting.keysSpread() ? Ruling.RELEASE : Ruling.RESET;
            default -> Ruling.RELEASE;
        };
    }

    private int partition(int key) {
        return setting.keysSpread() ? random.nextInt(PARTITIONS) : key % PARTITIONS;
    }

    private void start() throws Exception {
        ChangeOperatorFactory factory = new ChangeOperatorFactory(
                feed,
                "model",
                1,
                (partitions, owner) -> writer = new MemoryChangeLog(log, setting.variant(), this::landAll),
                Set.of(),
                LogWatch.NONE);
        operator = new KeyedOneInputStreamOperatorTestHarness<>(factory, Item::key, Types.STRING, 4, 1, 0);
        operator.setup();
        if (checkpoint != null) {
            operator.initializeState(checkpoint);
        } else {
            operator.initializeEmptyState();
        }
        operator.open();
    }

    private void process() throws Exception {
        int partition;
        do {
            partition = random.nextInt(PARTITIONS);
        } while (offsets[partition] >= raw.get(partition).size());
        Item item = item(contract, partition, offsets[partition]++);
        operator().processElement(item, 0);
        newest[partition] = Math.max(newest[partition], item.eventTime() / 1_000);
        long watermark = Arrays.stream(newest).min().orElseThrow();
        if (setting.ruled() && watermark > 0) {
            operator().processWatermark(watermark);
        }
    }

    private Item item(int partition, int offset) {
        return item(reader, partition, offset);
    }

    private Item item(ScrapeReader by, int partition, int offset) {
        Raw each = raw.get(partition).get(offset);
        Verdict verdict = by.read(each.value(), Long.MAX_VALUE / 2, new Position("model.raw", partition, offset));
        Item item = ((Verdict.Kept) verdict).item().with(each.ruling());
        return each.ruling() == Ruling.RESET ? resetOf(item, firstSeen.getOrDefault(item.source(), 0L)) : item;
    }

    private static Item resetOf(Item item, long life) {
        return new Item(
                item.key(),
                item.eventTime(),
                life,
                item.compared(),
                item.body(),
                item.source(),
                item.contract(),
                item.scraped(),
                Ruling.RESET);
    }

    /** A person resets what was told: the life of the key that the fold knows at that place. */
    private void nameLives() {
        Changes changes = new Changes(feed, "model");
        Map<String, Known> known = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int offset = 0; offset < raw.get(partition).size(); offset++) {
                Item item = item(partition, offset);
                Known before = known.get(item.key());
                if (item.ruling() == Ruling.RESET && before != null) {
                    firstSeen.put(item.source(), before.firstSeen());
                    item = item(partition, offset);
                }
                Known next = changes.decide(before, item).next();
                if (next != null) {
                    known.put(item.key(), next);
                }
            }
        }
    }

    private void takeCheckpoint() throws Exception {
        operator().prepareSnapshotPreBarrier(1);
        checkpoint = operator().snapshot(1, 0);
        checkpointOffsets = offsets.clone();
    }

    private void crash() throws Exception {
        MemoryChangeLog old = writer();
        if (old.hasUncommitted() && random.nextBoolean()) {
            zombies.add(old);
        }
        operator().close();
        if (setting.checkpointsLost()) {
            checkpoint = null;
            checkpointOffsets = new int[PARTITIONS];
        }
        offsets = checkpointOffsets.clone();
        Arrays.fill(newest, 0);
        start();
    }

    private void landZombie() {
        if (!zombies.isEmpty() && random.nextDouble() < .3) {
            zombies.remove(zombies.size() - 1).commitOpen();
        }
    }

    private void landAll() {
        zombies.forEach(MemoryChangeLog::commitOpen);
        zombies.clear();
    }

    private boolean hasInput() {
        for (int i = 0; i < PARTITIONS; i++) {
            if (offsets[i] < raw.get(i).size()) {
                return true;
            }
        }
        return false;
    }

    private MemoryChangeLog writer() {
        return java.util.Objects.requireNonNull(writer);
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Item, Void> operator() {
        return java.util.Objects.requireNonNull(operator);
    }
}

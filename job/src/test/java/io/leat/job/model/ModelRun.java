package io.leat.job.model;

import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.format.ChangeJson;
import io.leat.format.ScrapeReader;
import io.leat.job.ChangeOperatorFactory;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * One random history: scrapes with disorder and repeats in two partitions, commits, checkpoints, crashes whose open
 * transactions may land late, checkpoints that are lost.
 */
final class ModelRun {

    static final Feed FEED = new Feed(
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
     */
    record Setting(Variant variant, boolean keysSpread, boolean checkpointsLost) {}

    private static final int SCRAPES = 40;
    private static final int KEYS = 3;
    private static final int PARTITIONS = 2;
    private static final int MOST_STEPS = 5_000;

    private final Setting setting;
    private final RandomGenerator random;
    private final List<List<byte[]>> raw = new ArrayList<>();
    private final MemoryLog log;
    private final List<MemoryChangeLog> zombies = new ArrayList<>();
    private final ScrapeReader reader = new ScrapeReader(FEED);

    private @Nullable OperatorSubtaskState checkpoint;
    private int[] checkpointOffsets = new int[PARTITIONS];
    private int[] offsets = new int[PARTITIONS];
    private @Nullable MemoryChangeLog writer;
    private @Nullable KeyedOneInputStreamOperatorTestHarness<String, Item, Void> operator;

    ModelRun(Setting setting, RandomGenerator random) {
        this.setting = setting;
        this.random = random;
        this.log = setting.variant() == Variant.NO_FENCE ? MemoryLog.withoutFences() : new MemoryLog();
        scrape();
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
        raw.forEach(partition -> partition.forEach(reference::add));
        ChangeLogCheck check = new ChangeLogCheck(ComparedFields.only("v"));
        for (Change change : changes) {
            check.add(0, ChangeLine.parse(ChangeJson.write(FEED.name(), change)));
        }
        return check.against(reference, ChangeLogCheck.Expect.FINAL_VALUES);
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
                    .formatted(key, time, random.nextInt(3))
                    .getBytes(StandardCharsets.UTF_8);
            raw.get(partition(key)).add(scrape);
            if (random.nextDouble() < .15) {
                raw.get(partition(key)).add(scrape);
            }
        }
    }

    private int partition(int key) {
        return setting.keysSpread() ? random.nextInt(PARTITIONS) : key % PARTITIONS;
    }

    private void start() throws Exception {
        ChangeOperatorFactory factory = new ChangeOperatorFactory(
                FEED,
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
        int offset = offsets[partition]++;
        Verdict verdict = reader.read(
                raw.get(partition).get(offset), Long.MAX_VALUE / 2, new Position("model.raw", partition, offset));
        operator().processElement(((Verdict.Kept) verdict).item(), 0);
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

package io.leat.job.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.format.ScrapeReader;
import io.leat.job.ChangeOperatorFactory;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.LogWatch;
import io.leat.job.wire.KnownCell;
import io.leat.job.wire.KnownSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot is written while the job goes on: it holds what was known when it began, whatever has been seen since. */
class SnapshotsOfRepeatsTest {

    private static final int SCRAPES = 20_000;
    private static final int KEYS = 50;
    private static final long SEED = Long.getLong("leat.seed", 20_261_126);

    private static final Feed FEED = new Feed(
            "shop",
            new Feed.Source("shop.raw", 1, Map.of()),
            List.of(),
            List.of(new Feed.KeyPart.Field(FieldPath.parse("k"))),
            new Feed.Time(FieldPath.parse("t"), Feed.Time.Format.EPOCH_S, null, Duration.ofDays(1)),
            new Feed.Comparison.Only(List.of(FieldPath.parse("v"))),
            Feed.Log.DEFAULT);

    @TempDir
    private Path directory;

    /** A log that forgets. */
    private static final class NoLog implements ChangeLog {
        @Override
        public void takeOver(Map<Integer, Long> from, Tail tail) {}

        @Override
        public void readAll(Everything each) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void append(int partition, Change change, long takenMillis) {}

        @Override
        public void append(int partition, HeldNote note) {}

        @Override
        public Map<Integer, Long> commit() {
            return Map.of();
        }

        @Override
        public void close() {}
    }

    /** A snapshot that has begun and is not written yet. */
    private record Begun(OperatorSnapshotFutures parts, Map<String, Known> known) {}

    @Test
    void whatIsSeenWhileASnapshotIsWrittenIsNotInIt() throws Exception {
        RandomGenerator random = new SplittableRandom(SEED);
        ScrapeReader sighting = new ScrapeReader(FEED, true);
        List<Begun> begun = new ArrayList<>();
        int compared = 0;
        try (var operator = operator(null)) {
            for (int i = 0; i < SCRAPES; i++) {
                operator.processElement(item(sighting, random, i), 0);
                if (random.nextInt(300) == 0) {
                    Map<String, Known> known = known(operator);
                    begun.add(new Begun(begin(operator, i), known));
                }
                if (begun.size() == 1 + random.nextInt(3)) {
                    compared += begun.size();
                    for (Begun each : begun) {
                        assertThat(restored(OperatorSnapshotFinalizer.create(each.parts())
                                        .getJobManagerOwnedState()))
                                .as("seed %d, after scrape %d", SEED, i)
                                .isEqualTo(each.known());
                    }
                    begun.clear();
                }
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    private Map<String, Known> restored(OperatorSubtaskState state) throws Exception {
        try (var operator = operator(state)) {
            return known(operator);
        }
    }

    private static Item item(ScrapeReader reader, RandomGenerator random, int at) {
        byte[] scrape = "{\"k\":%d,\"t\":%d,\"v\":%d}"
                .formatted(random.nextInt(KEYS), 1_000 + at / 3, random.nextInt(100) == 0 ? 1 : 0)
                .getBytes(StandardCharsets.UTF_8);
        return ((Verdict.Kept) reader.read(scrape, Long.MAX_VALUE / 2, new Position("shop.raw", 0, at))).item();
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Item, Void> operator(
            @org.jspecify.annotations.Nullable OperatorSubtaskState state) throws Exception {
        ChangeOperatorFactory factory =
                new ChangeOperatorFactory(FEED, "", 1, (partitions, owner) -> new NoLog(), Set.of(), LogWatch.NONE);
        var operator = new KeyedOneInputStreamOperatorTestHarness<>(factory, Item::key, Types.STRING, 4, 1, 0);
        operator.setCheckpointStorage(new FileSystemCheckpointStorage(directory.toUri()));
        operator.setup();
        if (state == null) {
            operator.initializeEmptyState();
        } else {
            operator.initializeState(state);
        }
        operator.open();
        return operator;
    }

    private static OperatorSnapshotFutures begin(
            KeyedOneInputStreamOperatorTestHarness<String, Item, Void> operator, long id) throws Exception {
        var storage = operator.getEnvironment().getCheckpointStorageAccess();
        CheckpointOptions options = CheckpointOptions.forCheckpointWithDefaultLocation();
        operator.prepareSnapshotPreBarrier(id);
        return operator.getOperator()
                .snapshotState(
                        id, 0, options, storage.resolveCheckpointStorageLocation(id, options.getTargetLocation()));
    }

    private static Map<String, Known> known(KeyedOneInputStreamOperatorTestHarness<String, Item, Void> operator)
            throws Exception {
        Map<String, Known> all = new HashMap<>();
        KeyedStateBackend<String> keys = ((AbstractStreamOperator<Void>) operator.getOperator()).getKeyedStateBackend();
        keys.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                new ValueStateDescriptor<KnownCell>("known", new KnownSerializer()),
                (key, state) -> all.put(key, state.value().known()));
        return all;
    }
}

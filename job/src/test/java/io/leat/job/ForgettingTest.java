package io.leat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Rules;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.LogWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys come, are seen again and stay away: with {@code expire_after} their memory is freed, and none is told again.
 * {@code -Dleat.expiry.keys=5000000} for a large run.
 */
class ForgettingTest {

    private static final int KEYS = Integer.getInteger("leat.expiry.keys", 60_000);
    /** How many keys later a key is seen for the second and last time. */
    private static final int AGAIN = KEYS / 50;

    private static final int EXPIRE_AFTER = 2 * AGAIN;
    private static final Compared ONE = new Compared(List.of("price"), List.of("1"));

    @TempDir
    private Path dir;

    /** Counts what is told. */
    private record CountingLog(AtomicLong told) implements ChangeLog {
        @Override
        public void takeOver(Map<Integer, Long> from, Tail tail) {}

        @Override
        public void readAll(Everything each) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void append(int partition, Change change, long takenMillis) {
            told.incrementAndGet();
        }

        @Override
        public void append(int partition, HeldNote note) {}

        @Override
        public Map<Integer, Long> commit() {
            return Map.of(0, told.get());
        }

        @Override
        public void close() {}
    }

    @Test
    void theStateStaysFlatAndNothingIsToldTwice() throws Exception {
        AtomicLong told = new AtomicLong();
        List<Integer> peaks = new ArrayList<>();
        List<Long> bytes = new ArrayList<>();
        try (var operator = operator(told)) {
            operator.setCheckpointStorage(new FileSystemCheckpointStorage(dir.toUri()));
            operator.open();
            int peak = 0;
            for (int i = 0; i < KEYS; i++) {
                see(operator, i, i);
                if (i >= AGAIN) {
                    see(operator, i - AGAIN, i);
                }
                if (i % 100 == 0) {
                    peak = Math.max(peak, operator.numKeyedStateEntries());
                    operator.processWatermark(i);
                }
                if (i % EXPIRE_AFTER == EXPIRE_AFTER - 1) {
                    peaks.add(peak);
                    peak = 0;
                    OperatorSubtaskState saved = operator.snapshot(peaks.size(), i);
                    bytes.add(saved.getStateSize());
                    saved.discardState();
                }
            }
            System.out.printf(
                    "keys=%d expire_after=%d keys told=%d most keys held per span: %s; bytes of state at its end: %s%n",
                    KEYS, EXPIRE_AFTER, told.get(), peaks, bytes);
            assertThat(told.get()).isEqualTo(KEYS);
            assertFlat(peaks.stream().map(Integer::longValue).toList());
            assertFlat(bytes);

            see(operator, 0, EXPIRE_AFTER);
            assertThat(told.get()).as("a late repeat of a key that was freed").isEqualTo(KEYS);
            see(operator, 0, KEYS);
            assertThat(told.get()).as("a key that returns").isEqualTo(KEYS + 1);
        }
    }

    /** Whatever its key was, it begins a new life: told, however far event time has gone on. */
    @Test
    void anOldScrapeOfAnUnknownKeyIsToldUnlessItsKeyMayHaveBeenFreed() throws Exception {
        AtomicLong told = new AtomicLong();
        int seen = 1_000;
        try (var operator = operator(told)) {
            operator.open();
            see(operator, 1, seen);
            for (int at = seen; at < 10 * EXPIRE_AFTER; at += EXPIRE_AFTER / 4) {
                see(operator, 2, at);
                operator.processWatermark(at);
            }
            long before = told.get();
            see(operator, 3, seen + EXPIRE_AFTER + 1);
            assertThat(told.get()).as("nobody who was freed would be alive").isEqualTo(before + 1);
            see(operator, 1, seen);
            see(operator, 4, seen + EXPIRE_AFTER);
            assertThat(told.get()).as("it may have been told before").isEqualTo(before + 1);
        }
    }

    /** Within a tenth, once the first keys are old enough to be freed. */
    private static void assertFlat(List<Long> spans) {
        List<Long> settled = spans.subList(5, spans.size());
        assertThat(settled).hasSizeGreaterThan(10);
        long least = settled.stream().min(Long::compare).orElseThrow();
        assertThat(settled).allSatisfy(each -> assertThat(each).isBetween(least, least + least / 10));
    }

    private static void see(KeyedOneInputStreamOperatorTestHarness<String, Item, Void> operator, int key, long atMillis)
            throws Exception {
        operator.processElement(
                new Item(
                        "[" + key + "]",
                        atMillis * 1_000,
                        0,
                        ONE,
                        "{\"price\":1}",
                        new Position("raw", 0, atMillis),
                        ""),
                atMillis);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Item, Void> operator(AtomicLong told)
            throws Exception {
        Feed feed = new Feed(
                "expiry",
                new Feed.Source("expiry.raw", 1, Map.of()),
                List.of(),
                List.of(new Feed.KeyPart.Field(FieldPath.parse("sku"))),
                new Feed.Time(FieldPath.parse("at"), Feed.Time.Format.EPOCH_MS, null, Duration.ofDays(1)),
                new Feed.Comparison.Only(List.of(FieldPath.parse("price"))),
                new Rules(
                        Map.of(),
                        Map.of(),
                        Set.of(),
                        Map.of(),
                        Rules.DEFAULT_CONFIRM_WITHIN,
                        Rules.FirstSeen.EMIT,
                        Duration.ofMillis(EXPIRE_AFTER)),
                Feed.Log.DEFAULT);
        ChangeOperatorFactory factory = new ChangeOperatorFactory(
                feed, "topic", 1, (partitions, owner) -> new CountingLog(told), Set.of(), LogWatch.NONE);
        return new KeyedOneInputStreamOperatorTestHarness<>(factory, Item::key, Types.STRING, 4, 1, 0);
    }
}

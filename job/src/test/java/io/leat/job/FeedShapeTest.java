package io.leat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.Change;
import io.leat.core.Evidence;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Limits;
import io.leat.core.Op;
import io.leat.core.Order;
import io.leat.core.Position;
import io.leat.core.Rules;
import io.leat.core.Sameness;
import io.leat.core.Verdict;
import io.leat.format.ScrapeReader;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.LogWatch;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a feed file and a change log must share with what was there before. */
class FeedShapeTest {

    /** A key that is not seen for ten seconds is gone. */
    static final Rules GONE = new Rules(
            Map.of(),
            Map.of(),
            Set.of(),
            Map.of(),
            Rules.DEFAULT_CONFIRM_WITHIN,
            Rules.FirstSeen.EMIT,
            null,
            new Rules.Gone(Duration.ofSeconds(10), -1, BigDecimal.ZERO, null),
            Map.of());

    private static final Rules HOLDS = new Rules(
            Map.of(),
            Map.of(),
            Set.of(),
            Map.of(
                    FieldPath.parse("v"),
                    new Rules.Plausible(new BigDecimal("0.2"), new BigDecimal(5), null, null, false)),
            Rules.DEFAULT_CONFIRM_WITHIN,
            Rules.FirstSeen.EMIT,
            null);

    private final List<Change> changes = new ArrayList<>();
    private final List<HeldNote> notes = new ArrayList<>();
    private Set<Refusal.Code> accepted = Set.of();
    private int rules = Sameness.UNMARKED;

    /** Keeps what is written; hands over what it is made with. */
    private final class KeepingLog implements ChangeLog {
        private final List<Change> told;
        private final int partitions;

        KeepingLog(List<Change> told, int partitions) {
            this.told = told;
            this.partitions = partitions;
        }

        @Override
        public void takeOver(Map<Integer, Long> from, Tail tail) {
            for (int offset = 0; offset < told.size(); offset++) {
                tail.told(0, offset, told.get(offset), rules, from.isEmpty());
            }
        }

        @Override
        public void readAll(Everything each) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void append(int partition, Change change, long takenMillis) {
            changes.add(change);
        }

        @Override
        public void append(int partition, HeldNote note) {
            notes.add(note);
        }

        @Override
        public Map<Integer, Long> commit() {
            Map<Integer, Long> ends = new java.util.HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(partition, 0L);
            }
            return ends;
        }

        @Override
        public void close() {}
    }

    @Test
    void aChangeLogWhosePartitionsWereExpandedByHandIsRefused() throws Exception {
        OperatorSubtaskState saved;
        try (var operator = started(feed(Rules.NONE, "a"), 1, List.of(), null)) {
            saved = snapshot(operator);
        }

        assertThatThrownBy(() -> started(feed(Rules.NONE, "a"), 2, List.of(), saved))
                .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(Refusal.Code.LOG_PARTITIONS));
    }

    @Test
    void aChangeInAnotherPartitionThanItsKeysIsRefusedWithoutACheckpointToo() {
        assertThatThrownBy(() -> FeedShape.checkPlace(told("[1]", "{}"), 0, 1))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(Refusal.Code.LOG_PARTITIONS));
    }

    @Test
    void anotherKeyIsRefusedBeforeTheFirstCheckpointToo() throws Exception {
        List<Change> log = List.of(told("[1,2]", "{\"a\":1,\"b\":2,\"t\":1,\"v\":1}"));

        started(feed(Rules.NONE, "a", "b"), 1, log, null).close();
        assertThatThrownBy(() -> started(feed(Rules.NONE, "b", "a"), 1, log, null))
                .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(Refusal.Code.KEY_CHANGED));
    }

    @Test
    void whatIsHeldEndsWhenTheFeedFileNoLongerSaysHold() throws Exception {
        OperatorSubtaskState saved;
        try (var operator = started(feed(HOLDS, "a"), 1, List.of(), null)) {
            operator.processElement(item(1, 10), 0);
            operator.processElement(item(2, 1_000), 0);
            saved = snapshot(operator);
        }
        assertThat(notes).extracting(HeldNote::status).containsExactly(HeldNote.Status.WAITING);

        try (var operator = started(feed(Rules.NONE, "a"), 1, List.of(), saved)) {
            saved = snapshot(operator);
        }
        started(feed(Rules.NONE, "a"), 1, List.of(), saved).close();

        assertThat(notes)
                .extracting(HeldNote::status)
                .containsExactly(HeldNote.Status.WAITING, HeldNote.Status.EXPIRED);
    }

    @Test
    void whatIsHeldEndsWhenItsKeyIsGone() throws Exception {
        Rules gone = new Rules(
                Map.of(),
                Map.of(),
                Set.of(),
                HOLDS.hold(),
                Rules.DEFAULT_CONFIRM_WITHIN,
                Rules.FirstSeen.EMIT,
                null,
                new Rules.Gone(Duration.ofSeconds(10), -1, BigDecimal.ZERO, null),
                Map.of());
        try (var operator = started(feed(gone, "a"), 1, List.of(), null)) {
            operator.processElement(item(1, 10), 0);
            operator.processElement(item(2, 1_000), 0);
            for (int second = 3; second < 60; second++) {
                operator.processElement(item(second, "{\"a\":2,\"t\":%d,\"v\":5}".formatted(second)), 0);
                operator.processWatermark(Duration.ofSeconds(second).toMillis());
            }
        }

        assertThat(changes).extracting(Change::op).contains(Op.GONE);
        assertThat(notes)
                .extracting(HeldNote::status)
                .containsExactly(HeldNote.Status.WAITING, HeldNote.Status.EXPIRED);
    }

    @Test
    void whatWaitsForASurveyIsDecidedWhenTheFeedFileNoLongerSaysGone() throws Exception {
        OperatorSubtaskState saved;
        try (var operator = started(feed(GONE, "a"), 1, List.of(), null)) {
            operator.processElement(item(1, 10), 0);
            operator.processWatermark(Duration.ofSeconds(1).toMillis());
            operator.processElement(item(50, 20), 0);
            saved = snapshot(operator);
        }
        assertThat(changes).hasSize(1);

        try (var operator = started(feed(Rules.NONE, "a"), 1, List.of(), saved)) {
            assertThat(changes).hasSize(2).last().extracting(Change::op).isEqualTo(Op.UPDATE);
            saved = snapshot(operator);
        }
        started(feed(Rules.NONE, "a"), 1, List.of(), saved).close();
        assertThat(changes).hasSize(2);
    }

    @Test
    void whoMayWaitForOrderIsNotDroppedWithItUnlessAPersonSaysSo() throws Exception {
        Feed ordered = feed(
                Rules.NONE,
                new Order(new Order.Bound.Fixed(Duration.ofHours(1)), Order.Late.TELL, Order.DEFAULT.idleAfter()),
                "a");
        OperatorSubtaskState saved;
        try (var operator = started(ordered, 1, List.of(), null)) {
            saved = snapshot(operator);
        }
        started(ordered, 1, List.of(), saved).close();

        assertThatThrownBy(() -> started(feed(Rules.NONE, "a"), 1, List.of(), saved))
                .satisfies(thrown -> assertThat(Refusal.in(thrown))
                        .extracting(refusal -> refusal.code().label())
                        .isEqualTo("LEAT-321"));

        accepted = Set.of(Refusal.Code.ORDER_REMOVED);
        started(feed(Rules.NONE, "a"), 1, List.of(), saved).close();
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Item, Void> started(
            Feed feed, int logPartitions, List<Change> told, @Nullable OperatorSubtaskState saved) throws Exception {
        ChangeOperatorFactory factory = new ChangeOperatorFactory(
                feed,
                "topic",
                logPartitions,
                (partitions, owner) -> new KeepingLog(told, partitions.size()),
                accepted,
                LogWatch.NONE);
        var operator = new KeyedOneInputStreamOperatorTestHarness<>(factory, Item::key, Types.STRING, 4, 1, 0);
        operator.setup();
        if (saved == null) {
            operator.initializeEmptyState();
        } else {
            operator.initializeState(saved);
        }
        operator.open();
        return operator;
    }

    private static OperatorSubtaskState snapshot(KeyedOneInputStreamOperatorTestHarness<String, Item, Void> operator)
            throws Exception {
        operator.prepareSnapshotPreBarrier(1);
        return operator.snapshot(1, 0);
    }

    private static Refusal.@Nullable Code code(Throwable thrown) {
        Refusal refusal = Refusal.in(thrown);
        return refusal == null ? null : refusal.code();
    }

    private static Item item(int second, int value) {
        return item(second, "{\"a\":1,\"t\":%d,\"v\":%d}".formatted(second, value));
    }

    private static Item item(int second, String scrape) {
        Verdict verdict = new ScrapeReader(feed(Rules.NONE, "a"))
                .read(scrape.getBytes(StandardCharsets.UTF_8), Long.MAX_VALUE / 2, new Position("f.raw", 0, second));
        return ((Verdict.Kept) verdict).item();
    }

    private static Change told(String key, String after) {
        return new Change(
                "id",
                key,
                1,
                Op.NEW,
                List.of(),
                null,
                after,
                1_000_000,
                0,
                new Position("f.raw", 0, 0),
                "",
                "",
                new Evidence(0, 1_000_000, Evidence.UNKNOWN));
    }

    private static Feed feed(Rules rules, String... key) {
        return feed(rules, Order.DEFAULT, key);
    }

    private static Feed feed(Rules rules, Order order, String... key) {
        return new Feed(
                "f",
                new Feed.Source("f.raw", 1, Map.of()),
                List.of(),
                List.of(key).stream()
                        .<Feed.KeyPart>map(name -> new Feed.KeyPart.Field(FieldPath.parse(name)))
                        .toList(),
                new Feed.Time(FieldPath.parse("t"), Feed.Time.Format.EPOCH_S, null, Duration.ofDays(1), order),
                new Feed.Comparison.Only(List.of(FieldPath.parse("v"))),
                rules,
                Feed.Log.DEFAULT,
                Limits.DEFAULT,
                List.of(),
                Feed.State.MEMORY,
                List.of(),
                null);
    }
}

package io.leat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Compared;
import io.leat.core.Disorder;
import io.leat.core.Item;
import io.leat.core.Order;
import io.leat.core.Position;
import io.leat.core.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderOperatorTest {

    private static final Order.Bound SOME = new Order.Bound.Fixed(Duration.ofMillis(200));

    private static KeyedOneInputStreamOperatorTestHarness<String, Item, Item> harness(
            Order.Bound bound, Order.Late late) throws Exception {
        return harness(bound, late, Duration.ofDays(1));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Item, Item> harness(
            Order.Bound bound, Order.Late late, @Nullable Duration expireAfter) throws Exception {
        Order order = new Order(bound, late, Duration.ofSeconds(1));
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new OrderOperatorFactory(order, order.memory(expireAfter)), Item::key, Types.STRING, 128, 1, 0);
    }

    private static Item item(String key, long eventTime) {
        return new Item(
                key, eventTime, 0, new Compared(List.of(), List.of()), "{}", new Position("raw", 0, eventTime), "");
    }

    private static List<Long> out(KeyedOneInputStreamOperatorTestHarness<String, Item, Item> operator) {
        List<Long> times = new ArrayList<>();
        operator.extractOutputValues().forEach(item -> times.add(item.eventTime()));
        return times;
    }

    @Test
    void aKeyThatFallsSilentIsToldWithinItsBoundWhateverOtherKeysDo() throws Exception {
        try (var operator = harness(SOME, Order.Late.TELL)) {
            operator.open();
            operator.setProcessingTime(1_000);
            operator.processElement(item("a", 30), 1_000);
            operator.setProcessingTime(1_100);
            operator.processElement(item("a", 20), 1_100);
            operator.setProcessingTime(1_199);
            assertThat(out(operator)).isEmpty();
            operator.setProcessingTime(1_200);
            assertThat(out(operator)).containsExactly(20L, 30L);
            assertThat(operator.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void whoWaitsSurvivesACrash() throws Exception {
        OperatorSubtaskState saved;
        try (var before = harness(SOME, Order.Late.DROP)) {
            before.open();
            before.setProcessingTime(1_000);
            before.processElement(item("a", 30), 1_000);
            before.processElement(item("a", 20), 1_001);
            saved = before.snapshot(1, 1_001);
        }
        try (var after = harness(SOME, Order.Late.DROP)) {
            after.initializeState(saved);
            after.open();
            after.setProcessingTime(5_000);
            assertThat(out(after)).containsExactly(20L, 30L);
            after.processElement(item("a", 29), 5_000);
            after.setProcessingTime(6_000);
            assertThat(out(after)).containsExactly(20L, 30L);
        }
    }

    @ParameterizedTest
    @EnumSource(Order.Late.class)
    void whatIsLateGoesWhereItIsAskedTo(Order.Late late) throws Exception {
        try (var operator = harness(new Order.Bound.Fixed(Duration.ZERO), late)) {
            operator.open();
            operator.processElement(item("a", 30), 1_000);
            operator.processElement(item("a", 20), 1_001);
            operator.processElement(item("b", 10), 1_002);
            var aside = operator.getSideOutput(OrderOperator.LATE);
            assertThat(out(operator)).isEqualTo(late == Order.Late.TELL ? List.of(30L, 20L, 10L) : List.of(30L, 10L));
            assertThat(
                            aside == null
                                    ? List.of()
                                    : aside.stream().map(StreamRecord::getValue).toList())
                    .isEqualTo(late == Order.Late.DEAD_LETTER ? List.of(item("a", 20)) : List.of());
        }
    }

    @Test
    void aLearnedBoundIsThatOfTheSource() throws Exception {
        OperatorSubtaskState saved;
        try (var operator = harness(new Order.Bound.Learned(), Order.Late.TELL)) {
            operator.open();
            long now = 0;
            for (int i = 0; i < 4_000; i++) {
                now += 1_000;
                operator.setProcessingTime(now);
                operator.processElement(item("[\"calm\",\"x\"]", now), now);
                operator.processElement(item("[\"wild\",\"x\"]", now), now);
                operator.setProcessingTime(now + 100);
                operator.processElement(item("[\"wild\",\"x\"]", now - 50), now + 100);
            }
            saved = operator.snapshot(1, now);
        }
        try (var operator = harness(new Order.Bound.Learned(), Order.Late.TELL)) {
            operator.initializeState(saved);
            operator.open();
            long now = 10_000_000;
            operator.setProcessingTime(now);
            int before = operator.getOutput().size();
            operator.processElement(item("[\"calm\",\"y\"]", now), now);
            assertThat(operator.getOutput()).hasSize(before + 1);
            operator.processElement(item("[\"wild\",\"y\"]", now), now);
            operator.setProcessingTime(now + 100);
            assertThat(operator.getOutput()).hasSize(before + 1);
            operator.setProcessingTime(now + 130);
            assertThat(operator.getOutput()).hasSize(before + 2);
            operator.processElement(item("[\"stranger\",\"y\"]", now), now);
            operator.setProcessingTime(now + 130 + Disorder.FIRST_BOUND - 1);
            assertThat(operator.getOutput()).hasSize(before + 2);
        }
    }

    private static Item reset(String key, long offset) {
        return new Item(key, 0, 0, Compared.NOTHING, "", new Position("raw", 0, offset), "").with(Ruling.RESET);
    }

    private static Item at(String key, long eventTime, int partition, long offset) {
        return new Item(
                key,
                eventTime,
                0,
                new Compared(List.of(), List.of()),
                "{}",
                new Position("raw", partition, offset),
                "");
    }

    private static List<Long> marks(KeyedOneInputStreamOperatorTestHarness<String, Item, Item> operator) {
        List<Long> marks = new ArrayList<>();
        for (Object each : operator.getOutput()) {
            if (each instanceof Watermark mark) {
                marks.add(mark.getTimestamp());
            }
        }
        return marks;
    }

    @ParameterizedTest
    @EnumSource(Order.Late.class)
    void afterAResetTheNextScrapeOfTheKeyIsNotLate(Order.Late late) throws Exception {
        try (var operator = harness(SOME, late)) {
            operator.open();
            operator.setProcessingTime(1_000);
            operator.processElement(at("a", 5_000, 0, 1), 1_000);
            operator.setProcessingTime(2_000);
            operator.processElement(at("a", 6_000, 0, 2), 2_000);
            operator.processElement(reset("a", 3), 2_100);
            operator.processElement(at("a", 40, 0, 4), 2_150);
            operator.setProcessingTime(3_000);
            assertThat(operator.extractOutputValues())
                    .containsExactly(at("a", 5_000, 0, 1), reset("a", 3), at("a", 6_000, 0, 2), at("a", 40, 0, 4));
        }
    }

    @Test
    void theMemoryOfKeysThatStayAwayIsFreedOnceEventTimeIsADayBeyondThem() throws Exception {
        for (Order.Bound bound : List.of(SOME, new Order.Bound.Learned())) {
            try (var operator = harness(bound, Order.Late.DROP)) {
                operator.open();
                long day = Duration.ofDays(1).toMillis();
                int most = 0;
                for (int key = 0; key < 2_000; key++) {
                    long now = key * day / 100;
                    operator.setProcessingTime(now);
                    operator.processElement(at("k" + key, now * 1_000, 0, key), now);
                    if (key % 10 == 0) {
                        operator.processWatermark(now);
                        most = Math.max(most, operator.numKeyedStateEntries());
                    }
                }
                assertThat(most).as("keys of two days").isBetween(150, 250);
            }
        }
    }

    @Test
    void whatIsLateIsKnownAsLongAsTheKeyIs() throws Exception {
        try (var operator = harness(new Order.Bound.Fixed(Duration.ZERO), Order.Late.DROP, null)) {
            operator.open();
            long month = Duration.ofDays(30).toMillis();
            operator.processElement(at("a", month * 1_000, 0, 0), 1_000);
            operator.processElement(at("b", 3 * month * 1_000, 0, 1), 1_000);
            operator.processWatermark(3 * month);
            operator.processElement(at("a", 1_000, 0, 2), 1_000);
            assertThat(out(operator)).containsExactly(month * 1_000, 3 * month * 1_000);
        }
    }

    @Test
    void eventTimeDoesNotGoOnPastWhoWaits() throws Exception {
        try (var operator = harness(SOME, Order.Late.TELL)) {
            operator.open();
            operator.setProcessingTime(1_000);
            operator.processWatermark(10);
            operator.processElement(at("a", 30, 0, 1), 1_000);
            operator.processWatermark(20);
            operator.setProcessingTime(1_100);
            operator.processElement(at("b", 40, 0, 2), 1_100);
            operator.processWatermark(30);
            operator.processWatermarkStatus(WatermarkStatus.IDLE);
            assertThat(marks(operator)).containsExactly(10L);
            operator.setProcessingTime(1_200);
            assertThat(marks(operator)).containsExactly(10L, 20L);
            assertThat(operator.getOutput()).doesNotContain(WatermarkStatus.IDLE);
            operator.setProcessingTime(1_300);
            assertThat(marks(operator)).containsExactly(10L, 20L, 30L);
            assertThat(operator.getOutput()).contains(WatermarkStatus.IDLE);
        }
    }

    @Test
    void whoWaitedInACheckpointHoldsEventTimeUpToo() throws Exception {
        OperatorSubtaskState saved;
        try (var before = harness(SOME, Order.Late.TELL)) {
            before.open();
            before.setProcessingTime(1_000);
            before.processElement(at("a", 30, 0, 1), 1_000);
            saved = before.snapshot(1, 1_001);
        }
        try (var after = harness(SOME, Order.Late.TELL)) {
            after.initializeState(saved);
            after.open();
            after.setProcessingTime(1_100);
            after.processWatermark(50);
            assertThat(marks(after)).isEmpty();
            after.setProcessingTime(1_200);
            assertThat(out(after)).containsExactly(30L);
            assertThat(marks(after)).containsExactly(50L);
        }
    }

    @Test
    void aBacklogDoesNotWaitForKeysThatFellSilentInIt() throws Exception {
        try (var operator = harness(SOME, Order.Late.TELL)) {
            operator.open();
            operator.setProcessingTime(1_000_000);
            operator.processElement(at("a", 30, 0, 1), 1_000);
            operator.processElement(at("c", 31, 1, 1), 1_000);
            operator.processElement(at("b", 40, 0, 2), 1_199);
            assertThat(out(operator)).isEmpty();
            operator.processElement(at("b", 50, 0, 3), 1_200);
            assertThat(out(operator)).containsExactly(30L);
        }
    }

    @Test
    void whatIsSaidOfAScrapeComesAfterIt() throws Exception {
        try (var operator = harness(SOME, Order.Late.TELL)) {
            operator.open();
            operator.setProcessingTime(1_000);
            operator.processElement(at("a", 30, 0, 1), 1_000);
            Item said = at("a", 30, 0, 2).with(Ruling.REJECT);
            operator.processElement(said, 1_001);
            assertThat(operator.extractOutputValues()).containsExactly(at("a", 30, 0, 1), said);
        }
    }

    @Test
    void atTheEndOfTheInputWhatWaitsGoes() throws Exception {
        try (var operator = harness(SOME, Order.Late.TELL)) {
            operator.open();
            operator.setProcessingTime(1_000);
            operator.processElement(at("a", 30, 0, 1), 1_000);
            operator.processElement(at("b", 31, 1, 1), 1_000);
            operator.processElement(at("any", 0, 0, 2).with(Ruling.INPUT_ENDED), 1_001);
            assertThat(out(operator)).containsExactly(30L);
            operator.processWatermark(Watermark.MAX_WATERMARK);
            assertThat(out(operator)).containsExactly(30L, 31L);
            assertThat(marks(operator)).containsExactly(Long.MAX_VALUE);
        }
    }
}

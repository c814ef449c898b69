package io.leat.job.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leat.core.Compared;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Order;
import io.leat.core.Position;
import io.leat.core.Reading;
import io.leat.core.Ruling;
import io.leat.core.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ReadingOperatorTest {

    private static final Window MINUTES = new Window(
            "minutes",
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ZERO,
            List.of(FieldPath.parse("shop")),
            List.of(
                    new Window.Value("n", Window.Aggregate.COUNT, null),
                    new Window.Value("price", Window.Aggregate.MAX, FieldPath.parse("price"))));

    private static final Order ORDER =
            new Order(new Order.Bound.Fixed(Duration.ZERO), Order.Late.TELL, Duration.ofSeconds(1));

    private static OneInputStreamOperatorTestHarness<Item, Reading> harness() throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new ReadingOperatorFactory(List.of(MINUTES), ORDER));
    }

    private static Item item(int partition, long seconds, String body) {
        return new Item(
                "[1]",
                seconds * 1_000_000,
                0,
                new Compared(List.of(), List.of()),
                body,
                new Position("f.raw", partition, seconds),
                "");
    }

    private static List<Long> marks(OneInputStreamOperatorTestHarness<Item, Reading> operator) {
        List<Long> marks = new ArrayList<>();
        operator.getOutput().forEach(out -> {
            if (out instanceof Watermark mark) {
                marks.add(mark.getTimestamp());
            }
        });
        return marks;
    }

    @Test
    void aReadingHoldsTheGroupAndTheValues() throws Exception {
        try (var operator = harness()) {
            operator.open();
            operator.processElement(new StreamRecord<>(item(0, 7, "{\"price\":1.5,\"shop\":\"a\"}")));
            operator.processElement(new StreamRecord<>(item(0, 8, "{}")));
            assertThat(operator.extractOutputValues())
                    .containsExactly(
                            new Reading(0, "[\"a\"]", 7_000_000, 0, 7_000, List.of("null", "1.5")),
                            new Reading(0, "[null]", 8_000_000, 0, 8_000, List.of("null", "null")));
        }
    }

    @Test
    void whatIsSaidBesideTheScrapesIsNoReading() throws Exception {
        Item said = item(0, 7, "{}").with(Ruling.CRAWL_ENDED);
        try (var operator = harness()) {
            operator.open();
            operator.processElement(new StreamRecord<>(said));
            assertThat(operator.extractOutputValues()).isEmpty();
        }
    }

    @Test
    void timeIsToldWhereSomethingHappensToWindows() throws Exception {
        try (var operator = harness()) {
            operator.open();
            operator.processWatermark(new Watermark(130_500));
            operator.processWatermark(new Watermark(179_000));
            operator.processWatermark(new Watermark(180_000));
            operator.processWatermark(Watermark.MAX_WATERMARK);
            assertThat(marks(operator)).containsExactly(119_999L, 179_999L, Long.MAX_VALUE);
        }
    }

    @Test
    void whatWasClosedStaysClosedAfterARestart() throws Exception {
        OperatorSubtaskState saved;
        try (var operator = harness()) {
            operator.open();
            operator.processElement(new StreamRecord<>(item(0, 300, "{}")));
            operator.processElement(new StreamRecord<>(item(1, 130, "{}")));
            operator.processWatermark(new Watermark(129_999));
            saved = operator.snapshot(1, 0);
        }
        try (var operator = harness()) {
            operator.initializeState(saved);
            operator.open();
            operator.processElement(new StreamRecord<>(item(1, 70, "{}")));
            assertThat(operator.extractOutputValues()).isEmpty();
            operator.processElement(new StreamRecord<>(item(1, 125, "{}")));
            operator.processElement(new StreamRecord<>(item(0, 299, "{}")));
            operator.processElement(new StreamRecord<>(item(0, 300, "{}")));
            assertThat(operator.extractOutputValues())
                    .extracting(Reading::eventTimeMillis, Reading::closed)
                    .containsExactly(tuple(125_000L, 130_000L), tuple(300_000L, 300_000L));
        }
    }

    @Test
    void onlyOpenSpansTakeAReading() {
        Window sliding = new Window(
                "sliding",
                Duration.ofMinutes(3),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                List.of(),
                MINUTES.values());
        OpenSpans spans = new OpenSpans(sliding, new SilenceTrigger(Duration.ofSeconds(1)));
        Reading reading = new Reading(0, "[]", 190_000_000, 0, 270_000, List.of());
        assertThat(spans.assignWindows(reading, 190_000, NO_CONTEXT))
                .extracting(TimeWindow::getEnd)
                .containsExactlyInAnyOrder(300_000L, 360_000L);
        assertThat(sliding.isPast(190_000, 389_999)).isFalse();
        assertThat(sliding.isPast(190_000, 390_000)).isTrue();
    }

    private static final WindowAssigner.WindowAssignerContext NO_CONTEXT = new WindowAssigner.WindowAssignerContext() {
        @Override
        public long getCurrentProcessingTime() {
            return 0;
        }
    };
}

package io.leat.job.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.operators.windowing.TriggerTestHarness;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

/** A span of ten seconds; a source counts as silent after one. */
class SilenceTriggerTest {

    private static final TimeWindow SPAN = new TimeWindow(20_000, 30_000);

    private static TriggerTestHarness<Object, TimeWindow> harness() throws Exception {
        return new TriggerTestHarness<>(new SilenceTrigger(Duration.ofSeconds(1)), new TimeWindow.Serializer());
    }

    private static StreamRecord<Object> at(long millis) {
        return new StreamRecord<>("reading", millis);
    }

    @Test
    void aSpanIsToldWhenEventTimeHasPassedIt() throws Exception {
        var trigger = harness();
        assertThat(trigger.processElement(at(24_000), SPAN)).isEqualTo(TriggerResult.CONTINUE);
        assertThat(trigger.advanceWatermark(29_998)).isEmpty();
        assertThat(trigger.advanceWatermark(29_999)).containsExactly(Tuple2.of(SPAN, TriggerResult.FIRE));
        assertThat(trigger.numProcessingTimeTimers()).isZero();
        assertThat(trigger.numStateEntries()).isZero();
    }

    @Test
    void whatComesLaterCorrectsItAtOnce() throws Exception {
        var trigger = harness();
        trigger.processElement(at(24_000), SPAN);
        trigger.advanceWatermark(29_999);
        assertThat(trigger.processElement(at(25_000), SPAN)).isEqualTo(TriggerResult.FIRE);
    }

    @Test
    void silenceTellsASpanOnceTheTimeItHadLeftAndAWhileMoreHasPassed() throws Exception {
        var trigger = harness();
        trigger.advanceProcessingTime(1_000_000);
        trigger.processElement(at(24_000), SPAN);
        trigger.advanceProcessingTime(1_003_000);
        trigger.processElement(at(27_000), SPAN);
        assertThat(trigger.advanceProcessingTime(1_006_999)).isEmpty();
        assertThat(trigger.advanceProcessingTime(1_007_000)).containsExactly(Tuple2.of(SPAN, TriggerResult.FIRE));
        assertThat(trigger.advanceProcessingTime(2_000_000)).as("once").isEmpty();
    }

    @Test
    void whatWasToldInSilenceIsToldAgainWhenItGrowsAndWhenTimePassesIt() throws Exception {
        var trigger = harness();
        trigger.advanceProcessingTime(1_000_000);
        trigger.processElement(at(24_000), SPAN);
        trigger.advanceProcessingTime(1_007_000);
        trigger.processElement(at(28_000), SPAN);
        assertThat(trigger.advanceProcessingTime(1_010_000)).containsExactly(Tuple2.of(SPAN, TriggerResult.FIRE));
        assertThat(trigger.advanceWatermark(29_999)).containsExactly(Tuple2.of(SPAN, TriggerResult.FIRE));
    }

    @Test
    void aSpanThatIsOverLeavesNothingBehind() throws Exception {
        var trigger = harness();
        trigger.processElement(at(24_000), SPAN);
        trigger.clearTriggerState(SPAN);
        assertThat(trigger.numProcessingTimeTimers()).isZero();
        assertThat(trigger.numEventTimeTimers()).isZero();
        assertThat(trigger.numStateEntries()).isZero();
    }
}

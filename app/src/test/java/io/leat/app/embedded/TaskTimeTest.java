package io.leat.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.flink.runtime.metrics.TimerGauge;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TaskTimeTest {

    private static final long MILLI = 1_000_000;
    private static final Offset<Double> EXACTLY = within(1e-9);

    private long now;
    private final TaskTime task = new TaskTime(() -> now);
    private final TimerGauge idle = new TimerGauge();
    private final TimerGauge waiting = new TimerGauge();

    TaskTimeTest() {
        task.idle(idle);
        task.waiting(waiting);
    }

    private void pass(long millis) {
        now += millis * MILLI;
        task.shares();
    }

    @Test
    void sharesAreThoseOfTheLastSecond() {
        pass(0);
        pass(5_000);
        assertThat(task.shares().busy()).as("nothing else was ever told").isEqualTo(1, EXACTLY);
        for (int i = 0; i < 10; i++) {
            idle.markStart();
            pass(60);
            idle.markEnd();
            waiting.markStart();
            pass(30);
            waiting.markEnd();
            pass(10);
        }
        assertThat(task.shares().busy()).isEqualTo(0.1, EXACTLY);
        assertThat(task.shares().waiting()).isEqualTo(0.3, EXACTLY);
    }

    @Test
    void restThatHasNotEndedCounts() {
        idle.markStart();
        pass(0);
        pass(700);
        assertThat(task.shares().busy()).isZero();
        pass(10_000);
        assertThat(task.shares().busy()).isZero();
    }

    @Test
    void aPartOfASourceIsNoTask() {
        TaskTime part = new TaskTime(() -> now);
        part.idle(new TimerGauge());
        assertThat(part.isWhole()).isFalse();
        assertThat(task.isWhole()).isTrue();
    }
}

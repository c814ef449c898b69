package io.leat.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyWindowTest {

    private long now;
    private final LatencyWindow window = new LatencyWindow(5_000, () -> now);

    @Test
    void figuresAreOfTheLastSpansOnly() {
        window.add(40_000, 1_000);
        window.add(7, 7_000);
        assertThat(window.getStatistics().getMax()).isEqualTo(40_000);

        window.add(8, 12_500);
        assertThat(window.getStatistics().getMax()).isEqualTo(8);
        assertThat(window.getCount()).isEqualTo(3);
    }

    @Test
    void aLongRestForgetsEverythingBefore() {
        window.add(40_000, 1_000);
        window.add(9, 90_000);
        assertThat(window.getStatistics().getValues()).containsExactly(9);
    }

    @Test
    void whatNothingFollowsGrowsOld() {
        window.add(40_000, 1_000);
        window.add(7, 7_000);
        now = 11_999;
        assertThat(window.getStatistics().size()).isEqualTo(2);
        now = 12_000;
        assertThat(window.getStatistics().getValues()).containsExactly(7);
        now = 16_999;
        assertThat(window.getStatistics().getValues()).containsExactly(7);
        now = 17_000;
        assertThat(window.getStatistics().size()).isZero();
        assertThat(window.getCount()).as("what was counted stays so").isEqualTo(2);
        window.add(9, 17_500);
        now = 17_500;
        assertThat(window.getStatistics().getValues()).containsExactly(9);
    }

    @Test
    void beyondItsLimitItKeepsAFairSample() {
        for (int i = 0; i < 100_000; i++) {
            window.add(i, 1_000);
        }
        assertThat(window.getStatistics().size()).isEqualTo(4_096);
        assertThat(window.getStatistics().getQuantile(0.5)).isBetween(50_000.0, 99_999.0);
    }
}

package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RollForwardTest {

    private static final Compared TEN = new Compared(List.of("price"), List.of("10"));

    @Test
    void theNextChangeIsTakenOver() {
        Known told = known(20, 4);
        assertThat(RollForward.decide(known(10, 3), 4, told, false)).isEqualTo(new RollForward.Advanced(told));
    }

    @Test
    void whatTheCheckpointReflectsIsSkipped() {
        assertThat(RollForward.decide(known(30, 5), 4, known(20, 4), false))
                .isInstanceOf(RollForward.AlreadyKnown.class);
    }

    @Test
    void aMissingChangeIsAGap() {
        assertThat(RollForward.decide(known(10, 3), 5, known(20, 5), false)).isEqualTo(new RollForward.Gap(4));
        assertThat(RollForward.decide(null, 2, known(20, 2), false)).isEqualTo(new RollForward.Gap(1));
    }

    @Test
    void aCompactedLogMayStartLateButMustGoOnWithoutGaps() {
        Known told = known(20, 9);
        assertThat(RollForward.decide(null, 9, told, true)).isEqualTo(new RollForward.Advanced(told));
        assertThat(RollForward.decide(told, 11, known(30, 11), true)).isEqualTo(new RollForward.Gap(10));
    }

    @Test
    void aChangeThatGoesBackInTimeIsNotOurs() {
        assertThat(RollForward.decide(known(30, 3), 4, known(20, 4), false)).isEqualTo(new RollForward.Gap(4));
    }

    private static Known known(long eventTime, long seq) {
        return new Known(eventTime, 0, seq, TEN);
    }
}

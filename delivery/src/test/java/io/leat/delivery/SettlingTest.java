package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final long MINUTE = 60_000;
    private static final long T = 1_764_064_800_000L; // 2025-11-25T10:00:00Z, the beginning of a minute
    private static final long LOOK = T + MINUTE + Settling.GRACE_MILLIS;

    private final Settling settling = new Settling(Duration.ofMinutes(1), T + 5_000);

    @Test
    void aSpanIsOverOnceAllIsReadThatTheBrokerHadAfterItsEnd() {
        assertThat(settling.lookAtMillis()).isEqualTo(LOOK);
        assertThat(settling.asksNow(LOOK - 1)).isFalse();
        assertThat(settling.asksNow(LOOK)).isTrue();
        settling.asking(LOOK);
        assertThat(settling.asksNow(LOOK)).as("it is being asked").isFalse();
        settling.reached(100);
        settling.answered(100L, LOOK + 10);
        assertThat(settling.settledMillis()).isZero();
        settling.reached(99);
        assertThat(settling.settledMillis()).as("something is open or unread").isZero();
        settling.reached(100);
        assertThat(settling.settledMillis()).isEqualTo(T + MINUTE);
        assertThat(settling.lookAtMillis()).isEqualTo(LOOK + MINUTE);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAskedAgainSoon() {
        settling.asking(LOOK);
        settling.answered(null, LOOK + 10);
        assertThat(settling.lookAtMillis()).isBetween(LOOK + 11, LOOK + 5_000);
        assertThat(settling.asksNow(settling.lookAtMillis())).isTrue();
    }

    /** A laptop that slept for an hour: one look is enough for all spans that went by. */
    @Test
    void afterAStandstillTheNewestSpanCounts() {
        long late = LOOK + 61 * MINUTE;
        assertThat(settling.asksNow(late)).isTrue();
        settling.asking(late);
        settling.answered(7L, late);
        settling.reached(7);
        assertThat(settling.settledMillis()).isEqualTo(T + 62 * MINUTE);
    }

    @Test
    void nobodyIsAskedWhereNobodyNeedsSpans() {
        Settling none = new Settling(null, T);
        assertThat(none.asksNow(Long.MAX_VALUE - 1)).isFalse();
        none.reached(5);
        assertThat(none.settledMillis()).isZero();
    }
}

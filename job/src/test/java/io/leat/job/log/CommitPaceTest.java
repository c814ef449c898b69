package io.leat.job.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private final CommitPace pace = new CommitPace(millis(5));

    @Test
    void quickCommitsKeepWhatWasAsked() {
        take(1, 1, 2, 1);
        assertThat(pace.everyNanos()).isEqualTo(millis(5));
    }

    @Test
    void commitsThatTakeLongLieFurtherApart() {
        take(8, 9, 12, 30);
        assertThat(pace.everyNanos()).isEqualTo(millis(16));
        take(2);
        assertThat(pace.everyNanos()).isEqualTo(millis(5));
    }

    @Test
    void aSingleOneThatTakesLongIsAnAccident() {
        take(1, 1, 1, 400);
        assertThat(pace.everyNanos()).isEqualTo(millis(5));
    }

    @Test
    void noneLieFurtherApartThanFiftyMilliseconds() {
        take(400, 400, 400, 400);
        assertThat(pace.everyNanos()).isEqualTo(millis(50));
    }

    @Test
    void whoAsksForMoreGetsMore() {
        assertThat(new CommitPace(millis(200)).everyNanos()).isEqualTo(millis(200));
    }

    @Test
    void whatIsLateWaitsForATenthOfThatAgain() {
        pace.carries(400);
        assertThat(pace.everyNanos()).isEqualTo(millis(40));
        assertThat(pace.isBehind()).isTrue();
    }

    @Test
    void theYoungestChangeOfATransactionCounts() {
        pace.carries(100_000);
        assertThat(pace.everyNanos()).isEqualTo(millis(50));
        pace.carries(30);
        assertThat(pace.everyNanos()).isEqualTo(millis(5));
        assertThat(pace.isBehind()).isFalse();
        pace.carries(200_000);
        assertThat(pace.isBehind()).isFalse();
        pace.committing();
        pace.carries(200_000);
        assertThat(pace.isBehind()).isTrue();
    }

    @Test
    void aChangeOfTheFutureIsNotLate() {
        pace.carries(-5_000);
        assertThat(pace.everyNanos()).isEqualTo(millis(5));
    }

    @Test
    void theWayBackToTheHeadIsGentle() {
        long before = Long.MAX_VALUE;
        for (long age = 2_000; age >= 0; age -= 50) {
            pace.committing();
            pace.carries(age);
            assertThat(pace.everyNanos()).isLessThanOrEqualTo(before).isGreaterThanOrEqualTo(millis(5));
            assertThat(before - pace.everyNanos() <= millis(5) || before == Long.MAX_VALUE)
                    .isTrue();
            before = pace.everyNanos();
        }
        assertThat(before).isEqualTo(millis(5));
    }

    private void take(long... millis) {
        for (long each : millis) {
            pace.took(millis(each));
        }
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}

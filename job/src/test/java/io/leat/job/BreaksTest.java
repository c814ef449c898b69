package io.leat.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreaksTest {

    private final AtomicLong clock = new AtomicLong();
    private final AtomicLong rested = new AtomicLong();
    private final Breaks breaks = new Breaks(rested::get, clock::get);

    @Test
    void aFreshTaskHasNothingToCatchUpWith() {
        assertThat(breaks.areRare()).isFalse();
    }

    @Test
    void halfASecondWithoutABreakIsNoSignYetAndTwoSecondsAre() {
        assertThat(go(5, 0)).isFalse();
        assertThat(go(15, 0)).isTrue();
    }

    @Test
    void aTaskThatRestsAFifthOfItsTimeKeepsUp() {
        go(20, 0);
        assertThat(go(20, 20)).isFalse();
        assertThat(go(200, 20)).isFalse();
    }

    @Test
    void oneBreakAmongMuchWorkDoesNotHideIt() {
        go(50, 0);
        go(1, 20);
        assertThat(go(1, 0)).isTrue();
    }

    @Test
    void aRestToldOfWhenItIsOverCountsWhole() {
        go(50, 0);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
        rested.addAndGet(10_000);
        assertThat(breaks.areRare()).isFalse();
    }

    /** So many spans of 100 ms, of each of which so many milliseconds were rest. */
    private boolean go(int spans, int restMillis) {
        boolean rare = false;
        for (int i = 0; i < spans; i++) {
            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
            rested.addAndGet(restMillis);
            rare = breaks.areRare();
        }
        return rare;
    }
}

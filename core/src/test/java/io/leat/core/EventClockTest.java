package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EventClockTest {

    private static EventClock clock(int partitions) {
        return new EventClock(100, 1_000, partitions, 0, EventClock.NEVER, Map.of());
    }

    @Test
    void itShowsThePartitionThatIsFurthestBehindLessTheBound() {
        EventClock clock = clock(2);
        clock.saw(0, 9_000, 10);
        clock.saw(1, 5_000, 10);
        clock.saw(1, 4_000, 10);
        assertThat(clock.time(10)).isEqualTo(4_900);
    }

    @Test
    void itWaitsForPartitionsThatHaveNotBeenReadYet() {
        EventClock clock = clock(2);
        clock.saw(0, 9_000, 10);
        assertThat(clock.time(10)).isEqualTo(EventClock.NEVER);
        clock.saw(0, 9_500, 999);
        assertThat(clock.time(1_000)).isEqualTo(9_400);
    }

    @Test
    void silentPartitionsDoNotHoldItUp() {
        EventClock clock = clock(8);
        for (int partition = 0; partition < 8; partition++) {
            clock.saw(partition, 1_000, 0);
        }
        clock.saw(3, 60_000, 900);
        assertThat(clock.time(999)).isEqualTo(900);
        assertThat(clock.time(1_000)).isEqualTo(59_900);
    }

    @Test
    void itStandsStillWhenAllAreSilentAndNeverGoesBack() {
        EventClock clock = clock(1);
        clock.saw(0, 9_000, 0);
        assertThat(clock.time(0)).isEqualTo(8_900);
        assertThat(clock.time(1_000_000)).isEqualTo(8_900);
        clock.saw(0, 1_000, 1_000_001);
        assertThat(clock.time(1_000_001)).isEqualTo(8_900);
    }

    @Test
    void itGoesOnFromWhatWasKept() {
        EventClock clock = new EventClock(100, 1_000, 2, 0, 4_900, Map.of(0, 9_000L, 1, 5_000L));
        assertThat(clock.time(0)).isEqualTo(4_900);
        clock.saw(1, 6_000, 1);
        assertThat(clock.time(1)).isEqualTo(5_900);
        assertThat(clock.newest()).containsExactly(Map.entry(0, 9_000L), Map.entry(1, 6_000L));
    }

    @Test
    void aProcessThatStoodStillTakesNobodyForSilent() {
        EventClock clock = clock(2);
        clock.saw(0, 9_000, 10);
        clock.saw(1, 5_000, 10);
        clock.stoodStill(30_000);
        clock.saw(0, 9_500, 30_500);
        assertThat(clock.time(30_500)).isEqualTo(4_900);
        assertThat(clock.time(31_010)).isEqualTo(9_400);
    }
}

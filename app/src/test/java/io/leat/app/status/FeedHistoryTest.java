package io.leat.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.status.FeedHistory.Point;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FeedHistoryTest {

    private static final long NOON = 1_770_000_000_000L - 1_770_000_000_000L % 60_000;

    private final FeedHistory history = new FeedHistory();

    private void second(int at, double in, double out) {
        history.add(new Point(NOON + at * 1_000L, in, out, Double.NaN, 12, 250));
    }

    @Test
    void secondsAreKeptForTenMinutesAndMinutesForADay() {
        for (int at = 0; at < 26 * 3_600; at++) {
            second(at, at % 60, 1);
        }
        JsonNode json = history.json(NOON);
        assertThat(json.get("seconds").size()).isEqualTo(600);
        assertThat(json.get("seconds").get(599).get(0).longValue()).isEqualTo(NOON + (26 * 3_600 - 1) * 1_000L);
        assertThat(json.get("minutes").size()).isEqualTo(1_440);
        assertThat(json.get("minutes").get(0).get(0).longValue())
                .as("the oldest are written over")
                .isEqualTo(NOON + 119 * 60_000L);
        assertThat(json.get("minutes").get(1_439).get(1).doubleValue())
                .as("a minute is the mean of its seconds")
                .isEqualTo(29.5);
    }

    @Test
    void whatIsNotKnownIsNullAndNoZeroEvenInTheMeanOfAMinute() {
        second(0, Double.NaN, 4);
        second(1, 3, 4);
        second(60, 1, 1);
        JsonNode json = history.json(NOON);
        assertThat(json.get("seconds").get(0).toString()).isEqualTo("[%s,null,4.0,null,12.0,250.0]".formatted(NOON));
        assertThat(json.get("minutes").size())
                .as("the one under way is not told")
                .isEqualTo(1);
        assertThat(json.get("minutes").get(0).toString()).isEqualTo("[%s,3.0,4.0,null,12.0,250.0]".formatted(NOON));
    }

    @Test
    void aSecondLookWithinTheSameSecondIsNoSecondPoint() {
        second(0, 1, 1);
        history.add(new Point(NOON + 400, 9, 9, 0, 0, 0));
        assertThat(history.json(NOON).get("seconds").size()).isEqualTo(1);
    }

    /** It runs all day whether anybody looks or not. */
    @Test
    void aPointCostsNextToNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int at = 0; at < 10_000; at++) {
            second(at, 1, 1);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int at = 10_000; at < 20_000; at++) {
            second(at, 1, 1);
        }
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 10_000)
                .as("bytes a second")
                .isLessThan(1_024);
    }
}

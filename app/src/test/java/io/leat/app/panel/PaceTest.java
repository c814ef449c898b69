package io.leat.app.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.Figures;
import io.leat.app.embedded.Room;
import io.leat.core.Tally;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static Figures at(long millis, long in) {
        return new Figures(
                millis,
                "RUNNING",
                new Tally(in, in / 10, in - in / 10, 0, 0),
                0,
                0,
                Figures.Newest.NONE,
                Figures.Work.NONE,
                Map.of(),
                Figures.Behind.NOTHING,
                Figures.Checkpoint.NONE,
                Figures.Latencies.NONE,
                Figures.Order.NONE,
                Room.UNKNOWN);
    }

    @Test
    void isTheSlopeOfTheLastSeconds() {
        Pace pace = new Pace();
        pace.add(at(1_000, 100));
        pace.add(at(3_000, 500));
        assertThat(pace.in()).isEqualTo(200);
        assertThat(pace.out()).isEqualTo(20);
    }

    @Test
    void whatWasCountedBeforeThisStartIsNoPace() {
        Pace pace = new Pace();
        pace.add(at(1_000, 0));
        pace.add(at(2_000, 1_000_000));
        pace.add(at(3_000, 1_000_100));
        assertThat(pace.in()).isEqualTo(100);
    }

    @Test
    void forgetsWhatIsLongAgo() {
        Pace pace = new Pace();
        pace.add(at(0, 1));
        for (int second = 1; second <= 20; second++) {
            pace.add(at(second * 1_000L, 1_000));
        }
        assertThat(pace.in()).isZero();
    }
}

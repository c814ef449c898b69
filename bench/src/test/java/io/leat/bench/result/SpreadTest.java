package io.leat.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void aSpreadTellsItsPercentilesInMilliseconds() {
        Spread.Collector collector = new Spread.Collector();
        for (int i = 1; i <= 1_000; i++) {
            collector.add(i * 1_000L);
        }
        Spread spread = collector.spread();
        assertThat(spread.count()).isEqualTo(1_000);
        assertThat(spread.p50()).isCloseTo(500, within(1.0));
        assertThat(spread.p99()).isCloseTo(990, within(1.0));
        assertThat(spread.p999()).isCloseTo(999, within(1.0));
    }

    @Test
    void aMedianIsTheMiddleAndCountsAddUp() {
        List<Spread> spreads =
                List.of(new Spread(1, 1, 30, 5, 9), new Spread(2, 3, 10, 5, 9), new Spread(3, 2, 20, 5, 9));
        assertThat(Spread.median(spreads)).isEqualTo(new Spread(6, 2, 20, 5, 9));
        assertThat(Spread.median(List.of(1.0, 2.0), Double::doubleValue)).isEqualTo(1.5);
    }

    @Test
    void aPageHasALineForEachSystemAndPace() {
        Spread spread = new Spread(1, 1.5, 30, 5, 9);
        Outcome outcome = new Outcome(
                Map.of("processors", "2"),
                Map.of("leat", "Leat"),
                List.of(new Cell("leat", 1, 10_000, spread, spread, spread, 0, 0, 3, 0.5, 0.5, 0.1, 0)),
                List.of(new Drain("leat", 1, 1_000_000, 10, 5, 5)));
        assertThat(outcome.markdown())
                .contains("## 10,000 records a second")
                .contains("| leat | 1.50 | 30.0 | 5.00 |")
                .contains("| leat | 100,000 | 5.00 | 5.00 |");
        assertThat(outcome.json()).contains("\"perSecond\" : 10000");
    }
}

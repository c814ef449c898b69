package io.leat.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LearnedBoundsTest {

    @Test
    void whatAScrapeNamesItsSourceCannotInjectALabel() {
        assertThat(LearnedBounds.label("shop-7_a")).isEqualTo("shop-7_a");
        List<String> hostile = List.of(
                "x\"} 1\nleat_feed_dead{a=\"b", "x.y.z", "x.y:z", "a|#b", "\\u0000\\n", "ж".repeat(10_000), "x y", "x_y ");
        for (String source : hostile) {
            assertThat(LearnedBounds.label(source)).as(source).matches("[A-Za-z0-9_.-]{1,100}");
        }
        assertThat(hostile.stream().map(LearnedBounds::label).collect(Collectors.toSet()))
                .hasSameSizeAs(hostile);
    }
}

package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "60s,PT60S", "10m,PT10M", "24h,PT24H", "30d,PT720H", "0ms,PT0S"})
    void aNumberAndAUnitAreADuration(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "1ms", "1500ms", "90s", "10m", "36h", "365d"})
    void theShortestFormIsReadBack(String text) {
        assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "60,A duration needs a unit.",
        "-5s,A duration cannot be negative.",
        "5y,'A duration has one of the units ms, s, m, h and d.'",
        "5M,'A duration has one of the units ms, s, m, h and d.'",
        "1h30m,A duration is one whole number and one unit.",
        "1.5h,A duration is one whole number and one unit.",
        "soon,A duration is one whole number and one unit.",
        "'',A duration is one whole number and one unit.",
        "9999999999d,A duration has at most 9 digits."
    })
    void anythingElseIsExplained(String text, String message) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessage(message);
    }
}

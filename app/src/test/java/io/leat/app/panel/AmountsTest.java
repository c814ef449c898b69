package io.leat.app.panel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({"0,0 ms", "999,999 ms", "1400,1.4 s", "125000,2m 05s", "12000000,3h 20m", "1036800000,12 d"})
    void spansReadAtAGlance(long millis, String text) {
        assertThat(Amounts.span(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0/s", "0.4,0.4/s", "198.2,198/s"})
    void smallRatesKeepADigit(double rate, String text) {
        assertThat(Amounts.rate(rate)).isEqualTo(text);
    }
}

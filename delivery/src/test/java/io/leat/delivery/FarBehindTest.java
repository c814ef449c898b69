package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FarBehindTest {

    private static final long NOW = Duration.ofDays(100).toMillis();

    private final FarBehind farBehind = new FarBehind();

    @Test
    void trap20WhoIsFiveDaysBehindIsToldSoOnceAnHourBeforeTheLogForgets() {
        assertThat(farBehind.look(ago(Duration.ofDays(5).minusMillis(1)), NOW)).isNull();
        assertThat(farBehind.look(ago(Duration.ofDays(5)), NOW))
                .startsWith("LEAT-533 ")
                .contains("5 days");
        assertThat(farBehind.look(ago(Duration.ofDays(6)), NOW)).isNull();
        assertThat(farBehind.look(
                        ago(Duration.ofDays(6)), NOW + Duration.ofHours(1).toMillis()))
                .contains("6 days");
    }

    private static long ago(Duration age) {
        return NOW - age.toMillis();
    }
}

package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RenewalTest {

    @Test
    void aCursorIsCommittedAgainLongBeforeItExpires() {
        assertThat(Renewal.every(Duration.ofDays(7))).isEqualTo(Duration.ofHours(1));
        assertThat(Renewal.every(Duration.ofHours(2))).isEqualTo(Duration.ofMinutes(30));
        assertThat(Renewal.every(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(15));
    }
}

package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class QuietHoursTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static boolean has(QuietHours hours, String moment) {
        return hours.has(Instant.parse(moment));
    }

    @Test
    void aNightGoesPastMidnightByTheWallClock() {
        QuietHours night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0), BERLIN);
        assertThat(has(night, "2026-01-10T20:59:59Z")).isFalse();
        assertThat(has(night, "2026-01-10T21:00:00Z")).isTrue();
        assertThat(has(night, "2026-01-11T04:59:59Z")).isTrue();
        assertThat(has(night, "2026-01-11T05:00:00Z")).isFalse();
        assertThat(has(night, "2026-07-10T20:00:00Z"))
                .as("an hour earlier in summer")
                .isTrue();
        assertThat(has(night, "2026-07-11T04:00:00Z")).isFalse();
    }

    @Test
    void whereTheClockIsSetBackTheHourIsQuietTwice() {
        QuietHours one = new QuietHours(LocalTime.of(2, 0), LocalTime.of(3, 0), BERLIN);
        assertThat(has(one, "2026-10-25T00:30:00Z")).isTrue();
        assertThat(has(one, "2026-10-25T01:30:00Z")).isTrue();
        assertThat(has(one, "2026-10-25T02:00:00Z")).isFalse();
    }

    @Test
    void aDayWithinOneDateAndAllDay() {
        QuietHours noon = new QuietHours(LocalTime.of(12, 0), LocalTime.of(13, 0), ZoneId.of("UTC"));
        assertThat(has(noon, "2026-01-10T12:00:00Z")).isTrue();
        assertThat(has(noon, "2026-01-10T13:00:00Z")).isFalse();
        QuietHours always = new QuietHours(LocalTime.of(12, 0), LocalTime.of(12, 0), ZoneId.of("UTC"));
        assertThat(has(always, "2026-01-10T11:59:59Z")).isTrue();
        assertThat(has(always, "2026-01-10T12:00:00Z")).isTrue();
    }
}

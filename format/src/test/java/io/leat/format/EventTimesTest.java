package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-07T17:22:01Z",
                "2026-02-07T17:22:01.5Z",
                "2026-02-07T17:22:01.123456Z",
                "2026-02-07T17:22:01.123456789Z",
                "2024-02-29T23:59:59.000001Z",
                "1969-12-31T23:59:59.999999Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2026-02-07T17:22:01+05:30",
                "2026-02-07T17:22:01.25-00:30"
            })
    void aMomentIsReadAsTheJavaLibraryReadsIt(String text) {
        Instant expected = OffsetDateTime.parse(text).toInstant();
        assertThat(EventTimes.parse(text))
                .isEqualTo(expected.getEpochSecond() * 1_000_000 + expected.getNano() / 1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-02-30T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-02-07T24:00:00Z",
                "2026-02-07T17:60:00Z",
                "2026-02-07T17:22:60Z",
                "2026-02-07T23:59:61Z",
                "2026-02-07T23:59:60+01:00",
                "2026-02-07T17:22:01+0100",
                "2026-02-07T17:22:01+01",
                "2026-02-07T17:22:01.Z",
                "2026-02-07T17:22:01",
                "2026-02-07 17:22",
                "+026-02-07T17:22:01Z",
                "2026-02-07T17:22:-1Z",
                "2026-02-07T17:22:0\u0661Z"
            })
    void whatIsNoMomentIsRefused(String text) {
        assertThatThrownBy(() -> EventTimes.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void aLeapSecondIsTheMomentAfterItAndDigitsBeyondAMicrosecondAreDropped() {
        assertThat(EventTimes.parse("2016-12-31T23:59:60Z")).isEqualTo(EventTimes.parse("2017-01-01T00:00:00Z"));
        assertThat(EventTimes.parse("2016-12-31T23:59:60.75Z")).isEqualTo(EventTimes.parse("2017-01-01T00:00:00Z"));
        assertThat(EventTimes.parse("2017-01-01T00:59:60+01:00")).isEqualTo(EventTimes.parse("2017-01-01T00:00:00Z"));
        assertThat(EventTimes.parse("2026-02-07T17:22:01.12345678901234567890Z"))
                .isEqualTo(EventTimes.parse("2026-02-07T17:22:01.123456Z"));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            long micros = random.nextLong(-62_135_596_800_000_000L, 253_402_300_799_000_000L);
            assertThat(EventTimes.parse(EventTimes.format(micros))).isEqualTo(micros);
        }
    }
}

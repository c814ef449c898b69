package io.leat.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"5f0c2a91-120,98", "5f0c2a91-12,40~120,98", "120,98", "7"})
    void itReadsWhatItWrites(String text) {
        assertThat(Objects.requireNonNull(EventId.parse(text)).toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5f0c2a91-", "5f0c2a9-1", "5F0C2A91-1", "5f0c2a91-1-2", "-1", "1 ", "yesterday"})
    void whatIsNoIdIsNone(String text) {
        assertThat(EventId.parse(text)).isNull();
    }

    @Test
    void anIdOfFourThousandCharactersIsNone() {
        assertThat(EventId.parse("1".repeat(4_097))).isNull();
    }

    @Test
    void anIdThatNamesAnotherLogIsForeignAndAnOldOneIsNot() {
        EventId id = Objects.requireNonNull(EventId.parse("5f0c2a91-120,98"));
        assertThat(id.isForeignTo("5f0c2a91")).isFalse();
        assertThat(id.isForeignTo("00000000")).isTrue();
        assertThat(id.isForeignTo("")).as("a log that could not be asked").isFalse();
        assertThat(Objects.requireNonNull(EventId.parse("120,98")).isForeignTo("5f0c2a91"))
                .isFalse();
    }

    @Test
    void aPartitionThatAnIdDoesNotNameIsReadFromItsBeginning() {
        assertThat(Objects.requireNonNull(Place.parse("7", 3)).next()).containsExactly(7, 0, 0);
        assertThat(Place.parse("7,8,9,10", 3)).isNull();
    }

    @Test
    void aPlaceMovesForwardOnly() {
        Place place = Place.at(new long[] {7, 1});
        assertThat(place.after(0, 9)).isEqualTo(Place.at(new long[] {10, 1}));
        assertThat(place.after(0, 2)).isEqualTo(place);
    }
}

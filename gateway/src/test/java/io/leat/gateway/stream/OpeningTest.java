package io.leat.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.gateway.log.Ends;
import io.leat.gateway.log.EventId;
import io.leat.gateway.log.Place;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpeningTest {

    private static final Ends ENDS = new Ends(new long[] {5, 0}, new long[] {20, 0}, new long[] {100, 50});

    @Test
    void whoHasSeenAllThatIsGoneAndNothingElseMissesNothing() {
        Opening.Found found = Opening.resume(Place.at(new long[] {30, 10}), ENDS);
        assertThat(found.place()).isEqualTo(Place.at(new long[] {30, 10}));
        assertThat(found.gap()).isNull();
    }

    @Test
    void whatHasBeenDeletedOrCompactedOrIsAheadIsTold() {
        assertThat(reasons(Opening.resume(Place.at(new long[] {3, 0}), ENDS))).containsExactly("deleted");
        assertThat(reasons(Opening.resume(Place.at(new long[] {6, 0}), ENDS))).containsExactly("compacted");
        Opening.Found ahead = Opening.resume(Place.at(new long[] {30, 51}), ENDS);
        assertThat(reasons(ahead)).containsExactly("ahead");
        assertThat(ahead.place()).isEqualTo(Place.at(new long[] {30, 0}));
    }

    /** Its offsets may well be within this log: only the log's own name tells. */
    @Test
    void anIdOfAnotherLogIsAGapInEveryPartitionAndReadsFromTheBeginning() {
        EventId id = Objects.requireNonNull(EventId.parse("0a1b2c3d-30,10"));
        Opening.Found found = Opening.foreign(id, ENDS);
        assertThat(reasons(found)).containsExactly("other_log", "other_log");
        assertThat(found.place()).isEqualTo(Place.at(new long[] {5, 0}));
    }

    @Test
    void aSnapshotOfAnotherLogBeginsAnew() {
        EventId id = Objects.requireNonNull(EventId.parse("0a1b2c3d-1,1~30,10"));
        assertThat(Opening.foreign(id, ENDS).place())
                .isEqualTo(Place.inSnapshot(new long[] {5, 0}, new long[] {100, 50}));
    }

    @SuppressWarnings("unchecked")
    private static List<String> reasons(Opening.Found found) {
        List<Map<String, Object>> missing =
                (List<Map<String, Object>>) Objects.requireNonNull(found.gap()).get("missing");
        return missing.stream().map(gap -> String.valueOf(gap.get("reason"))).toList();
    }
}

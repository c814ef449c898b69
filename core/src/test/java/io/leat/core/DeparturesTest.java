package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private static final long HOUR = 3_600_000_000L;
    private static final long MINUTE = HOUR / 60;

    /** Surveys come every hour, of what was not seen for eight. */
    private static Departures departures(Duration expireAfter) {
        return new Departures(new Rules.Gone(Duration.ofHours(8), -1, BigDecimal.ZERO, null), expireAfter);
    }

    private static Known seen(long firstSeen, long lastSeen) {
        return new Known(lastSeen, 0, 1, Compared.NOTHING, firstSeen, 0, List.of(), false, null, null);
    }

    private static Known gone(long at) {
        return new Known(at, 0, 2, Compared.NOTHING, 0, 0, List.of(), true, null, null);
    }

    private static List<Survey> advance(Departures departures, long time) {
        List<Survey> due = new ArrayList<>();
        for (Survey each = departures.advance(time); each != null; each = departures.advance(time)) {
            due.add(each);
        }
        return due;
    }

    private static Long goneAt(Survey survey, Known known) {
        survey.count(known, "");
        return survey.goneAt(known, "");
    }

    @Test
    void surveysAreMadeOnlyAtMomentsInWhoseSpanSomethingWasSeen() {
        Departures departures = departures(null);
        departures.saw(HOUR + 1);
        departures.saw(HOUR + 2);
        departures.saw(40 * HOUR);
        assertThat(advance(departures, HOUR - 1)).isEmpty();
        assertThat(advance(departures, 39 * HOUR)).hasSize(1);
        assertThat(advance(departures, 40 * HOUR)).hasSize(1);
        assertThat(advance(departures, 100 * HOUR)).isEmpty();
    }

    @Test
    void whoWasSeenExactlySoLongAgoIsStillThere() {
        Departures departures = departures(null);
        departures.saw(10 * HOUR);
        Survey survey = advance(departures, 10 * HOUR).get(0);
        assertThat(goneAt(survey, seen(0, 2 * HOUR))).isNull();
        assertThat(goneAt(survey, seen(0, 2 * HOUR - 1))).isEqualTo(10 * HOUR - 1);
    }

    @Test
    void whoWasFirstSeenBeyondTheMomentIsNotThereYet() {
        Departures departures = new Departures(new Rules.Gone(Duration.ofHours(8), -1, new BigDecimal("0.5"), null), null);
        departures.saw(10 * HOUR);
        Survey survey = advance(departures, 10 * HOUR).get(0);
        survey.count(seen(0, HOUR), "");
        survey.count(seen(10 * HOUR, 12 * HOUR), "");
        assertThat(survey.goneAt(seen(0, HOUR), ""))
                .as("of the one key that was there none was seen")
                .isNull();
    }

    @Test
    void anItemAheadOfASurveyWaitsOnlyIfItCouldFindItsKeyGone() {
        Departures departures = departures(Duration.ofHours(20));
        departures.advance(9 * HOUR);
        long ahead = 10 * HOUR + MINUTE;
        assertThat(departures.isAhead(9 * HOUR + 59 * MINUTE)).isFalse();
        assertThat(departures.isAhead(ahead)).isTrue();
        assertThat(departures.waitsFor(null, ahead)).isEqualTo(Evidence.UNKNOWN);
        assertThat(departures.waitsFor(seen(0, 3 * HOUR), ahead)).isEqualTo(Evidence.UNKNOWN);
        assertThat(departures.waitsFor(seen(0, HOUR), ahead)).isEqualTo(10 * HOUR);
        assertThat(departures.waitsFor(gone(8 * HOUR), ahead)).isEqualTo(10 * HOUR);
    }

    @Test
    void aKeyThatWasForgottenWaitsToBeginAnew() {
        Departures departures = departures(Duration.ofMinutes(30));
        departures.advance(9 * HOUR);
        assertThat(departures.waitsFor(seen(0, 9 * HOUR), 10 * HOUR + MINUTE)).isEqualTo(10 * HOUR);
    }

    @Test
    void theEndOfACrawlCountsAMinuteLaterAndWhoIsAheadOfItWaits() {
        Departures departures = new Departures(new Rules.Gone(null, -1, BigDecimal.ZERO, null), null);
        departures.crawlEnded(new CrawlEnded("", 2 * HOUR, 3 * HOUR));
        long due = 3 * HOUR + MINUTE;
        assertThat(departures.waitsFor(seen(0, HOUR), due + 1)).isEqualTo(due);
        assertThat(departures.waitsFor(seen(0, 2 * HOUR), due + 1)).isEqualTo(Evidence.UNKNOWN);
        assertThat(advance(departures, due - 1)).isEmpty();
        Survey survey = advance(departures, due).get(0);
        assertThat(goneAt(survey, seen(0, HOUR))).isEqualTo(3 * HOUR);
        assertThat(departures.open()).isEmpty();
    }

    @Test
    void surveysComeInTheOrderOfTheirMomentsHoweverFarEventTimeJumps() {
        Departures departures = departures(null);
        departures.saw(5 * HOUR);
        departures.saw(2 * HOUR);
        departures.crawlEnded(new CrawlEnded("", 3 * HOUR, 3 * HOUR + 1));
        List<Long> clocks = new ArrayList<>();
        while (departures.advance(9 * HOUR) != null) {
            clocks.add(departures.clock());
        }
        assertThat(clocks).containsExactly(2 * HOUR, 3 * HOUR, 3 * HOUR + MINUTE + 1_000, 5 * HOUR);
    }

    @Test
    void itGoesOnFromWhatWasKept() {
        Departures before = departures(null);
        before.saw(2 * HOUR);
        before.saw(7 * HOUR);
        advance(before, 3 * HOUR);
        Departures after = departures(null);
        after.restore(before.clock(), before.moments(), before.open());
        assertThat(after.isAhead(3 * HOUR)).isFalse();
        assertThat(advance(after, 8 * HOUR)).hasSize(1);
    }
}

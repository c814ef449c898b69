package io.leat.job.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.format.Fold;
import io.leat.format.feedfile.FeedFile;
import io.leat.testkit.Scenario;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule is a folder: what it says must come out of the pure fold. */
class ScenarioTest {

    private static final long NOW_MILLIS = 4_000_000_000_000L;

    private static Stream<Scenario> scenarios() {
        return Scenario.all().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theFoldTellsWhatTheFolderSays(Scenario scenario) {
        assertThat(folded(scenario, scenario.records()).judgedBy(scenario)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theJudgeSeesARecordThatIsMissing(Scenario scenario) {
        List<Scenario.Line> records = scenario.records();
        assertThat(folded(scenario, records.subList(0, records.size() - 1)).judgedBy(scenario))
                .isNotEmpty();
    }

    private static Outcome folded(Scenario scenario, List<Scenario.Line> records) {
        Feed feed = ((FeedFile.Valid) FeedFile.read(scenario.feedFile(), name -> null)).feed();
        Outcome outcome = new Outcome(feed.name());
        Fold fold = new Fold(feed, outcome);
        long offset = 0;
        for (Scenario.Line line : records) {
            fold.take(line.value(), NOW_MILLIS, new Position(feed.source().topic(), 0, offset++), ruling(line));
        }
        outcome.count(fold.tally());
        return outcome;
    }

    private static Ruling ruling(Scenario.Line line) {
        return line.ruling().isEmpty()
                ? Ruling.NONE
                : Ruling.valueOf(line.ruling().toUpperCase(Locale.ROOT));
    }
}

package io.leat.job.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Verdict;
import io.leat.format.Fold;
import io.leat.format.ScrapeReader;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.window.WindowFold;
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
        assertThat(judged(scenario, scenario.records())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theJudgeSeesARecordThatIsMissing(Scenario scenario) {
        List<Scenario.Line> records = scenario.records();
        assertThat(judged(scenario, records.subList(0, records.size() - 1))).isNotEmpty();
    }

    private static List<String> judged(Scenario scenario, List<Scenario.Line> records) {
        Feed feed = ((FeedFile.Valid) FeedFile.read(scenario.feedFile(), name -> null)).feed();
        Outcome outcome = new Outcome(feed.name());
        Fold fold = Fold.inOrder(feed, outcome);
        ScrapeReader reader = new ScrapeReader(feed);
        WindowFold windows = new WindowFold(feed);
        long offset = 0;
        for (Scenario.Line line : records) {
            long taken = line.takenMillis() == Scenario.ANY_TIME ? NOW_MILLIS : line.takenMillis();
            Position position = new Position(feed.source().topic(), 0, offset++);
            fold.take(line.value(), taken, position, ruling(line));
            if (!feed.windows().isEmpty() && reader.read(line.value(), taken, position) instanceof Verdict.Kept kept) {
                windows.take(kept.item());
            }
        }
        if (scenario.waiting() == 0) {
            fold.end();
        }
        return outcome.judgedBy(scenario, windows.told(), fold.tally());
    }

    private static Ruling ruling(Scenario.Line line) {
        return line.ruling().isEmpty()
                ? Ruling.NONE
                : Ruling.valueOf(line.ruling().toUpperCase(Locale.ROOT));
    }
}

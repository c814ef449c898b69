package io.leat.job.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.scenario.Scenario;
import io.leat.format.scenario.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule is a folder: what it says must come out of the pure fold. */
class ScenarioTest {

    private static Stream<Scenario> scenarios() {
        return Scenario.in(Path.of("..", "scenarios")).stream();
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

    private static List<Verdict.Difference> judged(Scenario scenario, List<Scenario.Line> records) {
        Feed feed = ((FeedFile.Valid) FeedFile.read(scenario.feedFile(), name -> null)).feed();
        ScenarioRun run = ScenarioRun.of(feed, records, scenario.waiting() > 0);
        return Verdict.of(scenario, run.found(), run.counters());
    }
}

package io.leat.job.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Changes;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Tally;
import io.leat.core.Verdict;
import io.leat.format.ScrapeReader;
import io.leat.format.feedfile.FeedFile;
import io.leat.testkit.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        ScrapeReader reader = new ScrapeReader(feed);
        Changes changes = new Changes(feed);
        Map<String, Known> known = new HashMap<>();
        Outcome outcome = new Outcome(feed.name());
        long offset = 0;
        for (Scenario.Line line : records) {
            Verdict verdict = reader.read(
                    line.value(), NOW_MILLIS, new Position(feed.source().topic(), 0, offset++));
            if (verdict instanceof Verdict.Refused refused) {
                outcome.refused(refused.refusal().code().word());
                continue;
            }
            Item item = ((Verdict.Kept) verdict).item().with(ruling(line));
            Known before = known.get(item.key());
            Decision decision = changes.decide(before, item);
            changes.notes(before, item, decision).forEach(outcome::noted);
            if (decision instanceof Decision.Told told) {
                outcome.told(told.change());
            }
            Known next = decision.next();
            if (next != null) {
                known.put(item.key(), next);
            }
            if (item.ruling() == Ruling.NONE) {
                outcome.count(Tally.of(decision));
            }
        }
        return outcome;
    }

    private static Ruling ruling(Scenario.Line line) {
        return line.ruling().isEmpty()
                ? Ruling.NONE
                : Ruling.valueOf(line.ruling().toUpperCase(Locale.ROOT));
    }
}

package io.leat.job.scenario;

import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.format.Fold;
import io.leat.format.ScrapeReader;
import io.leat.format.scenario.Found;
import io.leat.format.scenario.Outcome;
import io.leat.format.scenario.Scenario;
import io.leat.job.window.WindowFold;
import java.util.List;
import java.util.Map;

/**
 * What comes of a scenario's records, one after the other, by the time they say and no clock.
 *
 * @param found what came out
 * @param counters where the records went
 */
public record ScenarioRun(Found found, Map<String, Long> counters) {

    /** When the broker takes a record that does not say: late enough for any event time. */
    private static final long NOW_MILLIS = 4_000_000_000_000L;

    /**
     * Runs records through a feed.
     *
     * @param isWaiting whether those that wait in the end go on waiting
     */
    public static ScenarioRun of(Feed feed, List<Scenario.Line> records, boolean isWaiting) {
        Outcome outcome = new Outcome(feed.name());
        Fold fold = Fold.inOrder(feed, outcome);
        ScrapeReader reader = new ScrapeReader(feed);
        WindowFold windows = new WindowFold(feed);
        long offset = 0;
        for (Scenario.Line line : records) {
            long taken = line.takenMillis() == Scenario.ANY_TIME ? NOW_MILLIS : line.takenMillis();
            Position position = new Position(feed.source().topic(), 0, offset++);
            fold.take(line.value(), taken, position, line.ruling());
            if (!feed.windows().isEmpty() && reader.read(line.value(), taken, position) instanceof Verdict.Kept kept) {
                windows.take(kept.item());
            }
        }
        if (!isWaiting) {
            fold.end();
        }
        return new ScenarioRun(outcome.found(windows.told()), Outcome.counters(fold.tally()));
    }
}

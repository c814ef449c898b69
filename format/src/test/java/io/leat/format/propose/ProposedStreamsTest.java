package io.leat.format.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.testkit.SharedData;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is proposed for real streams tells what truly changed, with no hand on it. Two streams by default; with {@code
 * -Dleat.propose.all=true} all of them, and a line of the table in bench/results for each.
 */
class ProposedStreamsTest {

    private static final boolean ALL = Boolean.getBoolean("leat.propose.all");

    private static Stream<RealStream> streams() {
        return RealStream.ALL.stream().limit(ALL ? RealStream.ALL.size() : 2);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aProposedFeedTellsTheTrueChanges(RealStream stream, @TempDir Path dir) throws Exception {
        assumeTrue(SharedData.isPresent("proposals for real streams"));
        long begun = System.nanoTime();
        Proposal proposal =
                new Proposing(stream.folder(), "item.schema.json", Proposal.Answers.NONE).from(stream.scrapes());
        double seconds = (System.nanoTime() - begun) / 1e9;
        RealStream.Score score = stream.score(RealStream.feed(dir, (Proposal.Files) proposal));
        if (ALL) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %,d | %.2f %% | %.2f %% | %,d | %.0f s |%n",
                    stream,
                    score.records(),
                    score.expected(),
                    score.told(),
                    100 * score.recall(),
                    100 * score.falseShare(),
                    score.dead(),
                    seconds);
        }
        assertThat(score.recall()).as(score.toString()).isGreaterThanOrEqualTo(0.95);
        assertThat(score.falseShare()).as(score.toString()).isLessThanOrEqualTo(0.01);
    }
}

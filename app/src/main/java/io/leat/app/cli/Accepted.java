package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.job.Refusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The refusals that a person has overridden. */
final class Accepted {

    @Option(
            names = "--accept",
            paramLabel = "WHAT",
            description =
                    "Go on although a check refused: the word that the refusal named. May be given several times.")
    private List<String> words = List.of();

    /**
     * Their codes.
     *
     * @throws Failure if a word is none of any refusal
     */
    Set<Refusal.Code> codes() {
        Set<Refusal.Code> codes = EnumSet.noneOf(Refusal.Code.class);
        for (String word : words) {
            codes.add(Refusal.Code.accepting(word)
                    .orElseThrow(() -> new Failure(
                            Exit.FEED_FILE,
                            "LEAT-400",
                            "There is nothing to accept under the name '%s'.".formatted(word),
                            "The refusal names the word.")));
        }
        return codes;
    }
}

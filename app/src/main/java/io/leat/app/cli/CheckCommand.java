package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.log.SafeText;
import io.leat.format.feedfile.FeedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat check}: is the feed file right? */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Reads a feed file and its contract and reports every problem at once. Starts nothing.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FEED.yaml", description = "The feed file.")
    private Path file;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Mixin
    private OpenedRanges webhooks;

    private final Surroundings around;

    CheckCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Speech speech = new Speech(around, json);
        FeedFile.Outcome outcome = FeedFile.read(file, around.env(), webhooks.reach());
        if (outcome instanceof FeedFile.Invalid invalid) {
            speech.problems(file.toString(), invalid.problems(), List.of());
            return Exit.FEED_FILE.code();
        }
        FeedFile.Valid valid = (FeedFile.Valid) outcome;
        speech.problems(file.toString(), List.of(), valid.warnings());
        if (!json) {
            around.out()
                    .println("%s: feed '%s' is fine."
                            .formatted(file, valid.feed().name()));
            valid.sinks().forEach(sink -> SinkPromise.of(sink)
                    .forEach(line -> around.out().println(SafeText.of(line))));
        }
        return Exit.OK.code();
    }
}

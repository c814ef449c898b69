package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.trace.Asked;
import io.leat.app.trace.Trace;
import io.leat.app.trace.TraceJson;
import io.leat.app.trace.TraceText;
import io.leat.app.trace.Traces;
import io.leat.format.feedfile.FeedFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat trace}: why a record was or was not told, and what became of its change. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = "Says why each record of a key was or was not told, and what happened to each delivery. Reads the"
                + " feed's topics and decides again; a running feed is not disturbed.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TraceCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FEED.yaml", description = "The feed file.")
    private Path file;

    @Parameters(
            index = "1",
            paramLabel = "WHAT",
            description = "A key as 'leat changes --json' shows it: '[\"amazon\",\"B00X\"]'; a record as"
                    + " TOPIC:PARTITION:OFFSET; or the id of a change.")
    private String what;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "Of a key only the last N records; default: ${DEFAULT-VALUE}. 0 for all.")
    private int last;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private BrokerOptions broker;

    private final Surroundings around;

    TraceCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Speech speech = new Speech(around, json);
        FeedFile.Valid declared = FeedArgument.readWhole(file, around, speech);
        if (declared == null) {
            return FeedArgument.wrong();
        }
        Asked asked = Asked.read(what, declared.feed());
        if (asked == null || last < 0) {
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-400",
                    asked == null
                            ? "'%s' is no key, place or change of feed %s."
                                    .formatted(what, declared.feed().name())
                            : "--last %s is not a number of records.".formatted(last),
                    "Write a key as a JSON list, a record as TOPIC:PARTITION:OFFSET with the raw topic or the change"
                            + " log, or the id of a change.");
        }
        return broker.with(declared.feed(), found -> {
            Traces traces = new Traces(found, declared.feed(), declared.sinks(), around.clock());
            Trace trace = traces.of(asked, last == 0 ? Integer.MAX_VALUE : last);
            if (json) {
                speech.object(TraceJson.members(trace));
            } else {
                TraceText.lines(trace, declared.feed()).forEach(around.out()::println);
                around.out().flush();
            }
            return Exit.OK.code();
        });
    }
}

package io.leat.app.cli;

import io.leat.app.doctor.ClusterLook;
import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.SafeText;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.Looks;
import io.leat.format.feedfile.FeedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat check}: is the feed file right? */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Reads a feed file and its contract and reports every problem at once. Starts no feed.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private GivenFeed given;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Option(
            names = "--connect",
            description =
                    "Also look whether what the feed's change log knows can be carried over, and for how many keys it cannot;"
                            + " and whether each sink can be reached and written to, and its group used; nothing is told. Of a webhook, whether"
                            + " its address is known and allowed: 'leat sinks test' posts an event.")
    private boolean connect;

    @Mixin
    private BrokerOptions broker;

    @Mixin
    private OpenedRanges webhooks;

    private final Surroundings around;

    CheckCommand(Surroundings around) {
        this.around = around;
    }

    /** The feed file it is to read. */
    Path file() {
        return given.file();
    }

    @Override
    public Integer call() {
        Speech speech = new Speech(around, json);
        FeedFile.Outcome outcome = FeedFile.read(given.file(), around.env(), webhooks.reach());
        if (outcome instanceof FeedFile.Invalid invalid) {
            speech.problems(given.file().toString(), invalid.problems(), List.of());
            return Exit.FEED_FILE.code();
        }
        FeedFile.Valid valid = (FeedFile.Valid) outcome;
        speech.problems(given.file().toString(), List.of(), valid.warnings());
        if (!json) {
            around.out()
                    .println("%s: feed '%s' is fine."
                            .formatted(given.file(), valid.feed().name()));
            valid.sinks().forEach(sink -> SinkPromise.of(valid.feed().name(), sink)
                    .forEach(line -> around.out().println(SafeText.of(line))));
        }
        KnownKeysLook known = new KnownKeysLook(valid.feed(), around, speech, json);
        if (!connect) {
            if (known.isIn(broker.data())) {
                around.notice(
                        "'%s' has a change log of this feed: 'leat check --connect' says whether what is known can be carried over."
                                .formatted(broker.data()));
            }
            return Exit.OK.code();
        }
        List<String> wrong = new ArrayList<>();
        int carried = broker.isThere()
                ? broker.with(valid.feed(), found -> {
                    wrong.addAll(groups(found, valid));
                    return known.at(found, broker.data(), broker.isNamed()).code();
                })
                : Exit.OK.code();
        return Math.max(carried, look(speech, valid, wrong));
    }

    private int look(Speech speech, FeedFile.Valid valid, List<String> wrong) {
        try (Looks looks = new Looks(valid.feed().name(), webhooks.ranges(), spool())) {
            for (Subscription sink : valid.sinks()) {
                String problem = looks.at(sink);
                if (problem != null) {
                    wrong.add("sink '%s': %s".formatted(sink.name(), problem));
                } else if (!json) {
                    around.out().println(SafeText.of("sink '%s': can be reached.".formatted(sink.name())));
                }
            }
            if (wrong.isEmpty()) {
                return Exit.OK.code();
            }
            speech.failure(Failure.environment(
                    "LEAT-428",
                    SafeText.of(String.join("; ", wrong)) + ".",
                    "docs/sinks says of each code what to do; 'leat check' without --connect asks nobody."));
            return Exit.ENVIRONMENT.code();
        }
    }

    /** What is wrong with the groups that say how far sinks are. */
    private List<String> groups(Broker found, FeedFile.Valid valid) {
        return ClusterLook.at(found, valid.feed(), valid.sinks(), around.clock()).findingsOfGroups().stream()
                .filter(finding -> !finding.isFit())
                .map(finding -> "%s: %s, grant it: %s".formatted(finding.what(), finding.says(), finding.advice()))
                .toList();
    }

    private static Path spool() {
        return Path.of(System.getProperty("java.io.tmpdir"), "leat-look");
    }
}

package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.HeldScrapes;
import io.leat.app.log.HeldScrapes.Waiting;
import io.leat.core.Feed;
import io.leat.core.Ruling;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leat held}: implausible scrapes that wait, and what a person says of them. */
@Command(
        name = "held",
        mixinStandardHelpOptions = true,
        description = "Lists the implausible scrapes that wait to be confirmed, releases them or rejects them.",
        synopsisSubcommandLabel = "(list | release | reject)")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HeldCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private final Surroundings around;

    HeldCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints what waits.")
    int list(
            @Parameters(paramLabel = "FEED.yaml") Path file,
            @Mixin BrokerOptions broker,
            @Option(names = "--json") boolean json) {
        return with(file, broker, json, (feed, found) -> {
            List<Waiting> waiting = HeldScrapes.waiting(found, feed);
            for (Waiting each : waiting) {
                around.out().println(json ? each.json() : each.line());
            }
            if (!json) {
                around.notice(waiting.isEmpty() ? "Nothing waits." : waiting.size() + " waiting.");
            }
            return Exit.OK.code();
        });
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Says that held scrapes are right: they are told.")
    int release(
            @Parameters(paramLabel = "FEED.yaml") Path file,
            @Parameters(paramLabel = "ID", arity = "1..*", description = "The id, or how it begins.") List<String> ids,
            @Mixin BrokerOptions broker,
            @Option(names = "--json") boolean json) {
        return rule(file, ids, broker, json, Ruling.RELEASE);
    }

    @Command(
            name = "reject",
            mixinStandardHelpOptions = true,
            description = "Says that held scrapes are wrong: their value is not told until another was.")
    int reject(
            @Parameters(paramLabel = "FEED.yaml") Path file,
            @Parameters(paramLabel = "ID", arity = "1..*", description = "The id, or how it begins.") List<String> ids,
            @Mixin BrokerOptions broker,
            @Option(names = "--json") boolean json) {
        return rule(file, ids, broker, json, Ruling.REJECT);
    }

    private int rule(Path file, List<String> ids, BrokerOptions broker, boolean json, Ruling ruling) {
        return with(file, broker, json, (feed, found) -> {
            List<Waiting> waiting = HeldScrapes.waiting(found, feed);
            List<Waiting> chosen = ids.stream().map(id -> one(waiting, id)).toList();
            String word = ruling == Ruling.RELEASE ? "released" : "rejected";
            for (Waiting each : chosen) {
                HeldScrapes.rule(found, feed, each, ruling);
                if (json) {
                    new Speech(around, true).object(Map.of("id", each.id(), word, true));
                } else {
                    around.notice(word + " " + each.line());
                }
            }
            return Exit.OK.code();
        });
    }

    private static Waiting one(List<Waiting> waiting, String id) {
        List<Waiting> found =
                waiting.stream().filter(each -> each.id().startsWith(id)).toList();
        if (found.size() != 1) {
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-415",
                    "%s held scrape has an id that begins with '%s'."
                            .formatted(found.isEmpty() ? "No" : "More than one", id),
                    "'leat held list' shows what waits.");
        }
        return found.get(0);
    }

    private int with(Path file, BrokerOptions broker, boolean json, ToIntBiFunction<Feed, Broker> work) {
        Feed feed = FeedArgument.read(file, around, new Speech(around, json));
        return feed == null
                ? FeedArgument.wrong()
                : broker.with(feed, found -> {
                    int exit = feed.rules().hold().isEmpty() ? Exit.OK.code() : work.applyAsInt(feed, found);
                    around.out().flush();
                    return exit;
                });
    }
}

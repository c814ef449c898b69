package io.leat.app.cli;

import io.leat.app.alerts.Notices;
import io.leat.app.alerts.StoredAlerts;
import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.SafeText;
import io.leat.core.Feed;
import io.leat.gateway.review.QuietSpan;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;

/** {@code leat alerts}: what is open, and what people say of it. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description =
                "Lists the alerts of a feed that are open; takes notice of one; calls the gap one tells of usual; makes one quiet"
                        + " for a while.",
        synopsisSubcommandLabel = "list|acknowledge|accept|quiet")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AlertsCommand {

    @Mixin
    private BrokerOptions kafka;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON.")
    private boolean json;

    private final Surroundings around;

    AlertsCommand(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists those that are open, the oldest first.")
    int list(@Parameters(paramLabel = "FEED.yaml", description = "The feed file.") Path file) {
        return with(file, feed -> broker -> {
            for (JsonNode alert : StoredAlerts.open(broker, feed)) {
                around.out().println(json ? alert.toString() : line(alert));
            }
            around.out().flush();
            return Exit.OK.code();
        });
    }

    private static String line(JsonNode alert) {
        return SafeText.of("%s  %s %s  %s  since %s%s"
                .formatted(
                        alert.path("id").asString(""),
                        alert.path("alert").asString(""),
                        alert.path("state").asString(""),
                        alert.path("site").asString(alert.path("what").asString("")),
                        alert.path("since").asString(alert.path("at").asString("")),
                        said(alert)));
    }

    private static String said(JsonNode alert) {
        if (!alert.has("acknowledged")) {
            return "";
        }
        String until = alert.path("quiet_until").asString("");
        return until.isEmpty() ? "  acknowledged" : "  quiet until " + until;
    }

    @Command(
            name = "acknowledge",
            mixinStandardHelpOptions = true,
            description = "Takes notice of an alert: that it grows worse is told to nobody any more. Its end is.")
    int acknowledge(
            @Parameters(index = "0", paramLabel = "FEED.yaml", description = "The feed file.") Path file,
            @Parameters(index = "1", paramLabel = "ID", description = "As 'leat alerts list' shows it.") String id) {
        return say(file, id, notices -> notices.acknowledge(id));
    }

    @Command(
            name = "accept",
            mixinStandardHelpOptions = true,
            description =
                    "Calls the gap that an alert about silence tells of usual: one as long is not told again. The run"
                            + " learns it, when it is over if it is not yet.")
    int accept(
            @Parameters(index = "0", paramLabel = "FEED.yaml", description = "The feed file.") Path file,
            @Parameters(index = "1", paramLabel = "ID", description = "Of an alert that is open or was.") String id) {
        return say(file, id, notices -> notices.accept(id));
    }

    @Command(
            name = "quiet",
            mixinStandardHelpOptions = true,
            description =
                    "Makes an alert quiet for a while: webhooks and the command hear nothing of it or of one about the same,"
                            + " and afterwards of what is still open. A span that is given later replaces this one.")
    int quiet(
            @Parameters(index = "0", paramLabel = "FEED.yaml", description = "The feed file.") Path file,
            @Parameters(index = "1", paramLabel = "ID", description = "As 'leat alerts list' shows it.") String id,
            @Option(
                            names = "--for",
                            paramLabel = "SPAN",
                            required = true,
                            description = "How long: 30m, 8h, 7d; 30 days at most.")
                    String span) {
        long millis = millis(span);
        return say(file, id, notices -> notices.quiet(id, millis));
    }

    private static long millis(String text) {
        try {
            return QuietSpan.millis(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                            Exit.FEED_FILE,
                            "LEAT-400",
                            "'%s' is no span that an alert may be quiet for.".formatted(text),
                            "Write --for 30m, 8h or 7d, up to 30d.")
                    .because(e);
        }
    }

    private int say(Path file, String id, Function<Notices, Notices.Outcome> word) {
        return with(file, feed -> broker -> {
            Notices.Outcome outcome = word.apply(new Notices(broker, feed, around.clock()));
            if (outcome != Notices.Outcome.SAID) {
                throw new Failure(
                        Exit.FEED_FILE,
                        "LEAT-400",
                        outcome == Notices.Outcome.UNKNOWN
                                ? "The feed '%s' has no alert '%s'.".formatted(feed.name(), id)
                                : "The alert '%s' tells of no gap.".formatted(id),
                        "'leat alerts list' shows what is open.");
            }
            return Exit.OK.code();
        });
    }

    private interface Work {
        ToIntFunction<Broker> on(Feed feed);
    }

    private int with(Path file, Work work) {
        Feed feed = FeedArgument.read(file, around, new Speech(around, json));
        if (feed == null) {
            return FeedArgument.wrong();
        }
        if (!feed.hasAlerts()) {
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-400",
                    "The feed '%s' has no alerts.".formatted(feed.name()),
                    "Add 'watch: {by: FIELD}' to the feed file.");
        }
        return kafka.with(feed, work.on(feed));
    }
}

package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.log.SafeText;
import io.leat.delivery.AttemptLog;
import io.leat.delivery.Desk;
import io.leat.delivery.OneOff;
import io.leat.delivery.Redriven;
import io.leat.format.EventTimes;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;

/** {@code leat deliveries}: what became of the changes of each sink. */
@Command(
        name = "deliveries",
        mixinStandardHelpOptions = true,
        description =
                "Shows attempts to deliver webhooks, what of any sink was not delivered, and sends webhooks again that were given"
                        + " up.",
        synopsisSubcommandLabel = "list|undelivered|redrive")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DeliveriesCommand {

    @Mixin
    private BrokerOptions kafka;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON, one object a line.")
    private boolean json;

    @Mixin
    private WebhookOptions webhooks;

    private final Surroundings around;

    DeliveriesCommand(Surroundings around) {
        this.around = around;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Attempts of the last seven days.")
    int list(
            @Parameters(paramLabel = "FEED.yaml") Path feed,
            @Option(names = "--subscription", paramLabel = "NAME", description = "Only of this one.") @Nullable
                    String name,
            @Option(names = "--failed", description = "Only those that did not deliver.") boolean failed,
            @Option(names = "--since", paramLabel = "TIME", description = "Only from this moment on.") @Nullable
                    String since) {
        long from = since == null ? 0 : moment(since);
        return with(feed, desk -> {
            desk.attempts().each(new AttemptLog.Wanted(desk.wanted(name), failed, from), this::show);
            return Exit.OK.code();
        });
    }

    @Command(
            name = "undelivered",
            mixinStandardHelpOptions = true,
            description = "What of any sink was given up and not sent again.")
    int undelivered(@Parameters(paramLabel = "FEED.yaml") Path feed) {
        return with(feed, desk -> {
            desk.all().keySet().forEach(name -> desk.undelivered(name)
                    .forEach(change -> around.out().println(SafeText.of(name + "/" + change))));
            return Exit.OK.code();
        });
    }

    @Command(
            name = "redrive",
            mixinStandardHelpOptions = true,
            description = "Sends again what was given up for one client, to that client only, in order; stops at the"
                    + " first that fails. What is older than the newest the client has of a key is kept.")
    int redrive(
            @Parameters(paramLabel = "FEED.yaml") Path feed,
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--older",
                            description =
                                    "Send also what is older than the newest the client has of a key: it has to look"
                                            + " at seq.")
                    boolean older) {
        return with(feed, desk -> {
            Redriven done = desk.redrive(name, older, () -> around.stop().asked() == null);
            String kept = done.kept() == 0 ? "" : "; kept: " + done.kept();
            String then = done.stoppedBy() == null ? "" : "; then " + OneOff.words(done.stoppedBy());
            around.out().println("sent again: %s%s%s".formatted(done.sent(), kept, then));
            return (done.left() == 0 ? Exit.OK : Exit.RUNTIME).code();
        });
    }

    private void show(JsonNode attempt) {
        if (json) {
            around.out().println(attempt);
            return;
        }
        String answer = attempt.has("status")
                ? attempt.get("status").asString()
                : attempt.path("error").asString("");
        around.out()
                .println(SafeText.of("%s  %-20s %-9s %-18s attempt %s  %s ms  %s"
                        .formatted(
                                attempt.path("at").asString(""),
                                attempt.path("subscription").asString(""),
                                attempt.path("result").asString(""),
                                answer,
                                attempt.path("attempt").asInt(0),
                                attempt.path("took_ms").asLong(0),
                                attempt.path("key").asString(""))));
    }

    private int with(Path file, ToIntFunction<Desk> work) {
        return webhooks.atDesk(file, kafka, around, new Speech(around, json), work);
    }

    private static long moment(String text) {
        try {
            return EventTimes.parse(text) / 1_000;
        } catch (DateTimeException e) {
            throw SubscriptionsCommand.wrong(
                    "'%s' is not a time.".formatted(text), "Write one such as 2026-02-07T17:22:01Z.");
        }
    }
}

package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.report.ReportHtml;
import io.leat.app.report.ReportText;
import io.leat.app.report.Reporting;
import io.leat.app.report.Span;
import io.leat.delivery.Desk;
import io.leat.delivery.Refusal;
import io.leat.format.feedfile.FeedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code leat report}: what a feed told and kept back over some days. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Says what a feed told over some days and what it kept back, by which rule, how fast, and what each client"
                        + " got. Reads the feed's topics; a running feed is not disturbed.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportCommand implements Callable<Integer> {

    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([mhd])");

    @Mixin
    private GivenFeed given;

    @Option(
            names = "--last",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "So long up to now: 90m, 24h, 7d; default: ${DEFAULT-VALUE}.")
    private String last;

    @Option(names = "--client", paramLabel = "NAME", description = "For this subscription: no other is in it.")
    private @Nullable String client;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write it as a page that needs nothing else, fit to be sent to a client.")
    private @Nullable Path html;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private BrokerOptions kafka;

    @Mixin
    private WebhookOptions webhooks;

    private final Surroundings around;

    ReportCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        FeedFile.Valid declared = FeedArgument.readWhole(given.file(), around, new Speech(around, json));
        if (declared == null) {
            return FeedArgument.wrong();
        }
        long now = around.clock().millis();
        Span span = new Span(now - millis(last), now);
        return kafka.with(declared.feed(), broker -> {
            try (Desk desk = Desk.forOnce(
                    webhooks.settings(declared.feed(), declared.sinks(), broker, kafka.data()),
                    around.clock(),
                    new SecureRandom())) {
                tell(report(declared, broker, desk, span));
            }
            return Exit.OK.code();
        });
    }

    private ObjectNode report(FeedFile.Valid declared, Broker broker, Desk desk, Span span) {
        try {
            return new Reporting(broker, declared.feed(), desk).of(span, client);
        } catch (Refusal e) {
            throw wrong(
                    "There is no subscription '%s'.".formatted(client),
                    "'leat subscriptions list' shows what there is.");
        }
    }

    private void tell(ObjectNode report) {
        if (html != null) {
            try {
                Files.writeString(html, ReportHtml.page(report));
            } catch (IOException e) {
                throw wrong(
                        "The page cannot be written to '%s'.".formatted(html), "Name another file with --html FILE.");
            }
        }
        if (json) {
            around.out().println(report);
        } else if (html == null) {
            ReportText.lines(report).forEach(around.out()::println);
        }
        around.out().flush();
    }

    private static long millis(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw wrong("'%s' is no span of time.".formatted(text), "Write --last 90m, 24h or 7d.");
        }
        long amount = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "m" -> Duration.ofMinutes(amount).toMillis();
            case "h" -> Duration.ofHours(amount).toMillis();
            default -> Duration.ofDays(amount).toMillis();
        };
    }

    private static Failure wrong(String message, String hint) {
        return new Failure(Exit.FEED_FILE, "LEAT-400", message, hint);
    }
}

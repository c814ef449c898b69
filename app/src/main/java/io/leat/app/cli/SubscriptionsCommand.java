package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.SafeText;
import io.leat.core.delivery.Secret;
import io.leat.core.delivery.SigningKey;
import io.leat.format.EventTimes;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.webhook.SubscriptionJson;
import io.leat.format.webhook.WebhookSecret;
import io.leat.format.webhook.WebhookUrl;
import io.leat.gateway.webhook.OneOff;
import io.leat.gateway.webhook.Standing;
import io.leat.gateway.webhook.lane.Outcome;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat subscriptions}: who gets a feed's changes as webhooks. */
@Command(
        name = "subscriptions",
        mixinStandardHelpOptions = true,
        description =
                "Makes, lists and changes the webhook subscriptions of a feed. Running gateways learn of it at once.",
        synopsisSubcommandLabel = "list|create|pause|resume|disable|rotate|url|replay|test|remove")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SubscriptionsCommand {

    private static final Duration OLD_KEY_HOLDS = Duration.ofHours(24);
    private static final String FEED = "FEED.yaml";

    @Mixin
    private BrokerOptions kafka;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private WebhookOptions webhooks;

    private final Surroundings around;

    SubscriptionsCommand(Surroundings around) {
        this.around = around;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists them; secrets are not shown.")
    int list(@Parameters(paramLabel = FEED) Path feed) {
        return with(feed, desk -> {
            desk.all().values().forEach(this::show);
            return Exit.OK.code();
        });
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes one, and shows its secret, this once.")
    int create(
            @Parameters(paramLabel = FEED) Path feed,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "URL") String url,
            @Mixin SubscriptionTerms terms) {
        return with(feed, desk -> {
            if (desk.all().containsKey(name)) {
                throw wrong("There is a subscription '%s' already.".formatted(name), "Choose another name.");
            }
            checkUrl(url);
            Secret secret = terms.secret();
            Secret drawn = secret == null ? WebhookSecret.generate(new SecureRandom()) : secret;
            desk.put(Standing.fresh(terms.subscription(name, url, new SigningKey(drawn, SigningKey.FOR_GOOD)), false));
            if (secret == null) {
                reveal(name, drawn);
            }
            return Exit.OK.code();
        });
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Stops deliveries; the backlog stays.")
    int pause(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return change(feed, name, standing -> standing.in(Standing.State.PAUSED, "paused by a person"));
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Goes on where it stopped, whoever stopped it.")
    int resume(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return change(feed, name, standing -> standing.in(Standing.State.ACTIVE, ""));
    }

    @Command(name = "disable", mixinStandardHelpOptions = true, description = "Stops deliveries until it is resumed.")
    int disable(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return change(feed, name, standing -> standing.in(Standing.State.DISABLED, "disabled by a person"));
    }

    @Command(
            name = "url",
            mixinStandardHelpOptions = true,
            description = "Moves it to another address; what waits goes there.")
    int url(
            @Parameters(paramLabel = FEED) Path feed,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "URL") String url) {
        checkUrl(url);
        return change(feed, name, standing -> made(standing)
                .with(standing.subscription().to(url)));
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Draws a new secret and shows it, this once. The old one signs beside it for 24 hours.")
    int rotate(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        Secret drawn = WebhookSecret.generate(new SecureRandom());
        long until = around.clock().millis() + OLD_KEY_HOLDS.toMillis();
        int code = change(feed, name, standing -> {
            SigningKey old = made(standing).subscription().keys().get(0);
            List<SigningKey> keys =
                    List.of(new SigningKey(drawn, SigningKey.FOR_GOOD), new SigningKey(old.secret(), until));
            return standing.with(standing.subscription().signedWith(keys));
        });
        reveal(name, drawn);
        return code;
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = "Delivers again all changes told at this moment or later, then goes on.")
    int replay(
            @Parameters(paramLabel = FEED) Path feed,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "SINCE", description = "A time such as 2026-02-07T17:22:01Z.") String since) {
        try {
            long millis = EventTimes.parse(since) / 1_000;
            return change(feed, name, standing -> standing.replayedFrom(millis));
        } catch (DateTimeException e) {
            throw wrong("'%s' is not a time.".formatted(since), "Write one such as 2026-02-07T17:22:01Z.");
        }
    }

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = "Posts one signed event of type leat.test from here, and says what came of it.")
    int test(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return with(feed, desk -> {
            try (OneOff once = new OneOff(desk.settings().opened(), around.clock())) {
                Outcome outcome = once.test(desk.get(name).subscription());
                around.out().println(OneOff.words(outcome));
                return (OneOff.isDelivered(outcome) ? Exit.OK : Exit.RUNTIME).code();
            }
        });
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Forgets it.")
    int remove(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return with(feed, desk -> {
            made(desk.get(name));
            desk.remove(name);
            return Exit.OK.code();
        });
    }

    private int change(Path feed, String name, UnaryOperator<Standing> change) {
        return with(feed, desk -> {
            desk.put(change.apply(desk.get(name)));
            return Exit.OK.code();
        });
    }

    private int with(Path file, Function<SubscriptionDesk, Integer> work) {
        FeedFile.Valid declared = FeedArgument.readWhole(file, around, new Speech(around, json));
        if (declared == null) {
            return FeedArgument.wrong();
        }
        return kafka.with(declared.feed(), broker -> with(declared, broker, work));
    }

    private int with(FeedFile.Valid declared, Broker broker, Function<SubscriptionDesk, Integer> work) {
        try (SubscriptionDesk desk =
                SubscriptionDesk.open(webhooks.settings(declared.feed(), declared.sinks(), broker, kafka.data()))) {
            return work.apply(desk);
        }
    }

    private void show(Standing standing) {
        if (json) {
            var object = SubscriptionJson.describe(standing.subscription());
            object.put("state", standing.state().word());
            object.put("reason", standing.reason());
            object.put("declared", standing.declared());
            around.out().println(object);
            return;
        }
        around.out()
                .println(SafeText.of("%-20s %-8s %s%s%s"
                        .formatted(
                                standing.subscription().name(),
                                standing.state().word(),
                                WebhookUrl.parse(standing.subscription().url()),
                                standing.declared() ? "  (feed file)" : "",
                                standing.reason().isEmpty() ? "" : "  " + standing.reason())));
    }

    private void reveal(String name, Secret secret) {
        if (json) {
            new Speech(around, true).object(Map.of("name", name, "secret", secret.text()));
        } else {
            around.out().println(secret.text());
            around.err().println("Keep it: it is stored sealed and cannot be shown again.");
        }
    }

    private static Standing made(Standing standing) {
        if (standing.declared()) {
            throw wrong("The feed file declares this subscription.", "Change it there and start again.");
        }
        return standing;
    }

    private static void checkUrl(String url) {
        try {
            WebhookUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), "Write it like https://example.com/hooks/prices.");
        }
    }

    static Failure wrong(String message, String hint) {
        return new Failure(Exit.FEED_FILE, "LEAT-400", message, hint);
    }
}

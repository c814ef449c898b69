package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.SafeText;
import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Secret;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Sink;
import io.leat.core.delivery.Webhook;
import io.leat.delivery.Desk;
import io.leat.delivery.OneOff;
import io.leat.delivery.Standing;
import io.leat.delivery.lane.Outcome;
import io.leat.format.EventTimes;
import io.leat.format.feedfile.SinkLogin;
import io.leat.format.webhook.Filter;
import io.leat.format.webhook.SubscriptionJson;
import io.leat.format.webhook.SubscriptionPatch;
import io.leat.format.webhook.WebhookSecret;
import io.leat.format.webhook.WebhookUrl;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.node.ObjectNode;

/** {@code leat sinks}: who gets a feed's changes, of whatever kind; its old name goes on working. */
@Command(
        name = "sinks",
        aliases = "subscriptions",
        mixinStandardHelpOptions = true,
        description =
                "Lists the sinks of a feed, stops and starts them, and makes and changes webhooks. Whoever delivers learns of it"
                        + " at once.",
        synopsisSubcommandLabel = "list|show|create|update|pause|resume|disable|rotate|url|replay|test|remove")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SubscriptionsCommand {

    private static final String FEED = "FEED.yaml";

    @Mixin
    private BrokerOptions kafka;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON.")
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
            Map<String, Standing> all = desk.all();
            Map<String, Long> unanswered = desk.attempts().unanswered(all.values());
            all.values().forEach(standing -> show(desk, standing, unanswered));
            String warning = desk.warning();
            if (warning != null) {
                around.notice(warning);
            }
            return Exit.OK.code();
        });
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one and how it stands.")
    int show(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return done(feed, desk -> {
            Standing standing = desk.get(name);
            show(desk, standing, desk.attempts().unanswered(List.of(standing)));
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
            checkUrl(url);
            Secret secret = terms.secret();
            Secret drawn = secret == null ? WebhookSecret.generate(new SecureRandom()) : secret;
            desk.create(terms.subscription(name, url, new SigningKey(drawn, SigningKey.FOR_GOOD)));
            if (terms.isSilentAboutGone()) {
                around.notice(Filter.SILENT_ABOUT_GONE);
            }
            if (secret == null) {
                reveal(name, drawn);
            }
            return Exit.OK.code();
        });
    }

    @Command(
            name = "update",
            mixinStandardHelpOptions = true,
            description = "Changes its terms; what is not given stays. What waits is delivered on the new ones.")
    int update(
            @Parameters(paramLabel = FEED) Path feed,
            @Parameters(paramLabel = "NAME") String name,
            @Mixin NewTerms terms) {
        ObjectNode patch = terms.patch();
        return changed(
                feed,
                desk -> desk.update(
                        name, subscription -> SubscriptionPatch.apply(patch, subscription, SinkLogin::renew)));
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Stops deliveries; the backlog stays.")
    int pause(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return changed(feed, desk -> desk.pause(name));
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Goes on where it stopped, whoever stopped it.")
    int resume(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return changed(feed, desk -> desk.resume(name));
    }

    @Command(name = "disable", mixinStandardHelpOptions = true, description = "Stops deliveries until it is resumed.")
    int disable(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return changed(feed, desk -> desk.disable(name));
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
        return changed(feed, desk -> desk.move(name, url));
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Draws a new secret and shows it, this once. The old one signs beside it for 24 hours.")
    int rotate(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return done(feed, desk -> reveal(name, desk.rotate(name)));
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
            return changed(feed, desk -> desk.replay(name, millis));
        } catch (DateTimeException e) {
            throw wrong("'%s' is not a time.".formatted(since), "Write one such as 2026-02-07T17:22:01Z.");
        }
    }

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description =
                    "Posts one signed event of type leat.test to a webhook from here, and says what came of it; of other"
                            + " sinks, whether they can be reached and written to.")
    int test(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return with(feed, desk -> {
            if (!(desk.get(name).subscription().sink() instanceof Webhook)) {
                String problem = desk.look(name);
                around.out().println(SafeText.of(problem == null ? "can be reached" : problem));
                return (problem == null ? Exit.OK : Exit.RUNTIME).code();
            }
            Outcome outcome = desk.test(name).toCompletableFuture().join();
            around.out().println(OneOff.words(outcome));
            return (OneOff.isDelivered(outcome) ? Exit.OK : Exit.RUNTIME).code();
        });
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Forgets it.")
    int remove(@Parameters(paramLabel = FEED) Path feed, @Parameters(paramLabel = "NAME") String name) {
        return done(feed, desk -> tellUnsettled(desk.remove(name)));
    }

    private int changed(Path feed, Function<Desk, Desk.Changed> change) {
        return done(feed, desk -> tellUnsettled(change.apply(desk).settled()));
    }

    private void tellUnsettled(boolean settled) {
        if (!settled) {
            around.notice("It is written down; what was under way before may still arrive for some seconds.");
        }
    }

    private int done(Path feed, Consumer<Desk> work) {
        return with(feed, desk -> {
            work.accept(desk);
            return Exit.OK.code();
        });
    }

    private int with(Path file, ToIntFunction<Desk> work) {
        return webhooks.atDesk(file, kafka, around, new Speech(around, json), work);
    }

    private void show(Desk desk, Standing standing, Map<String, Long> unanswered) {
        long without = unanswered.getOrDefault(standing.subscription().name(), 0L);
        if (json) {
            var object = SubscriptionJson.describe(standing.subscription());
            object.put("state", standing.state().word());
            object.put("reason", standing.reason());
            object.put("declared", standing.declared());
            object.put("group", desk.group(standing));
            object.put("unanswered", without);
            around.out().println(object);
            return;
        }
        around.out()
                .println(SafeText.of("%-20s %-8s %s%s%s%s"
                        .formatted(
                                standing.subscription().name(),
                                standing.state().word(),
                                end(standing.subscription().sink()),
                                standing.declared() ? "  (feed file)" : "",
                                standing.reason().isEmpty() ? "" : "  " + standing.reason(),
                                without == 0
                                        ? ""
                                        : "  its condition had no answer for %s changes".formatted(without))));
    }

    private static Object end(Sink sink) {
        if (sink instanceof Webhook webhook) {
            return WebhookUrl.parse(webhook.url());
        }
        if (sink instanceof KafkaTopic topic) {
            return "%s %s %s".formatted(topic.kind(), topic.bootstrap(), topic.topic());
        }
        return sink instanceof Postgres postgres
                ? "%s %s %s".formatted(postgres.kind(), postgres.url(), postgres.table())
                : "%s %s".formatted(sink.kind(), ((JsonFiles) sink).path());
    }

    private void reveal(String name, Secret secret) {
        if (json) {
            new Speech(around, true).object(Map.of("name", name, "secret", secret.text()));
        } else {
            around.out().println(secret.text());
            around.notice("Keep it: it is stored sealed and cannot be shown again.");
        }
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

package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.log.SafeText;
import io.leat.core.delivery.Subscription;
import io.leat.format.EventTimes;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.webhook.WebhookTopics;
import io.leat.gateway.webhook.OneOff;
import io.leat.gateway.webhook.StoredTopic;
import io.leat.gateway.webhook.lane.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code leat deliveries}: what became of webhooks. */
@Command(
        name = "deliveries",
        mixinStandardHelpOptions = true,
        description = "Shows attempts to deliver webhooks, and sends again what was given up.",
        synopsisSubcommandLabel = "list|undelivered|redrive")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DeliveriesCommand {

    private static final int MOST_REDRIVEN = 10_000;
    private static final JsonMapper JSON = new JsonMapper();

    @Mixin
    private BrokerOptions kafka;

    @Option(names = "--json", description = "Print JSON, one object a line.")
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
            StoredTopic.read(
                    desk.settings().consumer(Map.of()),
                    WebhookTopics.of(desk.settings().feed()).attempts(),
                    from,
                    rec -> {
                        JsonNode attempt = JSON.readTree(rec.value());
                        boolean mine = name == null
                                || attempt.path("subscription").asString("").equals(name);
                        if (mine
                                && !(failed
                                        && attempt.path("result").asString("").equals("delivered"))) {
                            show(attempt);
                        }
                    });
            return Exit.OK.code();
        });
    }

    @Command(
            name = "undelivered",
            mixinStandardHelpOptions = true,
            description = "What was given up and not sent again.")
    int undelivered(@Parameters(paramLabel = "FEED.yaml") Path feed) {
        return with(feed, desk -> {
            dead(desk, "").forEach((key, change) -> around.out().println(SafeText.of(key)));
            return Exit.OK.code();
        });
    }

    @Command(
            name = "redrive",
            mixinStandardHelpOptions = true,
            description = "Sends again what was given up for one client, to that client only, in order; stops at the"
                    + " first that fails.")
    int redrive(@Parameters(paramLabel = "FEED.yaml") Path feed, @Parameters(paramLabel = "NAME") String name) {
        return with(feed, desk -> {
            Subscription subscription = desk.get(name).subscription();
            int sent = 0;
            try (OneOff once = new OneOff(desk.settings().opened(), around.clock())) {
                for (Map.Entry<String, byte[]> letter : dead(desk, name + "/").entrySet()) {
                    Outcome outcome = once.again(subscription, letter.getValue());
                    if (!OneOff.isDelivered(outcome)) {
                        around.out().println("sent again: %d; then %s".formatted(sent, OneOff.words(outcome)));
                        return Exit.RUNTIME.code();
                    }
                    forget(desk, letter.getKey());
                    sent++;
                }
            }
            around.out().println("sent again: %d".formatted(sent));
            return Exit.OK.code();
        });
    }

    private static void forget(SubscriptionDesk desk, String key) {
        try {
            desk.producer()
                    .send(new ProducerRecord<>(
                            WebhookTopics.of(desk.settings().feed()).undelivered(),
                            key.getBytes(StandardCharsets.UTF_8),
                            null))
                    .get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new org.apache.kafka.common.KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    /** Dead letters by key, in the order they were given up. */
    private static Map<String, byte[]> dead(SubscriptionDesk desk, String prefix) {
        Map<String, byte[]> letters = new LinkedHashMap<>();
        StoredTopic.read(
                desk.settings().consumer(Map.of()),
                WebhookTopics.of(desk.settings().feed()).undelivered(),
                0,
                rec -> {
                    String key = new String(rec.key(), StandardCharsets.UTF_8);
                    if (rec.value() == null) {
                        letters.remove(key);
                    } else if (key.startsWith(prefix) && letters.size() < MOST_REDRIVEN) {
                        letters.put(key, rec.value());
                    }
                });
        return letters;
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
                .println(SafeText.of("%s  %-20s %-9s %-18s attempt %d  %d ms  %s"
                        .formatted(
                                attempt.path("at").asString(""),
                                attempt.path("subscription").asString(""),
                                attempt.path("result").asString(""),
                                answer,
                                attempt.path("attempt").asInt(0),
                                attempt.path("took_ms").asLong(0),
                                attempt.path("key").asString(""))));
    }

    private int with(Path file, Function<SubscriptionDesk, Integer> work) {
        FeedFile.Valid declared = FeedArgument.readWhole(file, around, new Speech(around, json));
        if (declared == null) {
            return FeedArgument.wrong();
        }
        return kafka.with(declared.feed(), broker -> {
            try (SubscriptionDesk desk =
                    SubscriptionDesk.open(webhooks.settings(declared.feed(), declared.sinks(), broker, kafka.data()))) {
                return work.apply(desk);
            }
        });
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

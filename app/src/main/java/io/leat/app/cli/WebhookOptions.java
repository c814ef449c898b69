package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.Desk;
import io.leat.delivery.Webhooks;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.guard.Network;
import io.leat.format.Topics;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.webhook.SecretBox;
import io.leat.gateway.Gateway;
import io.leat.gateway.subscription.Desks;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command may deliver webhooks to, and what opens their secrets. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class WebhookOptions {

    private static final String ALL = "all";

    @Option(
            names = "--allow-private-webhooks",
            paramLabel = "RANGE",
            arity = "0..1",
            fallbackValue = ALL,
            split = ",",
            description = "Let webhooks go to addresses that are not public, over plain HTTP too: to these ranges, such"
                    + " as 10.1.0.0/16, or without a value to loopback and all private ranges.")
    private List<String> opened = List.of();

    @Option(
            names = "--webhook-key",
            paramLabel = "FILE",
            description =
                    "32 bytes that seal the secrets of subscriptions made at run time, the same for all gateways of"
                            + " a feed; default: webhook.key in the data directory, made when needed.")
    private @Nullable Path key;

    /**
     * Delivers the webhooks of a feed until it is closed.
     *
     * @param beside the gateway whose checks and figures tell of it; {@code null} if there is none
     */
    Webhooks serve(FeedFile.Valid feed, Broker broker, Path data, @Nullable Gateway beside, Surroundings around) {
        Webhooks.Settings settings = settings(feed.feed(), feed.sinks(), broker, data);
        SplittableRandom random = new SplittableRandom();
        return beside == null
                ? Webhooks.start(settings, around.clock(), random)
                : Webhooks.start(settings, beside.keeper(), beside.unanswered(), around.clock(), random);
    }

    /** Works at the desk of a feed, whether the feed is running or not. */
    int atDesk(Path file, BrokerOptions kafka, Surroundings around, Speech speech, ToIntFunction<Desk> work) {
        FeedFile.Valid declared = FeedArgument.readWhole(file, around, speech);
        if (declared == null) {
            return FeedArgument.wrong();
        }
        return kafka.with(declared.feed(), broker -> {
            Webhooks.Settings settings = settings(declared.feed(), declared.sinks(), broker, kafka.data());
            try (Desk desk = Desk.forOnce(settings, around.clock(), new SecureRandom())) {
                return work.applyAsInt(desk);
            } catch (Desk.Refused e) {
                throw new Failure(
                                Exit.FEED_FILE,
                                "LEAT-400",
                                e.reason().sentence(),
                                "'leat subscriptions list' shows what there is.")
                        .because(e);
            }
        });
    }

    /** The desks of feeds, for a gateway. */
    Desks desks(List<FeedFile.Valid> feeds, Broker broker, Path data, Surroundings around) {
        Map<String, Webhooks.Settings> settings = new HashMap<>();
        feeds.forEach(feed -> settings.put(feed.feed().name(), settings(feed.feed(), feed.sinks(), broker.of(feed.feed()), data)));
        return new Desks(
                settings.keySet(),
                feed -> Desk.staying(Objects.requireNonNull(settings.get(feed)), around.clock(), new SecureRandom()));
    }

    /** What they need, for a command that only looks or writes down. */
    Webhooks.Settings settings(Feed feed, List<Subscription> declared, Broker broker, Path data) {
        return new Webhooks.Settings(
                feed.name(),
                Topics.of(feed).changes(),
                broker.settings(java.util.Map.of()),
                declared,
                ranges(),
                new SecretBox(
                        SealingKey.read(key == null ? data.resolve("webhook.key") : key, key == null),
                        new SecureRandom()),
                Webhooks.Settings.MEMORY);
    }

    private List<Network> ranges() {
        List<Network> ranges = new ArrayList<>();
        for (String text : opened) {
            if (text.equals(ALL)) {
                ranges.addAll(Guard.PRIVATE);
                continue;
            }
            try {
                ranges.add(Network.parse(text));
            } catch (IllegalArgumentException e) {
                throw new Failure(
                        Exit.FEED_FILE,
                        "LEAT-400",
                        "'%s' is not a range of addresses.".formatted(text),
                        String.valueOf(e.getMessage()));
            }
        }
        return ranges;
    }
}

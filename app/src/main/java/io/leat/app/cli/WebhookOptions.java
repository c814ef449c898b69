package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.Desk;
import io.leat.delivery.Refusal;
import io.leat.delivery.Webhooks;
import io.leat.delivery.guard.Network;
import io.leat.format.Topics;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.feedfile.Reach;
import io.leat.format.feedfile.SinkOrders;
import io.leat.format.webhook.SecretBox;
import io.leat.gateway.metrics.DeliveryFigures;
import io.leat.gateway.subscription.Desks;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a command may deliver webhooks to, and what opens their secrets. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class WebhookOptions {

    @Mixin
    private OpenedRanges opened;

    @Option(
            names = "--webhook-key",
            paramLabel = "FILE",
            description =
                    "32 bytes that seal the secrets of subscriptions made at run time and sign tickets, the same for"
                            + " all gateways of a feed; default: webhook.key in the data directory, made when needed.")
    private @Nullable Path key;

    /** Ranges besides the public internet that they may go to. */
    List<Network> opened() {
        return opened.ranges();
    }

    /** Where they may go, as far as can be said without a look-up. */
    Reach reach() {
        return opened.reach();
    }

    /**
     * Delivers the webhooks of a feed until it is closed.
     *
     * @param figures what tells of it
     */
    Webhooks serve(FeedFile.Valid feed, Broker broker, Path data, DeliveryFigures figures, Surroundings around) {
        Webhooks.Settings settings = settings(feed.feed(), feed.sinks(), broker, data);
        SplittableRandom random = new SplittableRandom();
        return Webhooks.start(
                settings, figures.keeper(), figures.unanswered(), figures.sinks(), around.clock(), random);
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
            } catch (Refusal e) {
                throw new Failure(
                                Exit.FEED_FILE,
                                "LEAT-400",
                                e.reason().sentence(),
                                "'leat sinks list' shows what there is.")
                        .because(e);
            } catch (IllegalArgumentException e) {
                throw SubscriptionsCommand.wrong(
                        String.valueOf(e.getMessage()), "'leat sinks VERB --help' says what is expected.");
            }
        });
    }

    /** The desks of feeds, for a gateway. */
    Desks desks(List<FeedFile.Valid> feeds, Broker broker, Path data, Surroundings around) {
        Map<String, Webhooks.Settings> settings = new HashMap<>();
        Map<String, SinkOrders> orders = new HashMap<>();
        feeds.forEach(feed -> {
            settings.put(feed.feed().name(), settings(feed.feed(), feed.sinks(), broker.of(feed.feed()), data));
            orders.put(feed.feed().name(), new SinkOrders(feed.feed()));
        });
        return new Desks(
                orders,
                (feed, keeper) -> Desk.staying(
                        Objects.requireNonNull(settings.get(feed)), keeper, around.clock(), new SecureRandom()));
    }

    /** The bytes that all gateways of a feed share, and nobody else has. */
    byte[] seal(Path data) {
        return SealingKey.read(key == null ? data.resolve("webhook.key") : key, key == null);
    }

    /** What they need, for a command that only looks or writes down. */
    Webhooks.Settings settings(Feed feed, List<Subscription> declared, Broker broker, Path data) {
        return new Webhooks.Settings(
                feed.name(),
                Topics.of(feed).changes(),
                broker.settings(java.util.Map.of()),
                declared,
                opened.ranges(),
                new SecretBox(seal(data), new SecureRandom()),
                Webhooks.Settings.MEMORY,
                data.resolve("spool"));
    }
}

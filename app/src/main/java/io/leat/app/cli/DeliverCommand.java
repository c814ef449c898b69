package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.telemetry.Telemetry;
import io.leat.core.delivery.Subscription;
import io.leat.format.feedfile.FeedFile;
import io.leat.gateway.Gateway;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat deliver}: the lanes of feeds that run elsewhere. */
@Command(
        name = "deliver",
        mixinStandardHelpOptions = true,
        description = "Delivers the changes of feeds that run elsewhere to their sinks. Start as many as wanted: they"
                + " share the partitions of the change logs, and take over from one that dies.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DeliverCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FEED.yaml", arity = "1..*", description = "The feed files.")
    private List<Path> files;

    @Mixin
    private BrokerOptions kafka;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            defaultValue = ".leat/deliver.log",
            description = "Where to log; default: ${DEFAULT-VALUE}.")
    private Path log;

    @Mixin
    private HttpOptions http;

    @Mixin
    private WebhookOptions webhooks;

    private final Surroundings around;

    DeliverCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        around.log().at(log);
        List<FeedFile.Valid> feeds = FeedArgument.readAll(files, around, webhooks.reach());
        return feeds.isEmpty()
                ? FeedArgument.wrong()
                : kafka.with(feeds.get(0).feed(), broker -> deliver(feeds, broker));
    }

    @SuppressWarnings("try") // statuses are asked over HTTP
    private int deliver(List<FeedFile.Valid> feeds, Broker broker) {
        try (Telemetry telemetry = Telemetry.begin(around.env(), around.clock(), LeatCommand.version(), "deliver");
                Gateway figures = http.isGiven()
                        ? http.serve(List.of(), broker, around, webhooks.desks(feeds, broker, kafka.data(), around))
                        : null;
                FeedStatuses statuses =
                        figures == null ? null : new FeedStatuses(feeds, broker, figures, around.clock())) {
            return deliver(feeds, broker, figures, telemetry);
        }
    }

    @SuppressWarnings("try") // figures are asked by a collector
    private int deliver(List<FeedFile.Valid> feeds, Broker broker, @Nullable Gateway gateway, Telemetry telemetry) {
        ServedFigures served = ServedFigures.of(gateway);
        try (Delivering delivering = new Delivering(
                        feeds,
                        feed -> webhooks.serve(
                                feed, broker.of(feed.feed()), kafka.data(), served.deliveries(), around));
                Telemetry.Showing showing = telemetry.show(served.meters())) {
            List<FeedFile.Valid> waiting = delivering.begin();
            if (!around.isQuiet()) {
                around.out().println(around.log().line());
                if (gateway != null) {
                    around.out().println(http.line(gateway));
                }
                feeds.forEach(feed -> around.out().println(line(feed, waiting.contains(feed))));
                around.out().flush();
            }
            return delivering.untilStopped(around.stop()).code();
        }
    }

    private static String line(FeedFile.Valid feed, boolean waits) {
        String sinks = feed.sinks().stream().map(Subscription::name).collect(Collectors.joining(", "));
        String name = feed.feed().name();
        return waits
                ? "waiting for the change log of " + name
                : "delivering " + name + (sinks.isEmpty() ? "" : " to " + sinks);
    }
}

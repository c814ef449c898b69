package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.telemetry.Telemetry;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.gateway.Gateway;
import io.leat.gateway.access.TicketSecret;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat gateway}: HTTP for feeds that run elsewhere. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description =
                "Takes scrapes and serves changes over HTTP for feeds that run elsewhere. Start as many as wanted.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GatewayCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FEED.yaml",
            arity = "1..*",
            description = "The feed files; the keys of callers are where the first one's are.")
    private List<Path> files;

    @Mixin
    private BrokerOptions kafka;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            defaultValue = ".leat/gateway.log",
            description = "Where to log; default: ${DEFAULT-VALUE}.")
    private Path log;

    @Mixin
    private HttpOptions http;

    @Mixin
    private WebhookOptions webhooks;

    private final Surroundings around;

    GatewayCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        around.log().at(log);
        List<FeedFile.Valid> feeds = FeedArgument.readAll(files, around, webhooks.reach());
        return feeds.isEmpty() ? FeedArgument.wrong() : kafka.with(feeds.get(0).feed(), broker -> serve(feeds, broker));
    }

    private int serve(List<FeedFile.Valid> declared, Broker broker) {
        List<Feed> feeds = declared.stream().map(FeedFile.Valid::feed).toList();
        try (Telemetry telemetry = Telemetry.begin(around.env(), around.clock(), LeatCommand.version(), "gateway");
                Gateway gateway = http.serve(
                        feeds,
                        broker,
                        around,
                        webhooks.desks(declared, broker, kafka.data(), around),
                        TicketSecret.of(webhooks.seal(kafka.data())))) {
            return gateway == null ? Exit.OK.code() : serve(declared, broker, gateway, telemetry);
        }
    }

    @SuppressWarnings("try") // statuses are asked by the gateway, figures by a collector
    private int serve(List<FeedFile.Valid> declared, Broker broker, Gateway gateway, Telemetry telemetry) {
        try (FeedStatuses statuses = new FeedStatuses(declared, broker, gateway, around.clock());
                Delivering delivering = new Delivering(
                        declared,
                        feed -> webhooks.serve(
                                feed, broker.of(feed.feed()), kafka.data(), gateway.deliveries(), around));
                Telemetry.Showing showing = telemetry.show(gateway.meters())) {
            if (!around.isQuiet()) {
                around.out().println(around.log().line());
                around.out().println(http.line(gateway));
                around.out().flush();
            }
            return delivering.untilStopped(around.stop()).code();
        }
    }
}

package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.core.Feed;
import io.leat.delivery.Webhooks;
import io.leat.format.feedfile.FeedFile;
import io.leat.gateway.Gateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
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

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    @Parameters(paramLabel = "FEED.yaml", arity = "1..*", description = "The feed files; the keys of callers are where the first one's are.")
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
        around.logTo().accept(log);
        List<FeedFile.Valid> feeds = new ArrayList<>();
        for (Path file : files) {
            FeedFile.Valid declared = FeedArgument.readWhole(file, around, new Speech(around, false));
            if (declared == null) {
                return FeedArgument.wrong();
            }
            feeds.add(declared);
        }
        return kafka.with(feeds.get(0).feed(), broker -> serve(feeds, broker));
    }

    /** Whether the feed's webhooks are delivered now; not before its first run has made its change log. */
    private boolean deliver(FeedFile.Valid feed, Broker broker, Gateway gateway, List<Webhooks> delivering) {
        try {
            delivering.add(webhooks.serve(feed, broker.of(feed.feed()), kafka.data(), gateway, around));
            return true;
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        }
    }

    private int serve(List<FeedFile.Valid> declared, Broker broker) {
        List<Feed> feeds = declared.stream().map(FeedFile.Valid::feed).toList();
        Gateway gateway = http.serve(feeds, broker, around, webhooks.desks(declared, broker, kafka.data(), around));
        if (gateway == null) {
            return Exit.OK.code();
        }
        List<Webhooks> delivering = new ArrayList<>();
        try (gateway) {
            around.out().println(http.line(gateway));
            around.out().flush();
            List<FeedFile.Valid> waiting = new ArrayList<>(declared);
            while (around.stop().asked() == null) {
                waiting.removeIf(feed -> deliver(feed, broker, gateway, delivering));
                around.stop().await(waiting.isEmpty() ? Duration.ofMinutes(1) : LOOK_AGAIN);
            }
        } finally {
            delivering.forEach(Webhooks::close);
        }
        Exit asked = around.stop().asked();
        return (asked == null ? Exit.OK : asked).code();
    }
}

package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.core.Feed;
import io.leat.gateway.Gateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    @Parameters(paramLabel = "FEED.yaml", arity = "1..*", description = "The feed files.")
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

    private final Surroundings around;

    GatewayCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        around.logTo().accept(log);
        List<Feed> feeds = new ArrayList<>();
        Map<String, String> client = new HashMap<>();
        for (Path file : files) {
            Feed feed = FeedArgument.read(file, around, new Speech(around, false));
            if (feed == null) {
                return FeedArgument.wrong();
            }
            feeds.add(feed);
            client.putAll(feed.source().properties());
        }
        return kafka.with(client, broker -> serve(feeds, broker));
    }

    private int serve(List<Feed> feeds, Broker broker) {
        Gateway gateway = http.serve(feeds, broker, around);
        if (gateway == null) {
            return Exit.OK.code();
        }
        try (gateway) {
            around.out().println(http.line(gateway));
            around.out().flush();
            while (around.stop().asked() == null) {
                around.stop().await(Duration.ofMinutes(1));
            }
        }
        Exit asked = around.stop().asked();
        return (asked == null ? Exit.OK : asked).code();
    }
}

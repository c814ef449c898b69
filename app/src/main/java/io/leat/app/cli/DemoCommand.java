package io.leat.app.cli;

import io.leat.app.demo.Fleet;
import io.leat.app.demo.FleetDriver;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.FeedMeters;
import io.leat.app.embedded.FeedRun;
import io.leat.app.embedded.Figures;
import io.leat.app.exit.Exit;
import io.leat.app.panel.Amounts;
import io.leat.app.status.FeedStatus;
import io.leat.core.Feed;
import io.leat.delivery.Webhooks;
import io.leat.format.feedfile.FeedFile;
import io.leat.gateway.Gateway;
import io.leat.job.log.LogWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat demo}: a fleet of shops, a feed and its panel, with nothing to prepare. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs a feed of shop prices with a simulated fleet of scrapers. Starts from nothing each time.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DemoCommand implements Callable<Integer> {

    private static final Duration WARM_UP_CHECKPOINT = Duration.ofSeconds(1);

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            converter = WholeNumber.Count.class,
            description = "Scrapes a second; default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            converter = WholeNumber.Count.class,
            description = "Stop when the shops have been scraped for so many seconds; default: on Ctrl-C.")
    private @Nullable Integer seconds;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".leat/demo",
            description = "Where the broker's log, the checkpoints and what the process logs, leat.log, are kept;"
                    + " default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Another seed, another fleet.")
    private long seed;

    @Mixin
    private HttpOptions http;

    @Mixin
    private WebhookOptions webhooks;

    @Option(names = "--warm-up", hidden = true, description = "Stop after the first change and checkpoint.")
    private boolean warmUp;

    @Mixin
    private ResultAsJson result;

    @Option(
            names = "--feed",
            paramLabel = "FEED.yaml",
            defaultValue = "${sys:leat.home:-.}/examples/demo/feed.yaml",
            hidden = true,
            description = "The feed file.")
    private Path file;

    private final Surroundings around;

    DemoCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    @SuppressWarnings("try") // the status is asked by the gateway, and webhooks work on their own
    public Integer call() {
        long begunAt = around.clock().millis();
        around.log().at(data.resolve("leat.log"));
        FeedFile.Valid declared =
                FeedArgument.readWhole(file, around, new Speech(around, result.isJson()), webhooks.reach());
        if (declared == null) {
            return FeedArgument.wrong();
        }
        Feed feed = declared.feed();
        Duration checkpointEvery = warmUp ? WARM_UP_CHECKPOINT : FeedRun.Settings.CHECKPOINT_EVERY;
        FeedRun.Settings settings =
                new FeedRun.Settings(null, 0, 1, checkpointEvery, Map.of(), Set.of(), LogWatch.NONE);
        try (DataDirectory directory = DataDirectory.take(data)) {
            directory.wipe();
            try (FeedRun run = FeedRun.start(feed, directory, settings, around.clock());
                    Gateway gateway = http.serve(
                            List.of(feed),
                            run.broker(),
                            around,
                            webhooks.desks(List.of(declared), run.broker(), data, around));
                    FeedStatus status = gateway == null
                            ? null
                            : FeedStatus.show(declared, run.broker(), run, gateway, around.clock());
                    Webhooks delivering = webhooks.serve(
                            declared,
                            run.broker(),
                            data,
                            ServedFigures.of(gateway).deliveries(),
                            around)) {
                if (gateway != null) {
                    FeedMeters.show(run, gateway);
                    http.leaveAddress(gateway, data);
                }
                if (gateway != null && !result.isJson() && !around.isQuiet()) {
                    around.out().println(around.log().line());
                    around.out().println(http.line(gateway));
                    around.out().println("open    " + http.page(gateway) + " in a browser to watch it");
                    around.out().flush();
                }
                return work(run, begunAt, http.address(gateway)).code();
            }
        }
    }

    private Exit work(FeedRun run, long begunAt, @Nullable String served) {
        long scrapingSince = around.clock().millis();
        Fleet fleet = new Fleet(new Random(seed), around.clock().instant());
        Exit exit;
        Figures last;
        long firstChangeAt;
        try (FleetDriver driver = new FleetDriver(fleet, run.broker(), run.feed(), rate, around.clock());
                Watch watch = new Watch(
                        around,
                        run,
                        begunAt,
                        served,
                        result.isJson() ? Watch.Manner.QUIET : Watch.Manner.PANEL,
                        null,
                        driver::silentMillis)) {
            Exit asked = watch.until(figures -> isTimeUp(figures, scrapingSince));
            exit = asked == null ? Exit.OK : asked;
            last = run.figures();
            firstChangeAt = watch.firstChangeAt();
        }
        if (result.isJson()) {
            new Speech(around, true).object(Speech.members(run.feed().name(), last.tally()));
        } else {
            around.out().println(Speech.sentence(last.tally()));
            if (firstChangeAt > 0) {
                around.out().println("first change after " + Amounts.span(firstChangeAt - begunAt));
            }
        }
        return exit;
    }

    private boolean isTimeUp(Figures figures, long scrapingSince) {
        if (warmUp && figures.tally().changed() > 0 && figures.checkpoint().completed() > 0) {
            return true;
        }
        return seconds != null
                && figures.at() - scrapingSince >= Duration.ofSeconds(seconds).toMillis();
    }
}

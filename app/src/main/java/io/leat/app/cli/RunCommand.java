package io.leat.app.cli;

import io.leat.app.alerts.Alertmanager;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.FeedMeters;
import io.leat.app.embedded.FeedRun;
import io.leat.app.embedded.Figures;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.feeding.Feeder;
import io.leat.app.feeding.FeedingToEnd;
import io.leat.app.feeding.ScrapeFile;
import io.leat.app.panel.Amounts;
import io.leat.app.status.FeedStatus;
import io.leat.app.telemetry.Telemetry;
import io.leat.core.Feed;
import io.leat.core.Tally;
import io.leat.delivery.Webhooks;
import io.leat.format.feedfile.FeedFile;
import io.leat.gateway.Gateway;
import io.leat.gateway.metrics.DeliveryFigures;
import io.leat.job.log.LogWatch;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat run}: a feed at work in this process. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a feed: broker, job and change log in this process. A second start on the same directory"
                + " continues where the first stopped.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunCommand implements Callable<Integer> {

    @Mixin
    private GivenFeed given;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Use this Kafka instead of the embedded one.")
    private @Nullable String kafka;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + FeedRun.Settings.DEFAULT_PORT,
            converter = WholeNumber.Port.class,
            description = "Where the embedded Kafka listens on 127.0.0.1; 0 for any free port;"
                    + " default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".leat",
            description = "Where the broker's log, the checkpoints and what the process logs, leat.log, are kept;"
                    + " default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "Feed this JSON Lines file, plain, .gz or .zst. The same command goes on where it was stopped. - or a"
                            + " pipe is fed line by line, as it comes.")
    private @Nullable Path from;

    @Option(names = "--until-end", description = "Stop when every scrape is accounted for, and print the tally.")
    private boolean untilEnd;

    @Option(
            names = "--savepoint",
            paramLabel = "DIR",
            description =
                    "With --until-end: leave the job's state there at the end, as a savepoint that a Flink cluster"
                            + " or a later version takes up.")
    private @Nullable Path savepoint;

    @Option(
            names = "--dry-run",
            paramLabel = "FILE",
            description =
                    "Print the changes this file would tell; - for standard input. Starts neither Kafka nor Flink.")
    private @Nullable Path dryRun;

    @Option(
            names = "--explain",
            description =
                    "With --dry-run: say of each line that is refused which it is and why, on standard error; with"
                            + " --json the tally there too, as one JSON object.")
    private boolean explain;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            converter = WholeNumber.Subtasks.class,
            description = "Subtasks of the job.")
    private int parallelism;

    @Mixin
    private Accepted accepted;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting of the Flink job, by Flink's own name. May be given several times.")
    private Map<String, String> flink = Map.of();

    @Option(
            names = "--alertmanager",
            paramLabel = "URL",
            description = "Tell the feed's alerts to this Alertmanager too: http://HOST:9093.")
    private @Nullable URI alertmanager;

    @Mixin
    private HttpOptions http;

    @Mixin
    private ResultAsJson result;

    @Mixin
    private WebhookOptions webhooks;

    private final Surroundings around;

    RunCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        long begunAt = around.clock().millis();
        if (dryRun == null) {
            around.log().at(data.resolve("leat.log"));
        }
        FeedFile.Valid declared =
                FeedArgument.readWhole(given.file(), around, new Speech(around, result.isJson()), webhooks.reach());
        if (declared == null) {
            return FeedArgument.wrong();
        }
        Feed feed = declared.feed();
        if (dryRun != null) {
            try (ScrapeFile scrapes = ScrapeFile.open(dryRun)) {
                return new DryRun(around, feed, result.isJson(), explain)
                        .over(scrapes)
                        .code();
            }
        }
        return run(declared, begunAt).code();
    }

    private Exit run(FeedFile.Valid declared, long begunAt) {
        Feed feed = declared.feed();
        FeedRun.Settings settings = new FeedRun.Settings(
                kafka, port, parallelism, FeedRun.Settings.CHECKPOINT_EVERY, flink, accepted.codes(), LogWatch.NONE);
        try (Telemetry telemetry = Telemetry.begin(around.env(), around.clock(), LeatCommand.version(), "run");
                ScrapeFile scrapes = from == null ? null : ScrapeFile.open(from);
                DataDirectory directory = DataDirectory.take(data);
                FeedRun run = FeedRun.start(feed, directory, settings, around.clock());
                Gateway gateway = serve(declared, run)) {
            return serve(declared, run, gateway, scrapes, telemetry, begunAt);
        }
    }

    @SuppressWarnings("try") // webhooks, alerts and figures go on their own
    private Exit serve(
            FeedFile.Valid declared,
            FeedRun run,
            @Nullable Gateway gateway,
            @Nullable ScrapeFile scrapes,
            Telemetry telemetry,
            long begunAt) {
        ServedFigures figures = ServedFigures.of(gateway);
        figures.meters().add(FeedMeters.of(run));
        try (FeedStatus status = status(declared, run, gateway);
                Webhooks delivering = webhooks(declared, run, figures.deliveries());
                Alertmanager telling = alertmanager(run);
                AlertEnds ends = new AlertEnds(
                        declared,
                        run,
                        delivering == null ? null : delivering.subscriptions(),
                        webhooks.opened(),
                        around.clock());
                Telemetry.Showing showing = telemetry.show(figures.meters())) {
            if (gateway != null) {
                FeedMeters.check(run, gateway);
                http.leaveAddress(gateway, data);
            }
            if (gateway != null && !result.isJson() && !around.isQuiet()) {
                around.out().println(around.log().line());
                around.out().println(http.line(gateway));
                around.out().flush();
            }
            Feeder feeder = scrapes == null ? null : new Feeder(run.feed(), run.broker(), scrapes);
            return work(run, feeder, begunAt, http.address(gateway));
        }
    }

    /** A run to an end serves nobody unless it is told to. */
    private @Nullable Gateway serve(FeedFile.Valid declared, FeedRun run) {
        if (untilEnd && !http.isGiven()) {
            return null;
        }
        return http.serve(
                List.of(run.feed()),
                run.broker(),
                around,
                webhooks.desks(List.of(declared), run.broker(), data, around));
    }

    private @Nullable FeedStatus status(FeedFile.Valid declared, FeedRun run, @Nullable Gateway gateway) {
        return gateway == null ? null : FeedStatus.show(declared, run.broker(), run, gateway, around.clock());
    }

    private @Nullable Alertmanager alertmanager(FeedRun run) {
        if (alertmanager == null) {
            return null;
        }
        String scheme = alertmanager.getScheme();
        if (alertmanager.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-400",
                    "'%s' is not where an Alertmanager is.".formatted(alertmanager),
                    "Write --alertmanager http://HOST:9093.");
        }
        if (!run.feed().hasAlerts()) {
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-400",
                    "The feed '%s' has no alerts to tell.".formatted(run.feed().name()),
                    "Add 'watch: {by: FIELD}' to the feed file.");
        }
        return new Alertmanager(alertmanager, run.feed(), run.broker(), run.keeper(), around.clock());
    }

    /** A run to the end delivers only what its file declares; others may get subscriptions at any time. */
    private @Nullable Webhooks webhooks(FeedFile.Valid declared, FeedRun run, DeliveryFigures figures) {
        return untilEnd && declared.sinks().isEmpty()
                ? null
                : webhooks.serve(declared, run.broker(), data, figures, around);
    }

    private Exit work(FeedRun run, @Nullable Feeder feeder, long begunAt, @Nullable String served) {
        Exit exit;
        Figures last;
        Failure damage;
        String saved = null;
        try (FeedingToEnd feeding = new FeedingToEnd(run, feeder, untilEnd);
                Watch watch = new Watch(
                        around,
                        run,
                        begunAt,
                        served,
                        result.isJson() ? Watch.Manner.QUIET : Watch.Manner.PANEL,
                        feeder,
                        Map::of)) {
            Exit asked = watch.until(figures -> feeding.isOver(figures) && (untilEnd || feeding.damage() != null));
            exit = asked == null ? Exit.OK : untilEnd ? around.stop().cutShort() : asked;
            last = run.figures();
            if (savepoint != null && exit == Exit.OK) {
                saved = save(run, savepoint);
            }
            damage = feeding.damage();
        }
        conclude(run.feed().name(), last, feeder, begunAt, saved);
        if (damage != null) {
            throw damage;
        }
        return exit;
    }

    private static String save(FeedRun run, Path below) {
        try {
            return run.savepoint(below).join();
        } catch (CompletionException e) {
            throw Failure.runtime(
                            "LEAT-418",
                            "The savepoint was not made: %s.".formatted(e.getCause()),
                            "Everything is told all the same; the next run goes on from the last checkpoint.")
                    .because(e);
        }
    }

    private void conclude(String feed, Figures figures, @Nullable Feeder feeder, long begunAt, @Nullable String saved) {
        Tally tally = figures.tally();
        long millis = Math.max(1, around.clock().millis() - begunAt);
        long fed = feeder == null ? 0 : feeder.progress().fed();
        double perSecond = fed * 1000.0 / millis;
        if (result.isJson()) {
            Map<String, Object> members = Speech.members(feed, tally);
            members.put("restarts", figures.restarts());
            members.put("tied", figures.tied());
            members.put("fed", fed);
            if (saved != null) {
                members.put("savepoint", saved);
            }
            members.put("elapsed_ms", millis);
            members.put("records_per_second", perSecond);
            new Speech(around, true).object(members);
        } else {
            around.out().println(Speech.sentence(tally));
            around.out().print(Speech.tied(figures.tied()));
            if (feeder != null) {
                around.out()
                        .println("fed %s lines in %s, %s"
                                .formatted(Amounts.count(fed), Amounts.span(millis), Amounts.rate(perSecond)));
            }
            if (saved != null) {
                around.out().println("savepoint " + saved);
            }
        }
    }
}

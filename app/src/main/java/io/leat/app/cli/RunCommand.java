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
import io.leat.core.Feed;
import io.leat.core.Tally;
import io.leat.delivery.Webhooks;
import io.leat.format.feedfile.FeedFile;
import io.leat.gateway.Gateway;
import io.leat.job.Refusal;
import io.leat.job.log.LogWatch;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat run}: a feed at work in this process. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a feed: broker, job and change log in this process. A second start on the same directory"
                + " continues where the first stopped.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FEED.yaml", description = "The feed file.")
    private Path file;

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
            description = "Where the broker's log and the checkpoints are kept; default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "Feed this JSON Lines file, plain, .gz or .zst. The same command goes on where it was stopped.")
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
            description = "Print the changes this file would tell. Starts neither Kafka nor Flink.")
    private @Nullable Path dryRun;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            converter = WholeNumber.Subtasks.class,
            description = "Subtasks of the job.")
    private int parallelism;

    @Option(
            names = "--accept",
            paramLabel = "WHAT",
            description =
                    "Go on although a check refused: the word that the refusal named. May be given several times.")
    private List<String> accept = List.of();

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

    @Option(names = "--json", description = "Print the result, or what went wrong, as JSON.")
    private boolean json;

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
        FeedFile.Valid declared = FeedArgument.readWhole(file, around, new Speech(around, json), webhooks.reach());
        if (declared == null) {
            return FeedArgument.wrong();
        }
        Feed feed = declared.feed();
        if (dryRun != null) {
            try (ScrapeFile scrapes = ScrapeFile.open(dryRun)) {
                return new DryRun(around, feed, json).over(scrapes).code();
            }
        }
        return run(declared, begunAt).code();
    }

    @SuppressWarnings("try") // webhooks and alerts work on their own
    private Exit run(FeedFile.Valid declared, long begunAt) {
        Feed feed = declared.feed();
        FeedRun.Settings settings = new FeedRun.Settings(
                kafka, port, parallelism, FeedRun.Settings.CHECKPOINT_EVERY, flink, accepted(), LogWatch.NONE);
        try (ScrapeFile scrapes = from == null ? null : ScrapeFile.open(from);
                DataDirectory directory = DataDirectory.take(data);
                FeedRun run = FeedRun.start(feed, directory, settings, around.clock());
                Gateway gateway = serve(declared, run);
                Webhooks delivering = webhooks(declared, run, gateway);
                Alertmanager telling = alertmanager(run)) {
            if (gateway != null) {
                FeedMeters.show(run, gateway);
            }
            if (gateway != null && !json) {
                around.out().println(http.line(gateway));
                around.out().flush();
            }
            Feeder feeder = scrapes == null ? null : new Feeder(feed, run.broker(), scrapes);
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
        return new Alertmanager(alertmanager, run.feed(), run.broker(), run.keeper());
    }

    /** A run to the end delivers only what its file declares; others may get subscriptions at any time. */
    private @Nullable Webhooks webhooks(FeedFile.Valid declared, FeedRun run, @Nullable Gateway gateway) {
        return untilEnd && declared.sinks().isEmpty()
                ? null
                : webhooks.serve(declared, run.broker(), data, gateway, around);
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
                        json ? Watch.Manner.QUIET : Watch.Manner.PANEL,
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

    private Set<Refusal.Code> accepted() {
        Set<Refusal.Code> codes = EnumSet.noneOf(Refusal.Code.class);
        for (String word : accept) {
            codes.add(Arrays.stream(Refusal.Code.values())
                    .filter(code -> !word.isEmpty() && code.accept().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new Failure(
                            Exit.FEED_FILE,
                            "LEAT-400",
                            "There is nothing to accept under the name '%s'.".formatted(word),
                            "The refusal names the word.")));
        }
        return codes;
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
        if (json) {
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

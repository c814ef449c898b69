package io.leat.app.embedded;

import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import io.leat.delivery.work.Keeper;
import io.leat.job.FeedJob;
import io.leat.job.FeedTopics;
import io.leat.job.JobSettings;
import io.leat.job.LatencyWindow;
import io.leat.job.Refusal;
import io.leat.job.SiteFigures;
import io.leat.job.SitesTold;
import io.leat.job.log.LogWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A feed at work in this process: its broker, unless there is one already, its Flink cluster and its job. */
public final class FeedRun implements AutoCloseable {

    private static final long LOOKED_MILLIS = 3_000;

    private final InstantSource clock;
    private final Feed feed;
    private final @Nullable EmbeddedKafka kafka;
    private final Broker broker;
    private final EmbeddedFlink flink;
    private final EmbeddedFlink.Job job;
    private final RoomWatch room;
    private final Keeper keeper = new Keeper();
    private final BacklogWatch backlog;
    private final @Nullable ShareWatch shares;
    private volatile long runningAt;

    private FeedRun(
            InstantSource clock,
            Feed feed,
            @Nullable EmbeddedKafka kafka,
            Broker broker,
            EmbeddedFlink flink,
            EmbeddedFlink.Job job,
            RoomWatch room,
            Path shares) {
        this.clock = clock;
        this.feed = feed;
        this.kafka = kafka;
        this.broker = broker;
        this.flink = flink;
        this.job = job;
        this.room = room;
        this.backlog = new BacklogWatch(broker, feed.source().topic(), flink.reporter()::nextOffsets, clock, keeper);
        Feed.Watch watch = feed.watch();
        this.shares = watch == null ? null : new ShareWatch(feed, broker, flink.reporter(), shares, keeper);
    }

    /**
     * How to run.
     *
     * @param kafka an address of the Kafka to use, {@code null} for an embedded one
     * @param port where the embedded one listens, 0 for any free port
     * @param parallelism subtasks of the job
     * @param checkpointEvery how often the job saves its state
     * @param flink further settings of the job, by Flink's own names
     * @param accepted refusals that a person has overridden
     * @param watch is told of every step of the change log
     */
    public record Settings(
            @Nullable String kafka,
            int port,
            int parallelism,
            Duration checkpointEvery,
            Map<String, String> flink,
            Set<Refusal.Code> accepted,
            LogWatch watch) {
        public static final int DEFAULT_PORT = 9092;
        public static final Duration CHECKPOINT_EVERY = JobSettings.CHECKPOINT_EVERY;

        public Settings {
            flink = Map.copyOf(flink);
            accepted = Set.copyOf(accepted);
        }
    }

    /**
     * Starts everything; continues where the last run on this directory stopped.
     *
     * @throws Failure if the environment does not allow it
     */
    public static FeedRun start(Feed feed, DataDirectory data, Settings settings, InstantSource clock) {
        CompletableFuture<EmbeddedFlink> starting = CompletableFuture.supplyAsync(() -> flink(settings.parallelism()));
        EmbeddedKafka kafka = null;
        try {
            String bootstrap = settings.kafka();
            if (bootstrap == null) {
                kafka = EmbeddedKafka.start(data, settings.port());
                bootstrap = kafka.bootstrap();
            }
            Broker broker = new Broker(bootstrap, feed.source().properties());
            broker.mustAnswer();
            FeedTopics.Prepared prepared = broker.prepare(feed);
            EmbeddedFlink flink = starting.join();
            return new FeedRun(
                    clock,
                    feed,
                    kafka,
                    broker,
                    flink,
                    submit(flink, feed, broker, prepared, data, settings),
                    new RoomWatch(
                            data.path(), data.alarms(feed.name()), feed.state().limit(), new RoomAlerts(feed, broker)),
                    data.shares(feed.name()));
        } catch (RuntimeException e) {
            starting.thenAccept(EmbeddedFlink::close)
                    .exceptionally(failed -> null)
                    .join();
            if (kafka != null) {
                kafka.close();
            }
            throw e;
        }
    }

    private static EmbeddedFlink flink(int slots) {
        try {
            return EmbeddedFlink.start(slots);
        } catch (Exception e) {
            throw Failure.environment(
                            "LEAT-407",
                            "The Flink cluster did not start: %s.".formatted(e.getMessage()),
                            Failure.LOG_SAYS_MORE)
                    .because(e);
        }
    }

    private static EmbeddedFlink.Job submit(
            EmbeddedFlink flink,
            Feed feed,
            Broker broker,
            FeedTopics.Prepared prepared,
            DataDirectory data,
            Settings settings) {
        Configuration job = JobSettings.of(feed, settings.checkpointEvery(), settings.parallelism());
        LocalState.keep(job, feed, data);
        settings.flink().forEach(job::setString);
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(job);
        FeedJob.describe(
                env,
                feed,
                new FeedJob.Kafka(broker.bootstrap(), prepared, broker.client()),
                settings.accepted(),
                settings.watch());
        try {
            return flink.submit(env, job);
        } catch (Exception e) {
            throw failure(feed, e);
        }
    }

    /** The Kafka in use. */
    public Broker broker() {
        return broker;
    }

    /** The feed at work. */
    public Feed feed() {
        return feed;
    }

    /** What is known of the sites; nothing where nobody watches. */
    public SiteFigures sites() {
        return flink.reporter().sites();
    }

    /**
     * A person says that a gap of a site is usual.
     *
     * @param sinceMillis when the last record came before it, milliseconds since 1970
     * @return whether the job can be told at the moment
     */
    public boolean acceptGap(String site, long sinceMillis) {
        return flink.reporter().acceptGap(site, sinceMillis);
    }

    /** How many alerts are open about what the records of sites come to, by kind. */
    Map<String, Long> openShares() {
        return shares == null ? Map.of() : shares.open();
    }

    /** Changes told of each site since the job's last start; nothing where nobody watches. */
    SitesTold.Figures told() {
        return flink.reporter().told();
    }

    /** Bytes of the scrapes that were read. */
    long scrapeBytes() {
        return flink.reporter().bytes();
    }

    LatencyWindow.Buckets latencies(String name) {
        return flink.reporter().latencies(name);
    }

    /** Whether the job ran when somebody last looked, a few seconds ago at most. */
    public boolean isRunning() {
        return !job.result().isDone() && clock.millis() - runningAt < LOOKED_MILLIS;
    }

    /** Whether Kafka has said lately where the raw topic ends. */
    public boolean knowsTheEnd() {
        return backlog.behind(Map.of()).known();
    }

    /** Keeps what this run does beside its job at work. */
    public Keeper keeper() {
        return keeper;
    }

    /** What an operator watches, now. */
    public Figures figures() {
        long now = clock.millis();
        String status = flink.status(job);
        runningAt = status.equals("RUNNING") ? now : runningAt;
        Figures figures = flink.reporter().figures(now, status);
        return figures.with(
                backlog.behind(figures.nextOffsets()),
                room.at(now, figures.checkpoint().stateBytes()));
    }

    /** Takes a checkpoint now. Done when it is complete; fails if there cannot be one at the moment. */
    public CompletableFuture<String> checkpoint() {
        return flink.checkpoint(job);
    }

    /**
     * Saves the state for another cluster or a later version: a savepoint in Flink's canonical format. The job goes on.
     *
     * @param below the directory that gets it
     * @return done when it is complete, with its path
     */
    public CompletableFuture<String> savepoint(Path below) {
        return flink.savepoint(job, below.toAbsolutePath());
    }

    /** Why the job, or the broker in this process, has ended by itself, if one has. */
    public Optional<Failure> failed() {
        if (kafka != null && kafka.failed().isPresent()) {
            return kafka.failed();
        }
        if (!job.result().isDone()) {
            return Optional.empty();
        }
        try {
            JobResult result = job.result().join();
            Throwable cause = result.getSerializedThrowable()
                    .<Throwable>map(t -> t.deserializeError(FeedRun.class.getClassLoader()))
                    .orElseGet(() -> new IllegalStateException("it ended as " + result.getJobStatus()));
            return Optional.of(failure(feed, cause));
        } catch (CompletionException e) {
            return Optional.of(failure(feed, e));
        }
    }

    private static Failure failure(Feed feed, Throwable cause) {
        Refusal refusal = Refusal.in(cause);
        if (refusal != null) {
            return Failure.runtime(refusal.code().label(), String.valueOf(refusal.getMessage()), refusal.hint())
                    .because(cause);
        }
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return Failure.runtime(
                        "LEAT-408",
                        "The job of '%s' failed: %s.".formatted(feed.name(), deepest),
                        "Nothing is lost: the same command goes on from the last checkpoint. " + Failure.LOG_SAYS_MORE)
                .because(cause);
    }

    /** Stops the job where it stands, then the cluster, then the broker. The next run goes on from the last checkpoint. */
    @Override
    public void close() {
        backlog.close();
        if (shares != null) {
            shares.close();
        }
        try {
            flink.cancel(job);
            flink.close();
        } finally {
            if (kafka != null) {
                kafka.close();
            }
        }
    }
}

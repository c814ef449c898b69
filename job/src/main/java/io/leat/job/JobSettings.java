package io.leat.job;

import io.leat.core.Feed;
import java.net.URI;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;

/** How a feed's job runs, wherever it runs. */
public final class JobSettings {

    /** The change log is the redo log: a checkpoint only bounds how much is read again after a crash. */
    public static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(10);

    /** So many checkpoints are kept. */
    public static final int RETAINED_CHECKPOINTS = 3;

    private JobSettings() {}

    /** The settings of a feed's job. Where its checkpoints lie, and from which it starts, is not among them. */
    public static Configuration of(Feed feed, Duration checkpointEvery) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.NAME, feed.name());
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(1));
        settings.set(
                StateBackendOptions.STATE_BACKEND,
                feed.state().place() == Feed.State.Place.DISK ? "rocksdb" : "hashmap");
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointEvery);
        settings.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(100));
        // A checkpoint that fails costs time after a crash; a job that ends over it would cost time now, and again each
        // time.
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        restarting(settings);
        return settings;
    }

    /** The same with so many subtasks. */
    public static Configuration of(Feed feed, Duration checkpointEvery, int parallelism) {
        Configuration settings = of(feed, checkpointEvery);
        settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        return settings;
    }

    /**
     * Lets the job start from a checkpoint or savepoint.
     *
     * @param from where it lies
     * @param claim whose it is from then on
     */
    public static void startFrom(Configuration settings, URI from, RecoveryClaimMode claim) {
        settings.set(StateRecoveryOptions.SAVEPOINT_PATH, from.toString());
        settings.set(StateRecoveryOptions.RESTORE_MODE, claim);
        // The source of a raw topic that is gone has state nobody claims; the job itself checks that it may be dropped.
        settings.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    }

    /** Without an end: a {@link Refusal} ends the job all the same. */
    private static void restarting(Configuration settings) {
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofMillis(200));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(5));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(1));
    }
}

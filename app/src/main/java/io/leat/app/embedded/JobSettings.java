package io.leat.app.embedded;

import io.leat.core.Feed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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

/** How a feed's job runs in this process. */
final class JobSettings {

    static final int RETAINED_CHECKPOINTS = 3;

    private static final String ROCKSDB_DIRECTORY = "state.backend.rocksdb.localdir";

    private JobSettings() {}

    static Configuration of(Feed feed, int parallelism, Duration checkpointEvery, DataDirectory data) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.NAME, feed.name());
        settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(1));
        settings.set(
                StateBackendOptions.STATE_BACKEND,
                feed.state().place() == Feed.State.Place.DISK ? "rocksdb" : "hashmap");
        settings.setString(
                ROCKSDB_DIRECTORY, data.state(feed.name()).toAbsolutePath().toString());
        checkpointing(settings, checkpointEvery, data.checkpoints(feed.name()).toAbsolutePath());
        restarting(settings);
        return settings;
    }

    private static void checkpointing(Configuration settings, Duration every, Path dir) {
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, every);
        settings.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(100));
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, dir.toUri().toString());
        settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        Optional<Path> newest = Checkpoints.newest(dir);
        if (newest.isPresent()) {
            settings.set(
                    StateRecoveryOptions.SAVEPOINT_PATH, newest.get().toUri().toString());
            settings.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
            // The source of a raw topic that is gone has state nobody claims; the job itself checks that it may be
            // dropped.
            settings.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        }
    }

    private static void restarting(Configuration settings) {
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofMillis(200));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(5));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(1));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 10);
    }
}

package io.leat.app.embedded;

import io.leat.core.Feed;
import io.leat.job.JobSettings;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;

/** Where the job of this process keeps its state: in the directory of the run, from which the next run goes on. */
final class LocalState {

    /** After so many restarts in a row the process says why and ends. */
    private static final int RESTARTS = 10;

    private static final String ROCKSDB_DIRECTORY = "state.backend.rocksdb.localdir";

    private LocalState() {}

    static void keep(Configuration settings, Feed feed, DataDirectory data) {
        Path checkpoints = data.checkpoints(feed.name()).toAbsolutePath();
        Checkpoints.prune(checkpoints, JobSettings.RETAINED_CHECKPOINTS);
        settings.setString(
                ROCKSDB_DIRECTORY, data.state(feed.name()).toAbsolutePath().toString());
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, RESTARTS);
        Checkpoints.newest(checkpoints)
                .ifPresent(newest -> JobSettings.startFrom(settings, newest.toUri(), RecoveryClaimMode.CLAIM));
    }
}

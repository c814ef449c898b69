package io.leat.app.cluster;

import io.leat.app.embedded.Broker;
import io.leat.core.Feed;
import io.leat.job.FeedJob;
import io.leat.job.FeedTopics;
import io.leat.job.JobSettings;
import io.leat.job.Refusal;
import io.leat.job.log.LogWatch;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/**
 * The job of a feed as it is sent to a cluster.
 *
 * @param broker as the cluster reaches it; settings of its clients go with the job
 * @param parallelism subtasks
 * @param checkpoints where the job manager and every task manager can write
 * @param from the checkpoint or savepoint to start from, {@code null} for none: then what is known is read from the change log
 * @param flink further settings, by Flink's own names
 * @param accepted refusals that a person has overridden
 */
public record ClusterJob(
        Feed feed,
        Broker broker,
        int parallelism,
        URI checkpoints,
        @Nullable URI from,
        Map<String, String> flink,
        Set<Refusal.Code> accepted) {

    public ClusterJob {
        flink = Map.copyOf(flink);
        accepted = Set.copyOf(accepted);
    }

    /** The same started from a savepoint. */
    public ClusterJob startingFrom(URI savepoint) {
        return new ClusterJob(feed, broker, parallelism, checkpoints, savepoint, flink, accepted);
    }

    /** Makes the feed's topics where there are none, and describes the job. */
    StreamGraph graph() throws Exception {
        FeedTopics.Prepared prepared = broker.prepare(feed);
        Configuration settings = JobSettings.of(feed, JobSettings.CHECKPOINT_EVERY, parallelism);
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toString());
        settings.set(
                PipelineOptions.JARS,
                JobJars.of(System.getProperty("java.class.path", "")).stream()
                        .map(Path::toUri)
                        .map(URI::toString)
                        .toList());
        if (from != null) {
            JobSettings.startFrom(settings, from, RecoveryClaimMode.NO_CLAIM);
        }
        flink.forEach(settings::setString);
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
        FeedJob.describe(
                env, feed, new FeedJob.Kafka(broker.bootstrap(), prepared, broker.client()), accepted, LogWatch.NONE);
        StreamGraph graph = PipelineExecutorUtils.getStreamGraph(env.getStreamGraph(), settings);
        graph.serializeUserDefinedInstances();
        return graph;
    }
}

package io.leat.app.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** A Flink cluster in this process: one task manager with a slot for each subtask, reachable from this machine only. */
public final class EmbeddedFlink implements AutoCloseable {

    /** Whoever looks at a job may be a thread that must not wait for long. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(1);

    private static final String UNKNOWN = "UNKNOWN";

    private final MiniCluster cluster;
    private final FiguresReporter reporter;

    private EmbeddedFlink(MiniCluster cluster, FiguresReporter reporter) {
        this.cluster = cluster;
        this.reporter = reporter;
    }

    /** Starts the cluster and waits until it takes jobs. */
    public static EmbeddedFlink start(int slots) throws Exception {
        FiguresReporter reporter = new FiguresReporter();
        String run = UUID.randomUUID().toString();
        FiguresReporterFactory.offer(run, reporter);
        Configuration settings = new Configuration();
        settings.set(RestOptions.ADDRESS, BrokerSettings.HOST);
        settings.set(RestOptions.BIND_ADDRESS, BrokerSettings.HOST);
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(WebOptions.SUBMIT_ENABLE, false);
        settings.set(WebOptions.CANCEL_ENABLE, false);
        settings.setString("metrics.reporter.panel.factory.class", FiguresReporterFactory.class.getName());
        settings.setString("metrics.reporter.panel." + FiguresReporterFactory.RUN, run);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .setCommonBindAddress(BrokerSettings.HOST)
                .build());
        cluster.start();
        return new EmbeddedFlink(cluster, reporter);
    }

    /** Runs what an environment describes. */
    public Job submit(StreamExecutionEnvironment env, Configuration settings) throws Exception {
        StreamGraph graph = PipelineExecutorUtils.getStreamGraph(env.getStreamGraph(), settings);
        JobID id = cluster.submitJob(graph).get().getJobID();
        return new Job(id, cluster.requestJobResult(id));
    }

    /**
     * A running job.
     *
     * @param id Flink's
     * @param result done when the job has ended, in whatever way
     */
    public record Job(JobID id, CompletableFuture<JobResult> result) {}

    /** The figures of all jobs of this cluster. */
    public FiguresReporter reporter() {
        return reporter;
    }

    /** Flink's word for a job's state; {@code UNKNOWN} if it does not answer within a second. */
    public String status(Job job) {
        return cluster.getJobStatus(job.id())
                .thenApply(Enum::name)
                .exceptionally(gone -> UNKNOWN)
                .completeOnTimeout(UNKNOWN, ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Takes a checkpoint now. Done when it is complete; fails if there cannot be one at the moment. */
    public CompletableFuture<String> checkpoint(Job job) {
        return cluster.triggerCheckpoint(job.id());
    }

    /** Saves a job's state in Flink's canonical format, below a directory. Done when complete, with the path. */
    public CompletableFuture<String> savepoint(Job job, Path below) {
        return cluster.triggerSavepoint(job.id(), below.toUri().toString(), false, SavepointFormatType.CANONICAL);
    }

    /** Ends a job; its checkpoints stay. */
    public void cancel(Job job) {
        if (!job.result().isDone()) {
            cluster.cancelJob(job.id()).exceptionally(alreadyOver -> null).join();
            job.result().exceptionally(failed -> null).join();
        }
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}

package io.leat.app.cluster;

import io.leat.app.exit.Failure;
import io.leat.job.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** A Flink cluster that runs elsewhere, reached by its REST interface. For one thread. */
public final class FlinkCluster implements AutoCloseable {

    /** Sending forty megabytes of jars, or writing a savepoint, may take long. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
    private static final String CAUSE = "Caused by: ";
    private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();

    private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final String address;
    private final Duration startsWithin;
    private final RestClusterClient<StandaloneClusterId> client;

    private FlinkCluster(String address, Duration startsWithin, RestClusterClient<StandaloneClusterId> client) {
        this.address = address;
        this.startsWithin = startsWithin;
        this.client = client;
    }

    /**
     * The cluster at an address.
     *
     * @throws Failure if nobody answers there
     */
    public static FlinkCluster at(String host, int port) {
        return at(host, port, STARTS_WITHIN);
    }

    /**
     * The same.
     *
     * @param startsWithin how long the tasks of a job may take until all are at work
     */
    public static FlinkCluster at(String host, int port, Duration startsWithin) {
        Configuration settings = new Configuration();
        settings.set(RestOptions.ADDRESS, host);
        settings.set(RestOptions.PORT, port);
        settings.set(RestOptions.RETRY_MAX_ATTEMPTS, 3);
        settings.set(RestOptions.RETRY_DELAY, Duration.ofMillis(500));
        settings.set(RestOptions.CONNECTION_TIMEOUT, Duration.ofSeconds(5));
        String address = host + ":" + port;
        try {
            FlinkCluster cluster = new FlinkCluster(
                    address, startsWithin, new RestClusterClient<>(settings, StandaloneClusterId.getInstance()));
            cluster.jobs();
            return cluster;
        } catch (Failure e) {
            throw e;
        } catch (Exception e) {
            throw unreachable(address, e);
        }
    }

    /**
     * A job that has not ended.
     *
     * @param id Flink's
     * @param status Flink's word
     * @param parallelism of the stage that has most subtasks
     */
    public record Running(JobID id, String status, int parallelism) {}

    /** Jobs of this name that have not ended: more than one only if somebody else started them. */
    public List<Running> running(String name) {
        return jobs().stream()
                .filter(job ->
                        job.getJobName().equals(name) && !job.getJobState().isGloballyTerminalState())
                .map(job -> new Running(job.getJobId(), job.getJobState().name(), parallelism(job.getJobId())))
                .toList();
    }

    private List<JobStatusMessage> jobs() {
        return List.copyOf(get(client.listJobs()));
    }

    private int parallelism(JobID id) {
        return get(client.getJobDetails(id)).getJobVertexInfos().stream()
                .mapToInt(JobDetailsInfo.JobVertexDetailsInfo::getParallelism)
                .max()
                .orElse(1);
    }

    /**
     * Sends a job and waits until each of its tasks is at work.
     *
     * @throws Failure if the job refuses to go on, or does not start
     */
    public JobID submit(ClusterJob job) {
        StreamGraph graph;
        try {
            graph = job.graph();
        } catch (Failure e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the job could not be described", e);
        }
        JobID id = get(client.submitJob(graph));
        awaitRunning(id);
        return id;
    }

    private void awaitRunning(JobID id) {
        long deadline = System.nanoTime() + startsWithin.toNanos();
        while (!isAtWork(get(client.getJobDetails(id)))) {
            JobStatus status = get(client.getJobStatus(id));
            if (status.isGloballyTerminalState()) {
                throw ended(id, status);
            }
            if (System.nanoTime() > deadline) {
                throw Failure.runtime(
                        "LEAT-463",
                        "The job %s has no task at work yet; Flink says %s.".formatted(id, status),
                        "Has the cluster free slots? What fails is said at http://%s/#/job/running/%s/exceptions."
                                .formatted(address, id));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static boolean isAtWork(JobDetailsInfo job) {
        return job.getJobStatus() == JobStatus.RUNNING
                && job.getJobVertexInfos().stream()
                        .allMatch(stage -> stage.getExecutionState() == ExecutionState.RUNNING);
    }

    private Failure ended(JobID id, JobStatus status) {
        Throwable cause = get(client.requestJobResult(id))
                .getSerializedThrowable()
                .<Throwable>map(thrown -> thrown.deserializeError(FlinkCluster.class.getClassLoader()))
                .orElseGet(() -> new IllegalStateException("it is " + status));
        Refusal refusal = Refusal.in(cause);
        return refusal != null
                ? Failure.runtime(refusal.code().label(), String.valueOf(refusal.getMessage()), refusal.hint())
                        .because(cause)
                : Failure.runtime(
                                "LEAT-464",
                                "The job %s ended at its start: %s.".formatted(id, deepest(cause)),
                                "More is said at http://%s/#/job/completed/%s/exceptions.".formatted(address, id))
                        .because(cause);
    }

    /**
     * Saves a job's state in Flink's canonical format; the job goes on.
     *
     * @param below the directory that gets it
     * @return where it lies
     */
    public URI savepoint(JobID id, URI below) {
        return saved(id, () -> client.triggerSavepoint(id, below.toString(), SavepointFormatType.CANONICAL));
    }

    /** The same; the job takes in nothing after it, and has ended when this returns. */
    public URI stop(JobID id, URI below) {
        return saved(id, () -> client.stopWithSavepoint(id, false, below.toString(), SavepointFormatType.CANONICAL));
    }

    /** Flink saves nothing while tasks are being started again, and notices late that a task manager died. */
    private URI saved(JobID id, Supplier<CompletableFuture<String>> saving) {
        long deadline = System.nanoTime() + startsWithin.toNanos();
        while (true) {
            awaitRunning(id);
            try {
                return URI.create(get(saving.get()));
            } catch (Failure e) {
                if (!e.sentence().contains("CheckpointException") || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    private <T> T get(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refused(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(e);
        }
    }

    private Failure refused(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof java.net.ConnectException) {
                return unreachable(address, cause);
            }
        }
        return Failure.runtime(
                        "LEAT-465",
                        "The Flink cluster at %s did not do it: %s.".formatted(address, deepest(cause)),
                        "Its own log says more; http://%s shows its jobs.".formatted(address))
                .because(cause);
    }

    private static Failure unreachable(String address, Throwable cause) {
        return Failure.environment(
                        "LEAT-460",
                        "No Flink cluster answers at %s.".formatted(address),
                        "Give the address of its REST interface: --flink HOST:8081.")
                .because(cause);
    }

    /** The line that says what is at the bottom of it; what the cluster answers holds causes of its own as text. */
    private static String deepest(Throwable cause) {
        Throwable at = cause;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        List<String> lines = String.valueOf(at).lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith(CAUSE))
                .reduce((one, deeper) -> deeper)
                .map(line -> line.substring(CAUSE.length()))
                .orElse(lines.get(0));
    }

    @Override
    public void close() {
        client.close();
    }
}

package io.leat.app.cli;

import io.leat.app.cluster.ClusterJob;
import io.leat.app.embedded.Broker;
import io.leat.core.Feed;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a job runs on a cluster. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClusterJobOptions {

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            required = true,
            description = "The Kafka of the feed, at an address that this machine and the cluster reach.")
    private String kafka;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            converter = WholeNumber.Subtasks.class,
            description = "Subtasks of the job; by default as many as before, else 1.")
    private @Nullable Integer parallelism;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting of the Flink job, by Flink's own name. May be given several times.")
    private Map<String, String> flink = Map.of();

    @Mixin
    private Accepted accepted;

    /**
     * The job.
     *
     * @param before its subtasks if nothing is asked for
     */
    ClusterJob job(Feed feed, URI checkpoints, int before) {
        Broker broker = new Broker(kafka, feed.source().properties());
        broker.mustAnswer();
        return new ClusterJob(
                feed, broker, parallelism == null ? before : parallelism, checkpoints, null, flink, accepted.codes());
    }

    /** Says what runs now. */
    void tell(Surroundings around, boolean json, String feed, JobID id, int subtasks, @Nullable URI from) {
        if (json) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("feed", feed);
            members.put("job", id.toString());
            members.put("parallelism", subtasks);
            if (from != null) {
                members.put("from", from.toString());
            }
            new Speech(around, true).object(members);
        } else {
            around.out()
                    .println("%s runs as job %s, parallelism %s%s"
                            .formatted(feed, id, subtasks, from == null ? "" : ", from " + from));
        }
    }
}

package io.leat.app.cli;

import io.leat.app.cluster.ClusterJob;
import io.leat.app.cluster.FlinkCluster;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat submit}: a feed's job on a Flink cluster. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description =
                "Runs a feed's job on a Flink cluster: sends the job and its jars, and waits until every task is at"
                        + " work. Started without a savepoint, or with an old one, the job reads in the change log what was told:"
                        + " that takes a while and repeats nothing.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SubmitCommand implements Callable<Integer> {

    @Mixin
    private GivenFeed given;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ClusterJobOptions job;

    @Option(
            names = "--savepoint",
            paramLabel = "URI",
            description = "The savepoint or checkpoint to start from, which stays as it is.")
    private @Nullable URI savepoint;

    @Mixin
    private ResultAsJson result;

    private final Surroundings around;

    SubmitCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Feed feed = FeedArgument.readToStart(given.file(), around, new Speech(around, result.isJson()));
        return feed == null ? FeedArgument.wrong() : cluster.with(flink -> submit(flink, feed));
    }

    private int submit(FlinkCluster flink, Feed feed) {
        List<FlinkCluster.Running> running = flink.running(feed.name());
        if (!running.isEmpty()) {
            throw Failure.runtime(
                    "LEAT-462",
                    "A job of the feed '%s' runs on this cluster: %s."
                            .formatted(feed.name(), running.get(0).id()),
                    "'leat upgrade' takes its place, with its state.");
        }
        ClusterJob wanted = job.job(feed, cluster.checkpoints(), 1);
        JobID id = flink.submit(savepoint == null ? wanted : wanted.startingFrom(savepoint));
        job.tell(around, result.isJson(), feed.name(), id, wanted.parallelism(), savepoint);
        return Exit.OK.code();
    }
}

package io.leat.app.cli;

import io.leat.app.cluster.ClusterJob;
import io.leat.app.cluster.FlinkCluster;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import java.net.URI;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leat upgrade} and {@code leat rescale}: a job's place taken by another with its state. */
@Command(
        name = "upgrade",
        aliases = "rescale",
        mixinStandardHelpOptions = true,
        description =
                "Stops a feed's job on a Flink cluster with a savepoint, and starts it from there: under a changed"
                        + " feed file, this version of Leat, or with another --parallelism.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class UpgradeCommand implements Callable<Integer> {

    @Mixin
    private GivenFeed given;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ClusterJobOptions job;

    @Mixin
    private ResultAsJson result;

    private final Surroundings around;

    UpgradeCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Feed feed = FeedArgument.readToStart(given.file(), around, new Speech(around, result.isJson()));
        return feed == null ? FeedArgument.wrong() : cluster.with(flink -> upgrade(flink, feed));
    }

    private int upgrade(FlinkCluster flink, Feed feed) {
        FlinkCluster.Running before = ClusterOptions.only(flink, feed.name());
        ClusterJob wanted = job.job(feed, cluster.checkpoints(), before.parallelism());
        URI saved = flink.stop(before.id(), cluster.savepoints());
        try {
            JobID id = flink.submit(wanted.startingFrom(saved));
            job.tell(around, result.isJson(), feed.name(), id, wanted.parallelism(), saved);
            return Exit.OK.code();
        } catch (Failure e) {
            throw new Failure(
                            e.exit(),
                            e.code(),
                            e.sentence() + " The job stands still; its state is " + saved + ".",
                            e.hint()
                                    + " To go on as before: 'leat submit' the former feed file with --savepoint and that.")
                    .because(e);
        }
    }
}

package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.core.Feed;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leat savepoint}: the state of a job on a cluster, kept. */
@Command(
        name = "savepoint",
        mixinStandardHelpOptions = true,
        description = "Saves the state of a feed's job on a Flink cluster, below DIR/savepoints; the job goes on.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SavepointCommand implements Callable<Integer> {

    @Mixin
    private GivenFeed given;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ResultAsJson result;

    private final Surroundings around;

    SavepointCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Feed feed = FeedArgument.read(given.file(), around, new Speech(around, result.isJson()));
        return feed == null
                ? FeedArgument.wrong()
                : cluster.with(flink -> {
                    URI saved = flink.savepoint(
                            ClusterOptions.only(flink, feed.name()).id(), cluster.savepoints());
                    if (result.isJson()) {
                        new Speech(around, true).object(Map.of("savepoint", saved.toString()));
                    } else {
                        around.out().println("savepoint " + saved);
                    }
                    return Exit.OK.code();
                });
    }
}

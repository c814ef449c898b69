package io.leat.app.cli;

import io.leat.app.cluster.FlinkCluster;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Option;

/** Which Flink cluster, and where it keeps state. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClusterOptions {

    @Option(
            names = "--flink",
            paramLabel = "HOST:PORT",
            required = true,
            description = "The REST address of the Flink cluster. It asks nobody who they are: keep it on a network of"
                    + " your own.")
    private String flink;

    @Option(
            names = "--checkpoints",
            paramLabel = "URI",
            required = true,
            description = "Where the cluster keeps the feed's checkpoints, reachable by each of its processes:"
                    + " s3://…, hdfs://…, file:///…. Savepoints are put below it.")
    private URI checkpoints;

    /** Works with the cluster. */
    int with(ToIntFunction<FlinkCluster> work) {
        if (checkpoints.getScheme() == null) {
            throw wrong("'%s' is not a URI with a scheme".formatted(checkpoints), "Write --checkpoints file:///DIR.");
        }
        try {
            URI address = new URI("flink://" + flink);
            if (address.getHost() != null && address.getPort() > 0) {
                try (FlinkCluster cluster = FlinkCluster.at(address.getHost(), address.getPort())) {
                    return work.applyAsInt(cluster);
                }
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw wrong("'%s' is not an address".formatted(flink), "Write --flink HOST:8081.");
    }

    URI checkpoints() {
        return checkpoints;
    }

    URI savepoints() {
        String below = checkpoints.toString();
        return URI.create((below.endsWith("/") ? below : below + "/") + "savepoints");
    }

    /** The one job of a feed. */
    static FlinkCluster.Running only(FlinkCluster cluster, String feed) {
        List<FlinkCluster.Running> running = cluster.running(feed);
        if (running.isEmpty()) {
            throw Failure.runtime(
                    "LEAT-461",
                    "No job of the feed '%s' runs on this cluster.".formatted(feed),
                    "Start it with 'leat submit'.");
        }
        if (running.size() > 1) {
            throw Failure.runtime(
                    "LEAT-462",
                    "%s jobs of the feed '%s' run on this cluster.".formatted(running.size(), feed),
                    "Only one may write the change log: cancel the others, which stand fenced.");
        }
        return running.get(0);
    }

    private static Failure wrong(String message, String hint) {
        return new Failure(Exit.FEED_FILE, "LEAT-400", message + ".", hint);
    }
}

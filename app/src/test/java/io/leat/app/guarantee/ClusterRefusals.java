package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.app.cluster.ClusterJob;
import io.leat.app.cluster.FlinkCluster;
import io.leat.app.embedded.Broker;
import io.leat.app.embedded.FreePort;
import io.leat.app.exit.Failure;
import io.leat.app.process.Cli;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * What a cluster with a job of one feed on it will not do, and in which words a person is told.
 *
 * @param feed the file of the feed that has a job
 * @param flink address of the cluster
 * @param kafka of both
 * @param state where the cluster can write
 */
record ClusterRefusals(Path feed, String flink, String kafka, Path state) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MORE_THAN_THERE_ARE_SLOTS = 16;

    void eachHasItsCode() throws Exception {
        Path other = another("other", 2);
        refused(3, "LEAT-460", say("savepoint", feed, "127.0.0.1:" + FreePort.find(), state.toUri()));
        refused(1, "LEAT-461", say("savepoint", other, flink, state.toUri()));
        refused(1, "LEAT-462", say("submit", feed, flink, state.toUri(), "--kafka", kafka));
        String nowhere = state.resolve("nowhere").toUri().toString();
        Cli.Said ended = say("submit", other, flink, state.toUri(), "--kafka", kafka, "--savepoint", nowhere);
        refused(1, "LEAT-464", ended);
        assertThat(ended.err()).contains("nowhere");
        refused(1, "LEAT-465", say("savepoint", feed, flink, URI.create("file:///proc/leat")));
        tooFewSlots();
    }

    private void tooFewSlots() throws Exception {
        Feed wide = ((FeedFile.Valid) FeedFile.read(another("wide", MORE_THAN_THERE_ARE_SLOTS), name -> null)).feed();
        String[] address = flink.split(":");
        try (FlinkCluster cluster = FlinkCluster.at(address[0], Integer.parseInt(address[1]), Duration.ofSeconds(2))) {
            ClusterJob job = new ClusterJob(
                    wide,
                    new Broker(kafka, Map.of()),
                    MORE_THAN_THERE_ARE_SLOTS,
                    state.toUri(),
                    null,
                    Map.of(),
                    Set.of());
            assertThatThrownBy(() -> cluster.submit(job))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo("LEAT-463"))
                    .hasMessageContaining("no task at work yet");
            for (FlinkCluster.Running waiting : cluster.running(wide.name())) {
                cancel(waiting.id().toString());
            }
            Awaitility.await().atMost(PATIENCE).until(() -> cluster.running(wide.name())
                    .isEmpty());
        }
    }

    private void cancel(String job) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + flink + "/jobs/" + job + "?mode=cancel"))
                .method("PATCH", HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(202);
    }

    /** The same feed under another name. */
    private Path another(String name, int partitions) throws IOException {
        String text = Files.readString(feed)
                .replaceFirst("feed: \\S+", "feed: " + name)
                .replaceFirst("partitions: \\d+", "partitions: " + partitions);
        return Files.writeString(feed.resolveSibling(name + ".yaml"), text);
    }

    private static Cli.Said say(String command, Path file, String flink, URI checkpoints, String... more) {
        List<String> line = new ArrayList<>(
                List.of(command, file.toString(), "--flink", flink, "--checkpoints", checkpoints.toString()));
        line.addAll(List.of(more));
        return Cli.run(line.toArray(String[]::new));
    }

    private static void refused(int exit, String code, Cli.Said said) {
        assertThat(said.err()).startsWith(code + "  ");
        assertThat(said.exit()).as(said.err()).isEqualTo(exit);
    }
}

package io.leat.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.process.Cli;
import io.leat.core.delivery.Subscription;
import io.leat.format.feedfile.FeedFile;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each trouble is found by name, and nothing else with it. */
class FindingsTest {

    private static final long GB = 1L << 30;
    private static final Path DATA = Path.of("data");

    @TempDir
    private Path dir;

    private static Machine machine(int java, long heap, boolean isWritable, long free, String holder) {
        return new Machine(java, heap, DATA, isWritable, free, 0, holder, 9092, true, 8080, true);
    }

    private static Cluster cluster(int transactions, Duration ahead, Cluster.Topic log) {
        return new Cluster(
                "kafka:9092",
                null,
                "4.2-IV1",
                transactions,
                ahead,
                Set.of(AclOperation.CREATE),
                Map.of("shop.changes", log),
                Map.of("shop.webhooks", Set.of()));
    }

    private static Cluster.Topic log(Set<AclOperation> rights, String unsafe) {
        return new Cluster.Topic(true, Cluster.WRITES, rights, unsafe);
    }

    private static Stream<Arguments> planted() {
        Cluster.Topic fit = log(Cluster.WRITES, null);
        return Stream.of(
                Arguments.of(
                        "java", "Java 11", machine(11, GB, true, 9 * GB, null).findings()),
                Arguments.of(
                        "memory",
                        "256 MB",
                        machine(17, GB / 4, true, 9 * GB, null).findings()),
                Arguments.of(
                        "data",
                        "cannot be written",
                        machine(17, GB, false, 9 * GB, null).findings()),
                Arguments.of(
                        "disk", "only 1.0 GB", machine(17, GB, true, GB, null).findings()),
                Arguments.of(
                        "run",
                        "process 7",
                        machine(17, GB, true, 9 * GB, "process 7").findings()),
                Arguments.of(
                        "kafka port",
                        "9092 is in use",
                        new Machine(17, GB, DATA, true, 9 * GB, 0, null, 9092, false, 8080, true).findings()),
                Arguments.of(
                        "http port",
                        "8080 is in use",
                        new Machine(17, GB, DATA, true, 9 * GB, 0, null, 9092, true, 8080, false).findings()),
                Arguments.of(
                        "kafka",
                        "refused",
                        Cluster.silent("kafka:9092", "refused").findings()),
                Arguments.of(
                        "transactions",
                        "transaction.version 1",
                        cluster(1, Duration.ZERO, fit).findings()),
                Arguments.of(
                        "clock",
                        "61000 ms ahead",
                        cluster(2, Duration.ofSeconds(61), fit).findings()),
                Arguments.of(
                        "topic shop.changes",
                        "[WRITE] is not allowed",
                        cluster(2, Duration.ZERO, log(Cluster.READS, null)).findings()),
                Arguments.of(
                        "topic shop.changes",
                        "cleanup.policy is delete",
                        cluster(2, Duration.ZERO, log(Set.of(), "cleanup.policy is delete"))
                                .findings()),
                Arguments.of(
                        "topic shop.raw",
                        "[CREATE] is not allowed",
                        new Cluster(
                                        "k",
                                        null,
                                        "",
                                        2,
                                        Duration.ZERO,
                                        Set.of(AclOperation.DESCRIBE),
                                        Map.of("shop.raw", new Cluster.Topic(false, Cluster.READS, Set.of(), null)),
                                        Map.of())
                                .findings()),
                Arguments.of(
                        "group shop.webhooks",
                        "[READ] is not allowed",
                        new Cluster(
                                        "k",
                                        null,
                                        "",
                                        2,
                                        Duration.ZERO,
                                        Set.of(),
                                        Map.of(),
                                        Map.of("shop.webhooks", Set.of(AclOperation.DESCRIBE)))
                                .findings()),
                Arguments.of("sink w", "refused", List.of(new SinkEnd("w", "w:443", "refused").finding())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("planted")
    void aPlantedTroubleIsFoundByName(String what, String says, List<Finding> findings) {
        assertThat(findings.stream().filter(each -> !each.isFit()))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.what()).isEqualTo(what);
                    assertThat(found.says()).contains(says);
                    assertThat(found.advice()).isNotBlank();
                });
    }

    @Test
    void whatIsFitIsSaidToBe() {
        assertThat(machine(17, GB, true, 9 * GB, null).findings()).allMatch(Finding::isFit);
        assertThat(cluster(2, Duration.ofSeconds(1), log(Set.of(), null)).findings())
                .allMatch(Finding::isFit);
    }

    @Test
    void aPortThatIsTakenIsSeenToBe() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Machine machine = MachineLook.at(dir.resolve("data"), taken.getLocalPort(), 0);
            assertThat(machine.isKafkaPortFree()).isFalse();
            assertThat(machine.isHttpPortFree()).isTrue();
        }
        assertThat(dir.resolve("data")).doesNotExist();
    }

    @Test
    void sinksAreLookedForAndNothingIsSentToThem() throws IOException {
        Path feed = dir.resolve("feed.yaml");
        Path blocked = Files.writeString(dir.resolve("file"), "");
        try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int nobody = closed.getLocalPort();
            closed.close();
            String key = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
            Files.writeString(
                    feed,
                    """
                    feed: shop
                    key: sku
                    time: at
                    sinks:
                      - {name: there, webhook: {url: "http://127.0.0.1:%d/", secret: "%s"}}
                      - {name: away, webhook: {url: "http://127.0.0.1:%d/", secret: "%s"}}
                      - {name: folder, files: {path: "%s"}}
                      - {name: blocked, files: {path: "%s"}}
                      - {name: topic, kafka: {bootstrap: "127.0.0.1:%d", topic: t}}
                      - {name: lost, kafka: {bootstrap: "127.0.0.1:%d", topic: t}}
                    """
                            .formatted(
                                    open.getLocalPort(), key, nobody, key, dir, blocked, open.getLocalPort(), nobody));
            FeedFile.Outcome outcome = FeedFile.read(feed, name -> null);
            assertThat(outcome).isInstanceOf(FeedFile.Valid.class);
            List<Subscription> sinks = ((FeedFile.Valid) outcome).sinks();
            assertThat(sinks.stream().map(SinkLook::at).filter(each -> each.trouble() == null))
                    .extracting(SinkEnd::name)
                    .containsExactly("there", "folder", "topic");
        }
    }

    /** Planted in this machine, not in what is handed in; found by the command that people run. */
    @Test
    void whatReallyStandsInTheWayIsFoundByName() throws IOException {
        Path held = Files.createDirectories(dir.resolve("held"));
        Path file = Files.writeString(dir.resolve("file"), "");
        Path feed = dir.resolve("feed.yaml");
        try (DataDirectory run = DataDirectory.take(held);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.createDirectories(DataDirectory.kafka(held));
            int nobody = closed.getLocalPort();
            closed.close();
            Files.writeString(
                    feed,
                    """
                    feed: shop
                    key: sku
                    time: at
                    sinks:
                      - {name: away, webhook: {url: "http://127.0.0.1:%d/", secret: "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}}
                      - {name: blocked, files: {path: "%s"}}
                      - {name: table, postgres: {url: "postgresql://127.0.0.1:%d/shop", user: u, password: p, table: t}}
                    """
                            .formatted(nobody, file, nobody));
            String port = Integer.toString(taken.getLocalPort());
            assertThat(looks(feed, held, "--port", port, "--http-port", "0"))
                    .as("who holds the directory holds the port")
                    .containsExactlyInAnyOrder("run", "sink away", "sink blocked", "sink table");
            assertThat(looks(feed, file.resolve("below"), "--port", "0", "--http-port", port, "--kafka", "127.0.0.1:1"))
                    .containsExactlyInAnyOrder("data", "http port", "kafka", "sink away", "sink blocked", "sink table");
            Files.writeString(feed, "feed: shop\ntime: at\nkye: sku\n");
            assertThat(looks(feed, dir.resolve("new"), "--port", port, "--http-port", "0"))
                    .contains("feed file", "kafka port")
                    .doesNotContain("http port", "run");
            assertThat(run).isNotNull();
        }
    }

    /** What is not fit, by name. */
    private static List<String> looks(Path feed, Path data, String... more) {
        List<String> args = new ArrayList<>(List.of("doctor", feed.toString(), "--data", data.toString(), "--json"));
        args.addAll(List.of(more));
        Cli.Said said = Cli.run(args.toArray(String[]::new));
        assertThat(said.exit()).as(said.toString()).isEqualTo(3);
        List<String> found = new ArrayList<>();
        PlainJson.parse(said.out()).get("findings").forEach(each -> {
            if (!each.get("fit").booleanValue()) {
                assertThat(each.get("advice").stringValue()).as(each.toString()).isNotBlank();
                found.add(each.get("what").stringValue());
            }
        });
        return found;
    }
}

package io.leat.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.embedded.GuardedKafka;
import io.leat.app.process.Cli;
import io.leat.app.process.QuickStart;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.FeedTopics;
import io.leat.testkit.OsProcess;
import io.leat.testkit.PlainJson;
import io.leat.testkit.SmallDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Troubles that were really planted, in this machine or in a broker, are found by name by the command that people run. */
class DoctorIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String FEED = "feed: shop\nkey: sku\ntime: at\n";
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @TempDir
    private Path dir;

    @Test
    void littleMemoryIsFound() throws IOException {
        List<String> options = new ArrayList<>(List.of("-Xmx256m"));
        options.addAll(QuickStart.options());
        try (OsProcess process = OsProcess.java(
                dir.resolve("out"),
                options,
                "io.leat.app.Leat",
                List.of("doctor", "--data", dir.toString(), "--port", "0", "--http-port", "0", "--json"))) {
            assertThat(process.awaitExit(PATIENCE)).isEqualTo(3);
            assertThat(unfit(process.said())).containsExactly("memory");
        }
    }

    @Test
    void aDiskThatIsNearlyFullIsFound() throws Exception {
        assumeTrue(SmallDisk.isPossible("a full disk for the doctor"));
        Path data = Files.createDirectory(dir.resolve("data"));
        try (SmallDisk disk = SmallDisk.mount(data, 12)) {
            assertThat(looks("--data", data.toString())).containsExactly("disk");
            assertThat(disk).isNotNull();
        }
    }

    @Test
    void sinksOfEveryKindThatNobodyAnswersForAreFound() throws IOException {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        String sinks =
                """
                sinks:
                  - {name: hook, webhook: {url: "http://127.0.0.1:PORT/", secret: "KEY"}}
                  - {name: table, postgres: {url: "postgresql://127.0.0.1:PORT/shop", user: u, password: p, table: t}}
                  - {name: bucket, files: {path: "s3://shop/prices", endpoint: "http://127.0.0.1:PORT", region: r, access_key: a, secret_key: b}}
                  - {name: peer, kafka: {bootstrap: "127.0.0.1:PORT,127.0.0.1:PORT", topic: prices}}
                """
                        .replace("PORT", Integer.toString(nobody))
                        .replace("KEY", SECRET);
        assertThat(looks(feed(FEED + sinks)))
                .containsExactlyInAnyOrder("sink hook", "sink table", "sink bucket", "sink peer");
    }

    @Test
    void aClusterWhoseTransactionsAreOldIsFound() throws IOException {
        try (DataDirectory data = DataDirectory.take(dir.resolve("broker"));
                EmbeddedKafka kafka = GuardedKafka.withOldTransactions(data)) {
            assertThat(looks(feed(FEED), "--kafka", kafka.bootstrap())).containsExactly("transactions");
        }
    }

    @Test
    void aClockThatIsBehindTheBrokersAndAnUnsafeLogAreFound() throws Exception {
        try (DataDirectory data = DataDirectory.take(dir.resolve("broker"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            Path file = feed(FEED);
            FeedTopics.prepare(admin, declared(file));
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", kafka.bootstrap()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>("shop.raw", new byte[] {'1'}))
                        .get();
            }
            assertThat(looks(0, file, "--kafka", kafka.bootstrap())).isEmpty();

            InstantSource behind = () -> Instant.now().minusSeconds(3_600);
            assertThat(looks(behind, 3, file, "--kafka", kafka.bootstrap())).containsExactly("clock");

            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "shop.changes"),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            assertThat(looks(file, "--kafka", kafka.bootstrap())).containsExactly("topic shop.changes");
        }
    }

    @Test
    void rightsThatAreMissingAreFound() throws Exception {
        try (DataDirectory data = DataDirectory.take(dir.resolve("broker"));
                GuardedKafka.Guarded guarded = GuardedKafka.withRights(data);
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", guarded.kafka().bootstrap()))) {
            StringBuilder text = new StringBuilder(FEED).append("source:\n  properties:\n");
            GuardedKafka.Guarded.client()
                    .forEach((name, value) -> text.append("    %s: '%s'\n".formatted(name, value)));
            text.append("sinks:\n  - {name: folder, files: {path: \"%s\"}}\n".formatted(dir));
            Path file = feed(text.toString());
            FeedTopics.prepare(admin, declared(file));
            grant(admin, ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL, AclOperation.ALL);
            grant(admin, ResourceType.TOPIC, "shop.", PatternType.PREFIXED, AclOperation.ALL);
            grant(admin, ResourceType.GROUP, "*", PatternType.LITERAL, AclOperation.ALL);
            awaitFound(file, guarded.guarded(), List.of());

            revoke(admin, ResourceType.TOPIC);
            grant(admin, ResourceType.TOPIC, "shop.", PatternType.PREFIXED, AclOperation.READ);
            awaitFound(file, guarded.guarded(), List.of("topic shop.changes", "topic shop.dlq"));
            grant(admin, ResourceType.TOPIC, "shop.", PatternType.PREFIXED, AclOperation.ALL);

            revoke(admin, ResourceType.GROUP);
            grant(admin, ResourceType.GROUP, "*", PatternType.LITERAL, AclOperation.DESCRIBE);
            awaitFound(file, guarded.guarded(), List.of("group shop.webhooks", "group shop.webhooks.folder"));
        }
    }

    /** Rights that were granted or taken are in force a moment later. */
    private static void awaitFound(Path file, String bootstrap, List<String> unfit) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(looks(-1, file, "--kafka", bootstrap))
                .containsExactlyElementsOf(unfit));
    }

    private static void grant(Admin admin, ResourceType type, String name, PatternType pattern, AclOperation operation)
            throws Exception {
        admin.createAcls(List.of(new AclBinding(
                        new ResourcePattern(type, name, pattern),
                        new AccessControlEntry(
                                "User:" + GuardedKafka.CLIENT, "*", operation, AclPermissionType.ALLOW))))
                .all()
                .get();
    }

    private static void revoke(Admin admin, ResourceType type) throws Exception {
        admin.deleteAcls(Set.of(new AclBindingFilter(
                        new org.apache.kafka.common.resource.ResourcePatternFilter(type, null, PatternType.ANY),
                        AccessControlEntryFilter.ANY)))
                .all()
                .get();
    }

    private Path feed(String text) throws IOException {
        return Files.writeString(dir.resolve("feed.yaml"), text);
    }

    private static Feed declared(Path file) {
        FeedFile.Outcome outcome = FeedFile.read(file, name -> null);
        assertThat(outcome).as(outcome.toString()).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).feed();
    }

    private static List<String> looks(Path file, String... more) {
        return looks(3, file, more);
    }

    private static List<String> looks(int exit, Path file, String... more) {
        return looks(InstantSource.system(), exit, file, more);
    }

    private static List<String> looks(InstantSource clock, int exit, Path file, String... more) {
        List<String> args = new ArrayList<>(
                List.of(file.toString(), "--data", file.resolveSibling("new").toString()));
        args.addAll(List.of(more));
        return looks(clock, exit, args);
    }

    private static List<String> looks(String... args) {
        return looks(InstantSource.system(), 3, List.of(args));
    }

    /**
     * What is not fit, by name.
     *
     * @param exit what is expected; -1 for whatever comes
     */
    private static List<String> looks(InstantSource clock, int exit, List<String> more) {
        List<String> args = new ArrayList<>(List.of("doctor", "--json", "--port", "0", "--http-port", "0"));
        args.addAll(more);
        Cli.Said said = Cli.runAt(clock, args.toArray(String[]::new));
        if (exit >= 0) {
            assertThat(said.exit()).as(said.toString()).isEqualTo(exit);
        }
        return unfit(said.out());
    }

    private static List<String> unfit(String json) {
        List<String> found = new ArrayList<>();
        PlainJson.parse(json).get("findings").forEach(each -> {
            if (!each.get("fit").booleanValue()) {
                assertThat(each.get("advice").stringValue()).as(each.toString()).isNotBlank();
                found.add(each.get("what").stringValue());
            }
        });
        return found;
    }
}

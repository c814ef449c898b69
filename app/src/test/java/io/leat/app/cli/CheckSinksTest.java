package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.Cli;
import io.leat.testkit.TestKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code leat check} says of sinks: what they promise, what they need, and whether they can be reached. */
class CheckSinksTest {

    @TempDir
    private Path dir;

    /** What the last command said. */
    private Cli.Said said;

    private int leat(String... args) {
        said = Cli.run(args);
        return said.exit();
    }

    private String file(String name) {
        return dir.resolve(name).toString();
    }

    @Test
    void checkSaysWhatASinkOfFilesPromisesAndNeeds() throws IOException {
        Files.writeString(
                dir.resolve("feed.yaml"),
                "feed: x\nkey: k\ntime: at\nsinks:\n  - {name: archive, files: {path: out, every: 5m}}\n");
        assertThat(leat("check", file("feed.yaml"))).isZero();
        assertThat(said.out()).contains("sink 'archive': each change in exactly one file, at most 300 s", "hard links");
    }

    @Test
    void checkTellsWhatASinkOfTablesPromisesAndPrintsWhatMakesThem() throws IOException {
        Files.writeString(
                dir.resolve("feed.yaml"),
                "feed: x\nkey: k\ntime: at\nchanges: {compare: [price]}\nsinks:\n  - {name: w, postgres: {url:"
                        + " 'postgresql://db/shop', user: leat, password: canary, table: prices, history: h}}\n");
        assertThat(leat("check", file("feed.yaml"))).isZero();
        assertThat(said.out())
                .contains(
                        "sink 'w': the last change of each key in prices, each change once in h",
                        "It needs these tables:",
                        "  CREATE TABLE IF NOT EXISTS \"prices\" (\"leat_key\" text,",
                        "\"price\" jsonb, PRIMARY KEY (leat_key));",
                        "leat_cursor")
                .doesNotContain("canary");
    }

    @Test
    void checkSaysWhatASinkOfATopicPromisesAndNeeds() throws IOException {
        Files.writeString(
                dir.resolve("feed.yaml"),
                "feed: x\nkey: k\ntime: at\nsinks:\n"
                        + "  - {name: a, kafka: {bootstrap: 'kafka:9092', topic: prices}}\n"
                        + "  - {name: b, kafka: {bootstrap: 'kafka:9092', topic: prices, guarantee: exactly_once,"
                        + " properties: {ssl.key.password: canary}}}\n");
        assertThat(leat("check", file("feed.yaml"))).isZero();
        assertThat(said.out())
                .contains(
                        "sink 'a': each change at least once in topic prices",
                        "sink 'b': each change once, for readers of committed records, in topic prices",
                        "begin with leat-x-b-.")
                .doesNotContain("canary");
    }

    @Test
    void checkConnectsOnlyWhenAskedToAndNamesEverySinkThatCannotBeReached() throws IOException {
        Files.writeString(dir.resolve("taken"), "a file");
        Files.writeString(
                dir.resolve("feed.yaml"),
                "feed: x\nkey: k\ntime: at\nsinks:\n  - {name: a, files: {path: out}}\n  - {name: b, files: {path: taken}}\n"
                        + "  - {name: c, kafka: {bootstrap: '10.0.0.1:9092', topic: prices}}\n");
        assertThat(leat("check", file("feed.yaml"))).isZero();
        assertThat(Files.exists(dir.resolve("out"))).isFalse();
        assertThat(leat("check", "--connect", file("feed.yaml"))).isEqualTo(3);
        assertThat(said.out()).contains("sink 'a': can be reached.");
        assertThat(said.err()).contains("LEAT-428", "sink 'b': ", "sink 'c': LEAT-531 the broker 10.0.0.1");
    }

    @Test
    void checkNamesTheRightsOnGroupsThatAreMissingInTheFeedsOwnKafka() throws Exception {
        Files.writeString(
                dir.resolve("feed.yaml"), "feed: x\nkey: k\ntime: at\nsinks:\n  - {name: a, files: {path: out}}\n");
        Map<String, String> authorizing = Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found",
                "true");
        try (TestKafka kafka = new TestKafka(dir.resolve("kafka"), authorizing);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            String[] check = {"check", "--connect", "--kafka", kafka.bootstrap(), file("feed.yaml")};
            assertThat(leat(check)).isZero();
            allow(admin, AclOperation.DESCRIBE);
            Awaitility.await().untilAsserted(() -> assertThat(leat(check)).isEqualTo(3));
            assertThat(said.err())
                    .contains(
                            "LEAT-428",
                            "group x.webhooks: [READ] is not allowed",
                            "group x.webhooks.a: [READ] is not allowed, grant it: kafka-acls.sh",
                            "--operation Read --group x.webhooks.a");
            allow(admin, AclOperation.READ);
            Awaitility.await().untilAsserted(() -> assertThat(leat(check)).isZero());
        }
    }

    private static void allow(Admin admin, AclOperation operation) throws Exception {
        admin.createAcls(List.of(new AclBinding(
                        new ResourcePattern(ResourceType.GROUP, "x.webhooks", PatternType.PREFIXED),
                        new AccessControlEntry("User:*", "*", operation, AclPermissionType.ALLOW))))
                .all()
                .get();
    }

    @Test
    void aWebhookThatWillBeRefusedIsNotCalledFine() throws IOException {
        String sink = "\nsinks:\n  - {name: a, webhook: {url: \"http://127.0.0.1:8080/x\","
                + " secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}}\n";
        Files.writeString(dir.resolve("feed.yaml"), "feed: x\nkey: k\ntime: at\n" + sink);
        assertThat(leat("check", file("feed.yaml"))).isZero();
        assertThat(said.err()).contains("warning: ", "LEAT-231", "Every delivery will be refused: ");
        assertThat(leat("check", file("feed.yaml"), "--allow-private-webhooks")).isZero();
        assertThat(said.err()).doesNotContain("LEAT-231");
    }
}

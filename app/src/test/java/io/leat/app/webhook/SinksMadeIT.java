package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.LeatProcess;
import io.leat.app.sinks.ObjectStoreProcess;
import io.leat.testkit.FilesJudge;
import io.leat.testkit.OsProcess;
import io.leat.testkit.TestPostgres;
import io.leat.testkit.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files, tables and topics are made over HTTP, written, stopped, begun again, mended and forgotten, at a process that delivers. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SinksMadeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SERVES = Pattern.compile("serving http://127\\.0\\.0\\.1:(\\d+)");
    private static final String CANARY = "canary-word";
    private static final int REFUSED = 33;

    @TempDir
    private Path dir;

    private TestPostgres database;
    private EmbeddedKafka kafka;
    private ChangeTopic log;
    private Api api;

    @Test
    void eachKindIsMadeStoppedReplayedMendedAndForgottenOverHttp() throws Exception {
        database = TestPostgres.fresh(SinksMadeIT.class.getSimpleName());
        assumeTrue(database != null);
        try (DataDirectory data = DataDirectory.take(dir.resolve("kafka"));
                EmbeddedKafka started = EmbeddedKafka.start(data, 0);
                ChangeTopic made = new ChangeTopic(started.bootstrap(), "made", 2, 10);
                ObjectStoreProcess store = new ObjectStoreProcess(dir.resolve("store"))) {
            kafka = started;
            log = made;
            topic();
            try (OsProcess process = deliver()) {
                api = new Api(
                        Integer.parseInt(process.awaitLine(SERVES, PATIENCE).group(1)), "made");
                whatReachesIntoThisMachineIsRefused();
                create(
                        "lake",
                        "\"files\":{\"path\":\"s3://bucket/p\",\"every\":\"1s\",\"endpoint\":\"http://127.0.0.1:%d\",\"path_style\":true,\"access_key\":\"who\",\"secret_key\":\"proof\"}"
                                .formatted(store.port()));
                create(
                        "table",
                        "\"postgres\":{\"url\":\"%s\",\"user\":\"%s\",\"password\":\"%s\",\"table\":\"prices\",\"history\":\"history\",\"create\":true,\"columns\":{\"price\":{\"from\":\"after.price\",\"type\":\"bigint\"}}}"
                                .formatted(database.url(), TestPostgres.USER, CANARY));
                create(
                        "peer",
                        "\"kafka\":{\"bootstrap\":\"%s\",\"topic\":\"theirs\",\"guarantee\":\"exactly_once\",\"properties\":{\"ssl.key.password\":\"%s\"}}"
                                .formatted(kafka.bootstrap(), CANARY));
                log.tell(30);
                await(() -> rows() == 30 && records() == 30 && lines(store) == 30);
                areShownWithoutSecrets();
                restAndGoOn(store);
                areMended();
                areReplayed();
                areForgotten();
                assertThat(process.said() + Files.readString(dir.resolve("deliver.log")))
                        .doesNotContain(CANARY);
            }
        }
    }

    private void whatReachesIntoThisMachineIsRefused() {
        for (String sink : List.of(
                "\"files\":{\"path\":\"%s\"}".formatted(dir),
                "\"files\":{\"path\":\"s3://bucket/p\"}",
                "\"postgres\":{\"url\":\"%s\",\"user\":\"postgres\",\"table\":\"t\"}".formatted(database.url()))) {
            Api.Answer answer = api.post("/subscriptions", "{\"name\":\"inside\"," + sink + "}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("LEAT-227");
            assertThat(answer.text()).doesNotContain(dir.toString());
        }
    }

    private void create(String name, String sink) {
        Api.Answer answer = api.post("/subscriptions", "{\"name\":\"" + name + "\"," + sink + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.text()).doesNotContain(CANARY).doesNotContain("proof");
        Api.Answer looked = api.post("/subscriptions/" + name + "/test");
        assertThat(looked.json().path("reachable").asBoolean(false))
                .as(looked.text())
                .isTrue();
        assertThat(api.post("/subscriptions", "{\"name\":\"" + name + "\"," + sink + "}")
                        .code())
                .isEqualTo("LEAT-225");
    }

    private void areShownWithoutSecrets() {
        String all = api.get("/subscriptions").text();
        assertThat(all).contains("\"lake\"", "\"table\"", "\"peer\"").doesNotContain(CANARY, "proof");
        for (String name : List.of("lake", "table", "peer")) {
            Api.Answer one = api.get("/subscriptions/" + name);
            assertThat(one.json().path("state").asString("")).isEqualTo("active");
            assertThat(one.text()).doesNotContain(CANARY, "proof");
            await(() -> delivered(name) == 30);
        }
    }

    /** How many changes the log of attempts says one has. */
    private long delivered(String name) {
        long changes = 0;
        for (var attempt :
                api.get("/deliveries?limit=1000&subscription=" + name).json().path("attempts")) {
            boolean done = attempt.path("result").asString("").equals("delivered");
            changes += done ? attempt.path("changes").asLong(0) : 0;
        }
        return changes;
    }

    private void restAndGoOn(ObjectStoreProcess store) throws Exception {
        for (String name : List.of("lake", "table", "peer")) {
            Api.Answer paused = api.post("/subscriptions/" + name + "/pause");
            assertThat(paused.json().path("settled").asBoolean(false))
                    .as(paused.text())
                    .isTrue();
        }
        long written = lines(store);
        database.run("ALTER TABLE prices ADD CONSTRAINT picky CHECK (price <> %d)".formatted(REFUSED));
        log.tell(10);
        stays(() -> rows() == 30 && records() == 30 && lines(store) == written);
        for (String name : List.of("lake", "table", "peer")) {
            assertThat(api.post("/subscriptions/" + name + "/resume").status()).isEqualTo(200);
        }
        await(() -> rows() == 39 && records() == 40 && lines(store) == 40);
    }

    private void areMended() throws Exception {
        await(() -> api.get("/subscriptions/table/undelivered")
                        .json()
                        .path("undelivered")
                        .size()
                == 1);
        Api.Answer still = api.post("/subscriptions/table/redrive");
        assertThat(still.json().path("sent").asInt(-1)).as(still.text()).isZero();
        assertThat(still.json().path("stopped_by").asString("")).contains("not_taken", "picky");
        database.run("ALTER TABLE prices DROP CONSTRAINT picky");
        Api.Answer done = api.post("/subscriptions/table/redrive");
        assertThat(done.json().path("sent").asInt(-1)).as(done.text()).isEqualTo(1);
        assertThat(done.json().path("left").asInt(-1)).isZero();
        assertThat(rows()).isEqualTo(40);
        assertThat(database.rows("SELECT leat_key, price FROM prices WHERE price = " + REFUSED))
                .containsExactly("[\"k3\"]|" + REFUSED);
    }

    private void areReplayed() throws Exception {
        String since = "{\"since\":\"1970-01-01T00:00:00Z\"}";
        assertThat(api.post("/subscriptions/peer/replay", since).status()).isEqualTo(200);
        assertThat(api.post("/subscriptions/table/replay", since).status()).isEqualTo(200);
        await(() -> records() == 80);
        assertThat(rows()).as("a history has each change once").isEqualTo(40);
    }

    private void areForgotten() throws Exception {
        for (String name : List.of("lake", "table", "peer")) {
            assertThat(api.delete("/subscriptions/" + name).status()).isEqualTo(204);
            assertThat(api.get("/subscriptions/" + name).status()).isEqualTo(404);
        }
        log.tell(5);
        stays(() -> records() == 80 && rows() == 40);
    }

    private long rows() throws SQLException {
        boolean there =
                database.rows("SELECT to_regclass('history') IS NOT NULL").contains("t");
        return there
                ? Long.parseLong(database.rows("SELECT count(*) FROM history").get(0))
                : 0;
    }

    private long records() {
        long[] count = new long[1];
        TopicReader.committed(kafka.bootstrap()).read("theirs", rec -> count[0]++);
        return count[0];
    }

    private static long lines(ObjectStoreProcess store) throws Exception {
        FilesJudge.Verdict verdict = FilesJudge.judge(store.objects("p"));
        assertThat(verdict.faults()).isEmpty();
        return verdict.lines().size();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(condition);
    }

    /** Longer than a change would take. */
    private static void stays(Callable<Boolean> condition) {
        Awaitility.await()
                .during(Duration.ofMillis(1_500))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(condition);
    }

    private void topic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic("theirs", Optional.of(2), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private OsProcess deliver() throws Exception {
        Path feed = Files.writeString(
                dir.resolve("feed.yaml"), "feed: made\nkey: sku\ntime: at\nchanges: {compare: [price]}\n");
        return LeatProcess.deliver(dir, "deliver", feed, kafka.bootstrap());
    }
}

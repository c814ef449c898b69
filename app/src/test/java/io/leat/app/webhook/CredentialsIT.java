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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sinks made over HTTP get new credentials, the process is killed, and they go on where they were, with the new ones alone. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CredentialsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SERVES = Pattern.compile("serving http://127\\.0\\.0\\.1:(\\d+)");
    private static final String CANARY = "canary-word";
    private static final String OTHER_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final List<String> NAMES = List.of("hook", "lake", "table");

    private final String oldUser = "old" + System.nanoTime();
    private final String newUser = "new" + System.nanoTime();
    private final Map<String, String> signatures = new ConcurrentHashMap<>();

    @TempDir
    private Path dir;

    private TestPostgres database;
    private EmbeddedKafka kafka;
    private ObjectStoreProcess store;
    private Receiver receiver;
    private Api api;
    private int started;

    @Test
    void whatIsRenewedGoesOnWhereItWasAndTheOldIsGone() throws Exception {
        database = TestPostgres.fresh(CredentialsIT.class.getSimpleName());
        assumeTrue(database != null);
        try (DataDirectory data = DataDirectory.take(dir.resolve("kafka"));
                EmbeddedKafka broker = EmbeddedKafka.start(data, 0);
                ChangeTopic log = new ChangeTopic(broker.bootstrap(), "renewed", 2, 10);
                ObjectStoreProcess objects = new ObjectStoreProcess(dir.resolve("store"));
                Receiver hook = new Receiver(
                        (exchange, attempt) -> 200,
                        (headers, body) ->
                                signatures.put(headers.get("webhook-id"), headers.get("webhook-signature")))) {
            kafka = broker;
            store = objects;
            receiver = hook;
            String said;
            List<String> groups;
            try (OsProcess process = deliver()) {
                make();
                log.tell(30);
                await(() -> isEverywhere(30));
                groups = groups();
                theOldDoNotHold();
                log.tell(10);
                await(() -> state("table").equals("disabled"));
                renew();
                await(() -> NAMES.stream().allMatch(this::isAudited));
                process.kill9();
                said = process.said();
            }
            try (OsProcess process = deliver()) {
                NAMES.forEach(name -> assertThat(
                                api.post("/subscriptions/" + name + "/resume").status())
                        .isEqualTo(200));
                log.tell(10);
                await(() -> isEverywhere(50));
                assertThat(groups()).as("they are the same").isEqualTo(groups);
                assertThat(hook.badSignatures()).isZero();
                assertThat(signatures.values()).noneMatch(signature -> signature.contains(" "));
                assertThat(database.rows("SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name = 'leat'"
                                + " AND datname = current_database()"))
                        .containsExactly(newUser);
                said += process.said();
            }
            nothingSecretIsSaid(said);
        }
    }

    private void make() throws SQLException {
        database.run(
                "CREATE ROLE " + oldUser + " LOGIN",
                "CREATE ROLE " + newUser + " LOGIN",
                "GRANT ALL ON SCHEMA public TO " + oldUser + ", " + newUser);
        create("\"name\":\"hook\",\"url\":\"%s\",\"secret\":\"%s\"".formatted(receiver.url(), Receiver.SECRET));
        create(
                "\"name\":\"lake\",\"files\":{\"path\":\"s3://bucket/p\",\"every\":\"1s\",\"endpoint\":\"http://127.0.0.1:%d\",\"path_style\":true,\"access_key\":\"who\",\"secret_key\":\"proof\"}"
                        .formatted(store.port()));
        create(
                "\"name\":\"table\",\"postgres\":{\"url\":\"%s\",\"user\":\"%s\",\"password\":\"%s-old\",\"table\":\"prices\",\"history\":\"history\",\"create\":true}"
                        .formatted(database.url(), oldUser, CANARY));
    }

    private void create(String members) {
        Api.Answer answer = api.post("/subscriptions", "{" + members + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    /** The one is taken away at the other end, the other is given wrong here. */
    private void theOldDoNotHold() throws SQLException {
        database.run(
                "ALTER ROLE " + oldUser + " NOLOGIN",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + oldUser + "'",
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + newUser);
        patch("lake", "{\"files\":{\"secret_key\":\"%s-wrong\"}}".formatted(CANARY));
        Api.Answer looked = api.post("/subscriptions/lake/test");
        assertThat(looked.json().path("reachable").asBoolean(true))
                .as(looked.text())
                .isFalse();
    }

    private void renew() {
        await(() -> receiver.distinct() == 40);
        receiver.awaitQuiet();
        signatures.clear();
        receiver.expect(OTHER_SECRET);
        patch("hook", "{\"secret\":\"%s\"}".formatted(OTHER_SECRET));
        patch("lake", "{\"files\":{\"secret_key\":\"proof\"}}");
        patch("table", "{\"postgres\":{\"user\":\"%s\",\"password\":\"%s-new\"}}".formatted(newUser, CANARY));
    }

    private void patch(String name, String terms) {
        Api.Answer answer = api.patch("/subscriptions/" + name, terms);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain(CANARY, "proof", OTHER_SECRET);
    }

    private String state(String name) {
        return api.get("/subscriptions/" + name).json().path("state").asString("");
    }

    private List<String> groups() {
        return NAMES.stream()
                .map(name ->
                        api.get("/subscriptions/" + name).json().path("group").asString(""))
                .toList();
    }

    private boolean isEverywhere(int all) throws Exception {
        boolean there =
                database.rows("SELECT to_regclass('history') IS NOT NULL").contains("t");
        FilesJudge.Verdict files = FilesJudge.judge(store.objects("p"));
        assertThat(files.faults()).isEmpty();
        return there
                && database.rows("SELECT count(*) FROM history").contains(Integer.toString(all))
                && files.lines().size() == all
                && receiver.distinct() == all;
    }

    private boolean isAudited(String name) {
        return values("leat.audit").stream()
                .anyMatch(action -> action.contains("\"PATCH subscriptions/%s\",\"status\":200".formatted(name)));
    }

    private void nothingSecretIsSaid(String said) throws Exception {
        String all = said
                + Files.readString(dir.resolve("deliver.log"))
                + values("leat.audit")
                + values("renewed.subscriptions")
                + values("renewed.attempts");
        assertThat(all).doesNotContain(CANARY, "proof", OTHER_SECRET, Receiver.SECRET);
    }

    private List<String> values(String topic) {
        List<String> values = new ArrayList<>();
        TopicReader.committed(kafka.bootstrap())
                .read(topic, rec -> values.add(new String(rec.value(), StandardCharsets.UTF_8)));
        return values;
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(condition);
    }

    private OsProcess deliver() throws Exception {
        Path feed = Files.writeString(
                dir.resolve("feed.yaml"), "feed: renewed\nkey: sku\ntime: at\nchanges: {compare: [price]}\n");
        OsProcess process = LeatProcess.deliver(dir, "deliver-" + started++, feed, kafka.bootstrap());
        api = new Api(Integer.parseInt(process.awaitLine(SERVES, PATIENCE).group(1)), "renewed");
        return process;
    }
}

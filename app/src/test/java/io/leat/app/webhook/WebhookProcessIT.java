package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.Cli;
import io.leat.app.process.QuickStart;
import io.leat.gateway.access.ApiKey;
import io.leat.gateway.access.KeyBook;
import io.leat.gateway.access.KeyEntry;
import io.leat.gateway.access.Scope;
import io.leat.gateway.log.KafkaSettings;
import io.leat.testkit.OsProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Webhooks as their users meet them: a {@code leat gateway} process, its HTTP interface, and the command line beside it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebhookProcessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Pattern SERVES = Pattern.compile("serving http://127\\.0\\.0\\.1:(\\d+)");
    private static final String FEED = "shop";
    private static final int KEYS = 10;

    @TempDir
    private static Path dir;

    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static EmbeddedKafka kafka;
    private static ChangeTopic log;
    private static Receiver declared;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        OPEN.add(DataDirectory.take(dir.resolve("broker")));
        kafka = opened(EmbeddedKafka.start((DataDirectory) OPEN.get(0), 0));
        log = opened(new ChangeTopic(kafka.bootstrap(), FEED, 2, KEYS));
        declared = opened(new Receiver((exchange, attempt) -> 200));
        Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: %s
                key: k
                time: at
                sinks:
                  - name: declared
                    webhook: {url: "%s", secret: "%s"}
                    gzip: true
                    batch: {max_items: 40, max_wait: 300ms}
                """
                        .formatted(FEED, declared.url(), Receiver.SECRET));
        OsProcess gateway = opened(OsProcess.java(
                dir.resolve("gateway.out"),
                Stream.concat(QuickStart.options().stream(), Stream.of("-Xmx256m"))
                        .toList(),
                "io.leat.app.Leat",
                List.of(
                        "gateway",
                        feed(),
                        "--kafka",
                        kafka.bootstrap(),
                        "--http",
                        "127.0.0.1:0",
                        "--data",
                        dir.resolve("data").toString(),
                        "--log",
                        dir.resolve("gateway.log").toString(),
                        "--allow-private-webhooks")));
        api = new Api(Integer.parseInt(gateway.awaitLine(SERVES, PATIENCE).group(1)), FEED);
    }

    @AfterAll
    static void stop() throws Exception {
        for (int i = OPEN.size() - 1; i >= 0; i--) {
            OPEN.get(i).close();
        }
    }

    @Test
    @Order(1)
    void whatTheFeedFileDeclaresIsDeliveredCompressedAndInBatches() {
        log.tell(200);
        await(() -> declared.distinct() == 200);
        assertThat(declared.largest()).isBetween(2, 40);
        int before = declared.attempts();
        log.tell(1);
        await(() -> declared.distinct() == 201);
        assertThat(declared.attempts())
                .as("a change does not wait for others beyond max_wait")
                .isEqualTo(before + 1);
        assertThat(declared.zipped()).isEqualTo(declared.attempts());
        assertThat(declared.badSignatures() + declared.disorder()).isZero();
    }

    @Test
    @Order(2)
    void aSubscriptionIsMadePausedMovedTriedRotatedReplayedAndForgottenOverHttp() {
        try (Receiver first = new Receiver((exchange, attempt) -> 200);
                Receiver second = new Receiver((exchange, attempt) -> 200)) {
            Api.Answer made = create("client", first, "\"from\":\"now\"");
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            String secret = made.json().required("secret").stringValue();
            first.expect(secret);
            assertThat(create("client", first, "\"from\":\"now\"").code()).isEqualTo("LEAT-225");
            Awaitility.await().atMost(PATIENCE).until(() -> {
                log.tell(1);
                return first.distinct() > 0;
            });
            assertThat(first.badSignatures()).isZero();

            assertThat(api.patch("/subscriptions/client", "{\"where\":\"seq > 0\",\"limits\":{\"rate\":900}}")
                            .text())
                    .contains("seq > 0", "\"rate\":900", "\"settled\":true");
            assertThat(state(api.post("/subscriptions/client/pause"))).isEqualTo("paused");
            assertThat(api.post("/subscriptions/client/test")
                            .json()
                            .required("delivered")
                            .booleanValue())
                    .isTrue();
            assertThat(api.post("/subscriptions/client/url", "{\"url\":\"" + second.url() + "\"}")
                            .status())
                    .isEqualTo(200);
            String rotated = api.post("/subscriptions/client/rotate")
                    .json()
                    .required("secret")
                    .stringValue();
            assertThat(rotated).startsWith("whsec_").isNotEqualTo(secret);
            second.expect(rotated);
            assertThat(state(api.post("/subscriptions/client/resume"))).isEqualTo("active");
            log.tell(20);
            await(() -> second.distinct() >= 20);
            assertThat(second.badSignatures()).isZero();
            second.expect(secret);
            log.tell(5);
            await(() -> second.distinct() >= 25);
            assertThat(second.badSignatures()).as("the old key signs beside it").isZero();

            api.post("/subscriptions/client/replay", "{\"since\":\"2020-01-01T00:00:00Z\"}");
            await(() -> second.distinct() == log.told());
            assertThat(state(api.post("/subscriptions/client/disable"))).isEqualTo("disabled");
            assertThat(api.get("/subscriptions").text())
                    .contains("\"declared\"", "\"client\"")
                    .doesNotContain(secret, rotated, Receiver.SECRET);
            assertThat(api.delete("/subscriptions/client").status()).isEqualTo(204);
            assertThat(api.get("/subscriptions/client").status()).isEqualTo(404);
        }
    }

    @Test
    @Order(3)
    void whatWasGivenUpIsSentAgainToThatClientOnlyAndEveryAttemptCanBeRead() {
        AtomicInteger status = new AtomicInteger(500);
        try (Receiver fragile = new Receiver((exchange, attempt) -> status.get())) {
            create("fragile", fragile, "\"secret\":\"" + Receiver.SECRET + "\",\"limits\":{\"give_up_after_ms\":0}");
            await(() -> api.get("/subscriptions/fragile/undelivered")
                            .json()
                            .required("undelivered")
                            .size()
                    >= 5);
            await(() -> declared.distinct() == log.told());
            int others = declared.attempts();
            status.set(200);
            AtomicInteger sent = new AtomicInteger();
            await(() -> {
                JsonNode redriven =
                        api.post("/subscriptions/fragile/redrive?older=true").json();
                sent.addAndGet(redriven.required("sent").intValue());
                return redriven.required("left").intValue() == 0 && fragile.distinct() == log.told();
            });
            assertThat(sent).hasValueGreaterThanOrEqualTo(5);
            assertThat(leat("deliveries", "undelivered", feed()).out()).isEmpty();
            assertThat(declared.attempts()).as("nobody else got it").isEqualTo(others);
            assertThat(api.get("/subscriptions/fragile/exchanges").status()).isEqualTo(200);
            assertThat(fragile.badSignatures()).isZero();

            JsonNode page = api.get("/deliveries?subscription=fragile&failed=true&limit=2")
                    .json();
            assertThat(page.required("attempts").size()).isEqualTo(2);
            assertThat(page.required("attempts").get(0).required("status").intValue())
                    .isEqualTo(500);
            JsonNode rest = api.get("/deliveries?subscription=fragile&failed=true&after="
                            + page.required("next").asString())
                    .json();
            assertThat(rest.required("attempts").size()).isGreaterThanOrEqualTo(3);
            assertThat(rest.has("next")).isFalse();
            assertThat(leat("deliveries", "--json", "list", feed(), "--subscription", "fragile", "--failed")
                            .out()
                            .lines())
                    .hasSize(2 + rest.required("attempts").size());
        }
    }

    @Test
    @Order(4)
    void anEndpointThatIsGoneIsDisabledAndOneThatWasAwayGetsTheNewestOfEachKey() {
        AtomicInteger status = new AtomicInteger(503);
        try (Receiver gone = new Receiver((exchange, attempt) -> 410);
                Receiver away = new Receiver((exchange, attempt) -> {
                    exchange.getResponseHeaders().add("Retry-After", "2");
                    return status.get();
                })) {
            create("gone", gone, "\"where\":\"seq > 0\"");
            String own = "\"secret\":\"" + Receiver.SECRET + "\",";
            create("away", away, own + "\"catch_up\":\"latest\",\"from\":\"now\"");
            await(() -> state(api.get("/subscriptions/gone")).equals("disabled"));
            assertThat(api.get("/subscriptions/gone").text()).contains("410 Gone");

            Awaitility.await().atMost(PATIENCE).until(() -> {
                log.tell(1);
                return away.attempts() > 0;
            });
            log.tell(30 * KEYS);
            status.set(200);
            Map<String, Long> newest = new HashMap<>();
            await(() -> {
                away.taken().forEach(change -> newest.merge(change.key(), change.seq(), Math::max));
                return newest.values().stream().mapToLong(Long::longValue).sum() == log.told();
            });
            assertThat(away.distinct()).as("not every one of 300").isLessThan(100);
            assertThat(away.badSignatures()).isZero();
        }
    }

    @Test
    @Order(5)
    void kafkaShowsTheLagOfEachClient() throws Exception {
        try (Receiver hanging = new Receiver(Rude::hang)) {
            create("hanging", hanging, "\"gzip\":true");
            await(() -> hanging.attempts() > 0 && declared.distinct() == log.told());
            await(() -> lag("hanging") == log.told());
            await(() -> lag("declared") == 0);
            assertThat(api.delete("/subscriptions/hanging").status()).isIn(202, 204);
        }
    }

    private static long lag(String subscription) throws Exception {
        String group = api.get("/subscriptions/" + subscription)
                .json()
                .required("group")
                .stringValue();
        return new GroupOffsets(kafka.bootstrap(), group).lag(2);
    }

    @Test
    @Order(6)
    void whatIsWrongIsRefusedInOneForm() {
        Map<String, Api.Answer> refused = new LinkedHashMap<>();
        refused.put("404 LEAT-213", api.get("/subscriptions/nobody"));
        refused.put("404 LEAT-213 verb", api.post("/subscriptions/nobody/pause"));
        refused.put("422 LEAT-227", api.post("/subscriptions", "{\"name\":\"x\"}"));
        refused.put("422 LEAT-227 since", api.post("/subscriptions/declared/replay", "{\"since\":\"canary\"}"));
        refused.put("422 LEAT-227 query", api.get("/deliveries?limit=canary"));
        refused.put("400 LEAT-210", api.post("/subscriptions", "canary"));
        refused.put("413 LEAT-216", api.post("/subscriptions", "{\"name\":\"" + "x".repeat(20_000) + "\"}"));
        refused.put("415 LEAT-210", api.ask("POST", "/subscriptions", "{}", null, "text/plain"));
        refused.put(
                "422 LEAT-227 timeout",
                api.post(
                        "/subscriptions",
                        "{\"name\":\"x\",\"url\":\"https://example.com/\",\"limits\":{\"timeout_ms\":1}}"));
        refused.put("422 LEAT-227 patch", api.patch("/subscriptions/gone", "{\"where\":\"canary <\"}"));
        refused.put(
                "422 LEAT-227 future", api.post("/subscriptions/gone/replay", "{\"since\":\"9999-01-01T00:00:00Z\"}"));
        refused.put("409 LEAT-228", api.post("/subscriptions/gone/redrive"));
        refused.put("409 LEAT-226", api.post("/subscriptions/declared/rotate"));
        refused.put("409 LEAT-226 remove", api.delete("/subscriptions/declared"));
        refused.forEach((expected, answer) -> {
            assertThat(expected).startsWith(answer.status() + " " + answer.code());
            assertThat(answer.type()).as(expected).isEqualTo("application/problem+json");
            assertThat(answer.text()).as(expected).doesNotContain("canary");
        });
    }

    @Test
    @Order(7)
    void onlyAKeyThatMayManageThisFeedMayDoAnyOfIt() throws Exception {
        Map<String, String> keys = new LinkedHashMap<>();
        try (KeyBook book = new KeyBook(new KafkaSettings(kafka.bootstrap(), Map.of()))) {
            keys.put("read and ingest", key(book, FEED + ":read", FEED + ":ingest"));
            keys.put("other feed", key(book, "other:manage"));
            keys.put("manage", key(book, FEED + ":manage"));
        }
        String manage = Objects.requireNonNull(keys.get("manage"));
        await(() -> ask("GET", "/subscriptions", manage) == 200 && ask("GET", "/subscriptions", null) == 401);
        Map<String, String> endpoints = new LinkedHashMap<>();
        List.of("", "/nobody", "/nobody/undelivered", "/nobody/exchanges")
                .forEach(path -> endpoints.put("/subscriptions" + path, "GET"));
        endpoints.put("/deliveries", "GET");
        List.of("pause", "resume", "disable", "rotate", "redrive", "test", "url", "replay")
                .forEach(verb -> endpoints.put("/subscriptions/nobody/" + verb, "POST"));
        endpoints.forEach((path, method) -> {
            assertThat(ask(method, path, null)).as("none " + path).isEqualTo(401);
            assertThat(ask(method, path, "leat_00000000_" + "0".repeat(38))).isEqualTo(401);
            assertThat(ask(method, path, keys.get("read and ingest"))).as(path).isEqualTo(403);
            assertThat(ask(method, path, keys.get("other feed"))).as(path).isEqualTo(403);
            assertThat(ask(method, path, manage)).as(path).isIn(200, 404, 415);
        });
        assertThat(ask("POST", "/subscriptions", keys.get("read and ingest"))).isEqualTo(403);
        assertThat(ask("DELETE", "/subscriptions/declared", keys.get("read and ingest")))
                .isEqualTo(403);
    }

    @Test
    @Order(8)
    void allThatWasAnsweredIsInTheServedDescriptionAndAllThatIsDescribedWasAsked() {
        Set<String> described = new TreeSet<>(api.described("/subscriptions"));
        described.addAll(api.described("/deliveries"));
        assertThat(described).containsAll(api.answered());
        assertThat(operations(api.answered())).isEqualTo(operations(described));
    }

    private static Set<String> operations(Set<String> answers) {
        return answers.stream()
                .map(answer -> answer.substring(0, answer.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int ask(String method, String path, String key) {
        return api.ask(method, path, null, key, "application/json").status();
    }

    private static String key(KeyBook book, String... scopes) throws Exception {
        ApiKey key = ApiKey.draw(new SecureRandom());
        List<Scope.Grant> grants = Arrays.stream(scopes).map(Scope.Grant::parse).toList();
        book.write(new KeyEntry(key.id(), "client", key.hash(), grants, 1, 0, 0));
        return key.reveal();
    }

    private static Api.Answer create(String name, Receiver receiver, String more) {
        return api.post("/subscriptions", "{\"name\":\"%s\",\"url\":\"%s\",%s}".formatted(name, receiver.url(), more));
    }

    private static String state(Api.Answer answer) {
        return answer.json().path("state").asString("");
    }

    private static Cli.Said leat(String command, String... args) {
        List<String> line = new ArrayList<>(List.of(
                command,
                "--kafka",
                kafka.bootstrap(),
                "--data",
                dir.resolve("data").toString()));
        line.addAll(List.of(args));
        Cli.Said said = Cli.run(line.toArray(String[]::new));
        assertThat(said.exit()).as(said.err()).isZero();
        return said;
    }

    private static String feed() {
        return dir.resolve("feed.yaml").toString();
    }

    private static <T extends AutoCloseable> T opened(T thing) {
        OPEN.add(thing);
        return thing;
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}

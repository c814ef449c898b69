package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.format.contract.Contract;
import io.leat.format.json.DocumentReader;
import io.leat.gateway.Gateway;
import io.leat.gateway.GatewaySettings;
import io.leat.gateway.access.ApiKey;
import io.leat.gateway.access.KeyBook;
import io.leat.gateway.access.KeyEntry;
import io.leat.gateway.http.Limits;
import io.leat.gateway.log.KafkaSettings;
import io.leat.testkit.PlainJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The served description is what the server does: all that it names is answered so, and nothing that it does not name. */
class OpenApiIT {

    private static final String SEND = "POST /v1/feeds/{feed}/records";
    private static final String READ = "GET /v1/feeds/{feed}/changes";
    private static final String TICKET = "POST /v1/feeds/{feed}/tickets";
    private static final String FIGURES = "GET /metrics";
    private static final List<String> GUARDED = List.of(SEND, READ, TICKET, FIGURES);
    private static final List<String> OPEN = List.of("GET /livez", "GET /readyz", "GET /version", "GET /openapi.json");

    private static final String JSON = "Content-Type: application/json";
    private static final String RECORD = "{\"shop\":\"a\",\"sku\":1,\"at\":1}";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** One request a second. */
    private static final Limits TIGHT = UsualLimits.but().requestsPerSecond(1).limits();

    @TempDir
    private static Path dir;

    private final Set<String> answered = new ConcurrentSkipListSet<>();
    private final Map<String, Queue<String>> bodies = new ConcurrentHashMap<>();

    @Test
    void whatIsDescribedIsAnsweredAndNothingElse() throws Exception {
        try (HttpRig rig = new HttpRig(dir.resolve("data"), Limits.DEFAULT);
                Gateway tight = rig.start("127.0.0.1", 0, null, TIGHT);
                Gateway orphan = orphan()) {
            JsonNode document = PlainJson.parse(rig.get("/openapi.json").body());
            assertThat(operations(document)).isEqualTo(new TreeSet<>(rig.routes()));
            CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(
                    () -> ask(rig.port(), SEND, HttpRig.NAME, "", "", JSON, "Content-Length: 9"));
            anybody(rig.port());
            senders(rig.port());
            readers(rig.port());
            Awaitility.await().atMost(PATIENCE).until(() -> ask(tight.port(), "GET /readyz", "", "", "") == 200);
            tooMany(tight.port());
            GUARDED.forEach(operation -> ask(orphan.port(), operation, HttpRig.NAME, "", RECORD, JSON));
            ask(orphan.port(), "GET /readyz", "", "", "");
            assertThat(slow.join()).isEqualTo(408);
            strangers(rig);
            assertThat(answered).containsExactlyInAnyOrderElementsOf(named(document));
            System.out.printf("openapi: %d answers named, all given, none other%n", answered.size());
            assertThat(bodiesAgainst(document)).isGreaterThan(30);
        }
    }

    private static Gateway orphan() {
        return Gateway.start(
                new GatewaySettings(
                        "127.0.0.1",
                        0,
                        null,
                        false,
                        List.of(HttpRig.FEED),
                        new KafkaSettings("127.0.0.1:1", Map.of()),
                        Limits.DEFAULT,
                        "test"),
                InstantSource.system());
    }

    /** What every path answers, and what no path does. */
    private void anybody(int port) {
        for (String operation : operations()) {
            ask(port, operation, HttpRig.NAME, "", RECORD, JSON);
            ask(port, operation, HttpRig.NAME, "", RECORD, JSON, "Host: other");
            ask(port, operation, HttpRig.NAME, "?" + "x".repeat(9_000), RECORD, JSON);
            ask(port, operation, HttpRig.NAME, "", RECORD, JSON, "X-Large: " + "x".repeat(17_000));
            String path = operation.substring(operation.indexOf(' ') + 1).replace("{feed}", HttpRig.NAME);
            RawHttp.Answer wrong =
                    RawHttp.ask(port, "PATCH " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n", PATIENCE);
            assertThat(wrong.status()).as(operation).isEqualTo(405);
            assertThat(wrong.mediaType()).isEqualTo("application/problem+json");
        }
        for (String operation : OPEN) {
            String path = operation.substring(operation.indexOf(' ') + 1);
            RawHttp.Answer head = RawHttp.ask(
                    port, "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", PATIENCE);
            assertThat(head.status()).as("HEAD " + path).isEqualTo(200);
            assertThat(head.body()).as("HEAD " + path).isEmpty();
        }
        RawHttp.Answer none = RawHttp.ask(port, "GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n", PATIENCE);
        assertThat(none.status()).isEqualTo(404);
    }

    private void senders(int port) {
        ask(port, SEND, HttpRig.NAME, "", "[" + RECORD + ",1]", JSON);
        ask(port, SEND, HttpRig.NAME, "", "{", JSON);
        ask(port, SEND, "unknown", "", RECORD, JSON);
        ask(port, SEND, HttpRig.NAME, "", "", JSON, "Content-Length: 99999999");
        ask(port, SEND, HttpRig.NAME, "", RECORD, "Content-Type: text/plain");
        ask(port, SEND, HttpRig.NAME, "", RECORD, JSON, "Idempotency-Key: one");
        ask(port, SEND, HttpRig.NAME, "", "[" + RECORD + "]", JSON, "Idempotency-Key: one");
        String many = "[" + (RECORD + ",").repeat(5_000) + RECORD + "]";
        for (int round = 0; round < 50 && !answered.contains(SEND + " 409 application/problem+json"); round++) {
            String key = "Idempotency-Key: many-" + round;
            CompletableFuture<Integer> first =
                    CompletableFuture.supplyAsync(() -> ask(port, SEND, HttpRig.NAME, "", many, JSON, key));
            ask(port, SEND, HttpRig.NAME, "", many, JSON, key);
            first.join();
        }
    }

    private void readers(int port) {
        ask(port, READ, HttpRig.NAME, "", "", "Accept: application/x-ndjson");
        ask(port, READ, HttpRig.NAME, "?since=yesterday", "");
        ask(port, READ, HttpRig.NAME, "", "", "Accept: image/png");
        ask(port, READ, "unknown", "", "");
        ask(port, TICKET, "unknown", "", "");
    }

    /** Each operation is asked the moment after a refusal: on a slow machine another request may have become due by then. */
    private void tooMany(int port) {
        for (String operation : GUARDED) {
            String refused = operation + " 429 application/problem+json";
            for (int round = 0; round < 20 && !answered.contains(refused); round++) {
                for (int i = 0; i < 200 && ask(port, FIGURES, "", "", "") != 429; i++) {}
                ask(port, operation, HttpRig.NAME, "", RECORD, JSON);
            }
        }
    }

    /** Without keys: a web page. With keys: whoever has none. */
    private void strangers(HttpRig rig) throws Exception {
        GUARDED.forEach(operation ->
                ask(rig.port(), operation, HttpRig.NAME, "", RECORD, JSON, "Origin: https://evil.example"));
        ApiKey key = ApiKey.draw(new SecureRandom());
        try (KeyBook book = new KeyBook(rig.kafka)) {
            book.write(new KeyEntry(key.id(), "first", key.hash(), List.of(), 1, 0, 0));
        }
        Awaitility.await().atMost(PATIENCE).until(() -> ask(rig.port(), FIGURES, "", "", "") == 401);
        GUARDED.forEach(operation -> ask(rig.port(), operation, HttpRig.NAME, "", RECORD, JSON));
    }

    /** Asks for an operation and notes what is answered. */
    private int ask(int port, String operation, String feed, String query, String body, String... headers) {
        StringBuilder request = new StringBuilder(operation.replace("{feed}", feed) + query + " HTTP/1.1\r\n");
        request.append("Host: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        if (!body.isEmpty() && operation.startsWith("POST")) {
            request.append("Content-Length: ")
                    .append(body.length())
                    .append("\r\n\r\n")
                    .append(body);
        } else {
            request.append("\r\n");
        }
        RawHttp.Answer answer = RawHttp.ask(port, request.toString(), PATIENCE);
        String named = operation + " " + answer.status() + " " + answer.mediaType();
        answered.add(named);
        if (answer.mediaType().matches("application/(problem\\+)?json")) {
            bodies.computeIfAbsent(named, first -> new ConcurrentLinkedQueue<>())
                    .add(answer.body());
        }
        if (answer.mediaType().equals("application/problem+json")) {
            JsonNode problem = PlainJson.parse(answer.body());
            assertThat(problem.get("status").intValue()).isEqualTo(answer.status());
            assertThat(problem.get("code").stringValue()).matches("LEAT-21\\d|LEAT-229");
            if (Set.of(409, 429, 503).contains(answer.status())) {
                assertThat(answer.header("retry-after")).as(operation).matches("\\d+");
            }
        }
        return answer.status();
    }

    /** Every body that was seen keeps the schema of its answer; says how many that were. */
    private int bodiesAgainst(JsonNode document) {
        DocumentReader reader = new DocumentReader(io.leat.core.Limits.DEFAULT);
        int looked = 0;
        for (Map.Entry<String, Queue<String>> seen : bodies.entrySet()) {
            String[] words = seen.getKey().split(" ");
            JsonNode operation = document.get("paths").get(words[1]).get(words[0].toLowerCase(Locale.ROOT));
            JsonNode said = operation.get("responses").get(words[2]);
            JsonNode meant = said.has("$ref")
                    ? document.at(said.get("$ref").stringValue().substring(1))
                    : said;
            JsonNode schema = meant.get("content").get(words[3]).path("schema");
            assertThat(schema.isMissingNode())
                    .as(seen.getKey() + " has a schema")
                    .isFalse();
            String whole = "{\"allOf\":[" + schema + "],\"components\":" + document.get("components") + "}";
            Contract contract = Contract.compile(new Feed.ContractSource("openapi", whole));
            for (String body : seen.getValue()) {
                assertThat(reader.read(body.getBytes(StandardCharsets.UTF_8)))
                        .as(body)
                        .isNull();
                assertThat(contract.broken(reader.document()))
                        .as(seen.getKey() + " " + body)
                        .isNull();
                looked++;
            }
        }
        return looked;
    }

    private static List<String> operations() {
        return java.util.stream.Stream.concat(GUARDED.stream(), OPEN.stream()).toList();
    }

    private static Set<String> operations(JsonNode document) {
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            path.getValue().propertyNames().stream()
                    .filter(operation -> !operation.equals("parameters"))
                    .forEach(operation -> operations.add(operation.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }
        return operations;
    }

    /** Every operation, status and media type of the document, but those that {@code WebhookProcessIT} and
     * {@code StatusIT} ask. */
    private static Set<String> named(JsonNode document) {
        Set<String> named = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                boolean ofOthers = path.getKey()
                        .matches(
                                ".*/(subscriptions|deliveries|status|history|trace|access|dead-letters|held|alerts)\\b.*");
                if (!operation.getKey().equals("parameters") && !ofOthers) {
                    String asked = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    operation.getValue().get("responses").properties().forEach(response -> {
                        JsonNode said = response.getValue();
                        JsonNode meant = said.has("$ref")
                                ? document.at(said.get("$ref").stringValue().substring(1))
                                : said;
                        meant.get("content")
                                .propertyNames()
                                .forEach(type -> named.add(asked + " " + response.getKey() + " " + type));
                    });
                }
            }
        }
        return named;
    }
}

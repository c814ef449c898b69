package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.process.LeatProcess;
import io.leat.testkit.OsProcess;
import io.leat.testkit.SharedData;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A feed with everything on takes what others wrote to break things, through Kafka and over HTTP: afterwards all its work
 * is alive, every change has reached every client that wants it, and every check is green.
 *
 * <p>With {@code -Dleat.everything.every=1} each hostile input goes over HTTP too, else every twentieth.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class EverythingOnIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern SERVES = Pattern.compile("serving http://127\\.0\\.0\\.1:(\\d+)");
    private static final int EVERY = Integer.getInteger("leat.everything.every", 20);
    private static final List<String> NUMBERS = List.of(
            "1e400",
            "1e309",
            "-1e400",
            "0.1234567890123456789012345",
            "0.00000015",
            "1.5e-7",
            "9007199254740993",
            "123456789012345678901234567890",
            "1e999999999",
            "1e-999999999",
            "{\"deep\":{\"junk\":[1e400,1e309]}}");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<byte[]> scrapes = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> selected = new ConcurrentLinkedQueue<>();
    private int good;

    @Test
    void hostileInputKillsNothingAndKeepsNothingFromAnybody() throws Exception {
        assumeTrue(SharedData.isPresent("a feed with everything on"));
        collect();
        try (Receiver all = new Receiver((exchange, attempt) -> 200, (headers, body) -> selected.add(body));
                Receiver wanted = new Receiver((exchange, attempt) -> 200);
                Receiver puzzled = new Receiver((exchange, attempt) -> 200);
                OsProcess run = run(all, wanted, puzzled)) {
            String base = "http://127.0.0.1:" + run.awaitLine(SERVES, PATIENCE).group(1);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> get(base + "/readyz").statusCode() == 200);
            feed(base);
            good("{\"last\":true}");
            Awaitility.await().atMost(PATIENCE).until(() -> post(base, scrapes.get(scrapes.size() - 1)) == 202);

            Awaitility.await().atMost(PATIENCE).until(() -> wanted.distinct() == good);
            List<String> told = told();
            Awaitility.await().atMost(PATIENCE).until(() -> all.distinct() == told.size());
            assertThat(puzzled.distinct()).isBetween(1, good - 1);
            assertThat(all.badSignatures() + wanted.badSignatures()).isZero();
            everyNumberArrivesAsItWas();
            aReaderFindsANumberHoweverItIsWritten(base);
            everythingIsAlive(base);
        }
    }

    private void everyNumberArrivesAsItWas() {
        String bodies = String.join("\n", selected);
        assertThat(bodies)
                .contains("\"v\":1e400}", "\"v\":-1e400}", "\"v\":1e309}", "\"v\":0.1234567890123456789012345}")
                .contains("\"v\":0.00000015}", "\"v\":9007199254740993}", "\"v\":123456789012345678901234567890}")
                .contains("\"v\":{\"deep\":{\"junk\":[1e400,1e309]}}}")
                .doesNotContain(":Infinity", ":-Infinity", "[Infinity", ",Infinity");
    }

    private void aReaderFindsANumberHoweverItIsWritten(String base) throws Exception {
        for (Map.Entry<String, Integer> asked :
                Map.of("1.50e-7", 2, "0.00000015", 2, "10e399", 1).entrySet()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(base + "/v1/feeds/full/changes?since=earliest&field.v=" + asked.getKey()))
                    .header("Accept", "application/x-ndjson")
                    .build();
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            try (InputStream body = answer.body()) {
                StringBuilder text = new StringBuilder();
                for (int changes = 0; changes < asked.getValue(); ) {
                    int next = body.read();
                    assertThat(next).as(text.toString()).isNotNegative();
                    text.append((char) next);
                    changes += next == '\n'
                                    && text.toString()
                                            .lines()
                                            .reduce((a, b) -> b)
                                            .orElse("")
                                            .contains("\"seq\"")
                            ? 1
                            : 0;
                }
            }
        }
    }

    private void everythingIsAlive(String base) throws Exception {
        HttpResponse<String> ready = get(base + "/readyz");
        assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
        List<String> work = get(base + "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("leat_gateway_work_"))
                .toList();
        assertThat(work).anyMatch(line -> line.contains("webhook-log-full"));
        assertThat(work)
                .filteredOn(line -> line.contains("_alive"))
                .hasSizeGreaterThan(4)
                .allMatch(line -> line.endsWith(" 1.0"));
        assertThat(work)
                .filteredOn(line -> line.contains("_deaths"))
                .hasSizeGreaterThan(4)
                .allMatch(line -> line.endsWith(" 0.0"));
        assertThat(get(base + "/metrics").body())
                .containsPattern(
                        "leat_webhook_unanswered_changes_total\\{feed=\"full\",subscription=\"puzzled\"} [1-9]");
        for (JsonNode one :
                JSON.readTree(get(base + "/v1/feeds/full/subscriptions").body()).required("subscriptions")) {
            assertThat(one.required("state").stringValue()).isEqualTo("active");
        }
        Path log = dir.resolve("data/leat.log"); // there is none as long as nothing is worth a line
        assertThat(Files.exists(log) ? Files.readString(log) : "").doesNotContain(" ERROR ");
    }

    /** The ids of all changes. */
    private List<String> told() throws IOException {
        List<String> ids = new ArrayList<>();
        TopicReader.committed(bootstrap())
                .read("full.changes", rec -> ids.add(new String(rec.value(), StandardCharsets.UTF_8)));
        return ids;
    }

    private String bootstrap() throws IOException {
        return Files.readString(DataDirectory.endpoint(dir.resolve("data")))
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private void feed(String base) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap(), "max.request.size", 4 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            scrapes.forEach(scrape -> {
                var unused = producer.send(new ProducerRecord<>("full.raw", scrape));
            });
        }
        for (int i = 0; i < scrapes.size(); i += EVERY) {
            if (scrapes.get(i) != null) {
                byte[] scrape = scrapes.get(i);
                // a broker that is busy is asked again, as a scraper does
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> post(base, scrape), List.of(202, 200, 400, 413, 415, 422)::contains);
            }
        }
    }

    private void collect() throws IOException {
        NUMBERS.forEach(this::good);
        Path json = SharedData.corpus("json-test-suite");
        for (String folder : List.of("test_parsing", "test_transform")) {
            try (Stream<Path> files = Files.list(json.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    hostile(Files.readAllBytes(file));
                    hostile(concat("{\"k\":\"h\",\"at\":\"2025-01-01T00:00:00Z\",\"v\":", Files.readAllBytes(file)));
                }
            }
        }
        lines(SharedData.corpus("utf8tests").resolve("utf8tests.bin"));
        for (String kind : List.of("money", "number", "timestamp", "availability", "url")) {
            lines(SharedData.corpus("wild").resolve(kind + ".jsonl"));
        }
        for (JsonNode text : JSON.readTree(SharedData.corpus("naughty-strings").resolve("blns.json"))) {
            String quoted = JSON.writeValueAsString(text.stringValue());
            good(quoted);
            hostile(utf8("{\"k\":\"x\",\"at\":%s,\"price\":%s,\"site\":%s}".formatted(quoted, quoted, quoted)));
        }
        hostile(utf8("[".repeat(100_000)));
        hostile(utf8("{\"k\":\"n\",\"at\":\"2025-01-01T00:00:00Z\",\"v\":" + "1".repeat(100_000) + "}"));
        hostile(utf8("{\"k\":\"n\",\"at\":\"2025-01-01T00:00:00Z\",\"price\":1e99999999999}"));
        hostile(null);
    }

    private void lines(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                hostile(java.util.Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
    }

    /** What it comes to is its own affair; it is no item of ours. */
    private void hostile(byte[] value) {
        scrapes.add(value);
    }

    private void good(String value) {
        scrapes.add(utf8(
                "{\"k\":\"good-%d\",\"at\":\"2025-01-01T00:00:00Z\",\"site\":\"s\",\"price\":\"€ %d,50\",\"stock\":\"In stock\",\"v\":%s}"
                        .formatted(good, 10 + good % 7, value)));
        good++;
    }

    private OsProcess run(Receiver all, Receiver wanted, Receiver puzzled) throws IOException {
        Path feed = Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: full
                key: k
                time: at
                limits: {duplicates: last}
                normalize: {price: {as: money, currency: currency, locale: de}, stock: availability}
                changes:
                  compare: [v, price]
                  tolerance: {price: 0.5%%}
                  hold: {price: {ratio: [0.2, 5]}}
                  confirm_within: 6h
                  average: {price: 30d}
                watch: {by: site}
                windows: [{name: hourly, every: 1h, by: [site], values: {avg: avg(price), least: min(v), n: count()}}]
                sinks:
                  - name: all
                    webhook: {url: "%s", secret: "%s"}
                    fields: [after.k, after.v]
                  - name: wanted
                    webhook: {url: "%s", secret: "%s"}
                    where: "op == 'new' && after.price * 2 > 0.1 && key[0].startsWith('good-')"
                    batch: {max_items: 20}
                  - name: puzzled
                    webhook: {url: "%s", secret: "%s"}
                    where: "key[0].startsWith('good-') && after.v > 0"
                """
                        .formatted(
                                all.url(),
                                Receiver.SECRET,
                                wanted.url(),
                                Receiver.SECRET,
                                puzzled.url(),
                                Receiver.SECRET));
        return LeatProcess.run(dir, feed);
    }

    private HttpResponse<String> get(String uri) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int post(String base, byte[] body) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(base + "/v1/feeds/full/records"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static byte[] concat(String start, byte[] middle) {
        byte[] head = utf8(start);
        byte[] all = java.util.Arrays.copyOf(head, head.length + middle.length + 1);
        System.arraycopy(middle, 0, all, head.length, middle.length);
        all[all.length - 1] = '}';
        return all;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

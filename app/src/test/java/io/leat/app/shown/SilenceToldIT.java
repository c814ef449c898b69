package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.leat.app.embedded.DataDirectory;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A site falls silent in front of processes as they are run: a rule fires in Prometheus, which scrapes the job, a gateway and a
 * deliverer; a webhook and a command hear of it; a person takes notice.
 */
class SilenceToldIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SERVES = Pattern.compile("serving http://(\\S+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path dir;

    private final Set<String> sending = ConcurrentHashMap.newKeySet();
    private final Queue<String> posted = new ConcurrentLinkedQueue<>();
    private final Queue<String> signatures = new ConcurrentLinkedQueue<>();
    private final Queue<String> traces = new ConcurrentLinkedQueue<>();
    private String run = "";

    @Test
    void whoeverShouldKnowKnows() throws Exception {
        HttpServer ops = ops();
        String feed = feed(ops.getAddress().getPort()).toString();
        String data = dir.resolve("data").toString();
        try (Product.Running job = Product.start(
                dir,
                "job",
                "run",
                feed,
                "--data",
                data,
                "--port",
                "0",
                "--http",
                "127.0.0.1:0",
                "--allow-private-webhooks=127.0.0.0/8")) {
            run = served(job);
            String kafka = Files.readAllLines(DataDirectory.endpoint(dir.resolve("data")))
                    .get(0);
            try (Product.Running gateway = elsewhere("gateway", feed, kafka);
                    Product.Running deliver = elsewhere("deliver", feed, kafka)) {
                sending.addAll(Set.of("good", "bad"));
                Thread scraping = new Thread(this::scrape);
                scraping.setDaemon(true);
                scraping.start();
                try (PrometheusProcess prometheus = PrometheusProcess.isInstalled()
                        ? new PrometheusProcess(
                                dir, Map.of("job", run, "gateway", served(gateway), "deliver", served(deliver)))
                        : null) {
                    allAreScraped(prometheus, served(deliver));
                    sending.remove("bad");
                    isToldOf(prometheus);
                    isNoticed(feed, data);
                    aTraceReachesTheWebhook();
                    logsAsAsked(job, deliver);
                } finally {
                    sending.clear();
                    scraping.join();
                }
            }
        } finally {
            ops.stop(0);
        }
    }

    private void allAreScraped(PrometheusProcess prometheus, String deliver) {
        await().atMost(PATIENCE).until(() -> get(deliver, "/metrics").contains("leat_sink_partitions{"));
        assertThat(get(deliver, "/readyz")).contains("\"status\":\"ok\"", "webhook-log-told");
        assertThat(PlainJson.parse(get(deliver, "/v1/feeds/told/status"))
                        .get("job")
                        .isNull())
                .isTrue();
        if (prometheus == null) {
            return;
        }
        await().atMost(PATIENCE).until(() -> prometheus.query("up == 1").size() == 3);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(prometheus.query("leat_scrapes_total{job=\"job\"} > 0")).hasSize(1);
            assertThat(prometheus.query("leat_source_records_total{job=\"job\",source=\"bad\"} > 0"))
                    .hasSize(1);
            assertThat(prometheus.query("leat_gateway_connections{job=\"gateway\"}"))
                    .hasSize(1);
            assertThat(prometheus.query("leat_sink_partitions{job=\"deliver\",sink=\"ops\"}"))
                    .hasSize(1);
        });
        assertThat(prometheus.query("ALERTS{alertname=\"LeatSourceSilent\"}")).isEmpty();
    }

    private void isToldOf(PrometheusProcess prometheus) {
        await().atMost(PATIENCE).until(() -> posted.stream().anyMatch(body -> body.contains("\"alert.started\"")));
        JsonNode told = PlainJson.parse(posted.stream()
                .filter(body -> body.contains("\"alert.started\""))
                .findFirst()
                .orElseThrow());
        assertThat(told.at("/data/site").stringValue()).isEqualTo("bad");
        assertThat(told.at("/data/alert").stringValue()).isEqualTo("silence");
        assertThat(told.get("timestamp").stringValue())
                .isEqualTo(told.at("/data/at").stringValue());
        assertThat(signatures).isNotEmpty().allMatch(signature -> signature.startsWith("v1,"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dir.resolve("rotated")).hasContent("bad silence"));
        if (prometheus != null) {
            await().atMost(PATIENCE)
                    .until(() -> prometheus
                                    .query(
                                            "ALERTS{alertname=\"LeatSourceSilent\",source=\"bad\",alertstate=\"firing\"}")
                                    .size()
                            == 1);
            assertThat(prometheus.query("ALERTS{alertname=\"LeatSourceSilent\",source=\"good\"}"))
                    .isEmpty();
        }
    }

    private void isNoticed(String feed, String data) {
        JsonNode open = PlainJson.parse(
                Product.within("alerts", "--data", data, "--json", "list", feed).out());
        assertThat(open.get("site").stringValue()).isEqualTo("bad");
        assertThat(open.has("acknowledged")).isFalse();
        String id = open.get("id").stringValue();
        assertThat(Product.within("alerts", "--data", data, "accept", feed, id).exit())
                .isZero();
        assertThat(Product.within("alerts", "--data", data, "accept", feed, "silence/none")
                        .exit())
                .isEqualTo(2);
        assertThat(Product.within("alerts", "--data", data, "list", feed).out()).contains(id, "acknowledged");
        for (String wrong : List.of("1y", "0m", "31d")) {
            assertThat(Product.within("alerts", "--data", data, "quiet", feed, id, "--for", wrong)
                            .exit())
                    .isEqualTo(2);
        }
        assertThat(Product.within("alerts", "--data", data, "quiet", feed, "silence/none", "--for", "8h")
                        .exit())
                .isEqualTo(2);
        assertThat(Product.within("alerts", "--data", data, "quiet", feed, id, "--for", "8h")
                        .exit())
                .isZero();
        assertThat(Product.within("alerts", "--data", data, "list", feed).out()).contains(id, "quiet until 20");
        await().atMost(PATIENCE).until(() -> PlainJson.parse(get(run, "/v1/feeds/told/status"))
                .at("/alerts/0")
                .has("acknowledged"));
    }

    private void aTraceReachesTheWebhook() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        for (String header : List.of(trace, "00-nonsense-01")) {
            send(HttpRequest.newBuilder(URI.create("http://" + run + "/v1/feeds/told/records"))
                    .header("Content-Type", "application/json")
                    .header("traceparent", header)
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"shop\":\"good\",\"sku\":\"%s\",\"at\":%d,\"price\":-1}"
                                    .formatted(header, System.currentTimeMillis()))));
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(traces).containsExactlyInAnyOrder(trace, "none"));
    }

    private void logsAsAsked(Product.Running job, Product.Running deliver) throws IOException {
        assertThat(job.process().said()).contains("logging to " + dir.resolve("data/leat.log") + "\n");
        assertThat(deliver.process().said()).contains("logging to " + dir.resolve("deliver.log") + " as JSON\n");
        assertThat(Files.readAllLines(dir.resolve("deliver.log"))).isNotEmpty().allSatisfy(line -> {
            JsonNode said = PlainJson.parse(line);
            assertThat(said.get("level").stringValue()).isIn("INFO", "WARN", "ERROR");
            assertThat(said.get("message").stringValue()).isNotBlank();
        });
    }

    private static String served(Product.Running process) {
        return process.process().awaitLine(SERVES, Product.PATIENCE).group(1);
    }

    private Product.Running elsewhere(String command, String feed, String kafka) {
        return Product.startWith(
                List.of("LEAT_LOG_FORMAT=json"),
                dir,
                command,
                command,
                feed,
                "--kafka",
                kafka,
                "--data",
                dir.resolve(command + "-data").toString(),
                "--log",
                dir.resolve(command + ".log").toString(),
                "--http",
                "127.0.0.1:0",
                "--allow-private-webhooks=127.0.0.0/8");
    }

    private Path feed(int port) throws IOException {
        Path script = Files.writeString(
                dir.resolve("rotate.sh"),
                "#!/bin/sh\nprintf '%s %s' \"$1\" \"$2\" > '" + dir.resolve("rotated") + "'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: told
                source: {partitions: 2}
                key: [shop, sku]
                time: {field: at, format: epoch_ms}
                changes: {compare: price}
                log: {partitions: 4}
                watch: {by: shop, expect: every 3s, to: ops, run: ["%s", "{site}", "{alert}"]}
                sinks:
                  - {name: ops, webhook: {url: "http://127.0.0.1:%s/", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, where: "after.price < 0"}
                """
                        .formatted(script, port));
    }

    private void scrape() {
        for (int made = 0; !sending.isEmpty(); made++) {
            StringBuilder lines = new StringBuilder();
            for (String shop : sending) {
                lines.append("{\"shop\":\"%s\",\"sku\":\"%d\",\"at\":%d,\"price\":%d}%n"
                        .formatted(shop, made % 9, System.currentTimeMillis(), made));
            }
            send(HttpRequest.newBuilder(URI.create("http://" + run + "/v1/feeds/told/records"))
                    .header("Content-Type", "application/x-ndjson")
                    .POST(HttpRequest.BodyPublishers.ofString(lines.toString())));
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private static String get(String address, String path) {
        return send(HttpRequest.newBuilder(URI.create("http://" + address + path)));
    }

    private static String send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private HttpServer ops() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            String posting = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posted.add(posting);
            if (posting.contains("\"change.new\"")) {
                String trace = exchange.getRequestHeaders().getFirst("traceparent");
                traces.add(trace == null ? "none" : trace);
            }
            signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("webhook-signature")));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}

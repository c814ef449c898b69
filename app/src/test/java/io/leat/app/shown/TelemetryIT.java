package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.FreePort;
import io.leat.app.exit.Exit;
import io.leat.app.process.PlainHttp;
import io.leat.app.process.QuickStart;
import io.leat.testkit.PlainJson;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collector of OpenTelemetry beside processes as they are run sees one trace from the scraper's request to each client, and all
 * that {@code /metrics} tells; one that cannot be reached is told of once, and holds nothing up.
 */
class TelemetryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SERVES = Pattern.compile("serving http://(\\S+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SCRAPER = "00f067aa0ba902b7";
    private static final String SAMPLED = "00-" + TRACE + "-" + SCRAPER + "-01";
    private static final String UNSAMPLED = "00-5bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b8-00";

    @TempDir
    private Path dir;

    /** The {@code traceparent} of each delivery, by path and product. */
    private final Map<String, List<String>> delivered = new ConcurrentHashMap<>();

    private final AtomicInteger refusals = new AtomicInteger(1);
    private HttpServer clients;

    @BeforeEach
    void receive() throws IOException {
        clients = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        clients.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String sku = PlainJson.parse(body).at("/data/after/sku").asString("");
            delivered
                    .computeIfAbsent(exchange.getRequestURI().getPath() + sku, first -> new ArrayList<>())
                    .add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            boolean refuses = exchange.getRequestURI().getPath().equals("/shy/") && refusals.getAndDecrement() > 0;
            exchange.sendResponseHeaders(refuses ? 503 : 204, -1);
            exchange.close();
        });
        clients.start();
    }

    @AfterEach
    void stop() {
        clients.stop(0);
    }

    @Test
    void oneTraceFromTheScraperToEachClientAndAllFigures() throws Exception {
        String feed = feed().toString();
        try (Collector collector = new Collector();
                Product.Running run = run(feed, collector.address())) {
            String job = served(run);
            String kafka = Files.readAllLines(DataDirectory.endpoint(dir.resolve("data")))
                    .get(0);
            try (Product.Running gateway = elsewhere("gateway", feed, kafka, collector, "--http", "127.0.0.1:0");
                    Product.Running deliver = elsewhere("deliver", feed, kafka, collector)) {
                String front = served(gateway);
                deliver.process().awaitLine(Pattern.compile("delivering traced.*"), Product.PATIENCE);
                Instant before = Instant.now();
                post(front, "told", SAMPLED);
                post(front, "quiet", UNSAMPLED);
                post(front, "plain", null);
                await().atMost(PATIENCE).until(() -> delivered.keySet().size() == 6);
                await().atMost(PATIENCE)
                        .until(() -> collector.trace(TRACE).stream()
                                        .filter(seen -> seen.span().getName().equals("delivery"))
                                        .count()
                                == 4);
                oneTrace(collector.trace(TRACE), before);
                assertThat(collector.spans()).as("of that trace alone").isEqualTo(7);
                assertThat(delivered.get("/good/quiet")).containsOnly(UNSAMPLED);
                assertThat(delivered.get("/good/plain")).containsOnly("null");
                figures(collector, job);
            }
            assertThat(collector.authorizations()).containsExactly("Bearer secret");
        }
    }

    private void oneTrace(List<Collector.Seen> trace, Instant before) {
        Collector.Seen ingest = only(trace, "ingest");
        Collector.Seen raw = only(trace, "raw");
        Collector.Seen change = only(trace, "change");
        assertThat(ingest.parent()).isEqualTo(SCRAPER);
        assertThat(raw.parent()).isEqualTo(ingest.id());
        assertThat(change.parent()).isEqualTo(raw.id());
        assertThat(ingest.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(ingest.about()).containsEntry("http.response.status_code", "202");
        assertThat(ingest.resource()).containsEntry("service.name", "leat").containsEntry("leat.command", "gateway");
        assertThat(raw.resource()).containsEntry("leat.command", "run");
        assertThat(change.about()).containsEntry("leat.feed", "traced").containsEntry("leat.op", "new");
        List<Collector.Seen> attempts = trace.stream()
                .filter(seen -> seen.span().getName().equals("delivery"))
                .toList();
        assertThat(attempts).allSatisfy(attempt -> {
            assertThat(attempt.parent()).isEqualTo(change.id());
            assertThat(attempt.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
            assertThat(attempt.about())
                    .containsEntry("leat.change", change.about().get("leat.change"));
            assertThat(attempt.began()).isGreaterThanOrEqualTo(change.began());
        });
        assertThat(attempts)
                .extracting(attempt -> attempt.about().get("leat.sink") + " "
                        + attempt.about().getOrDefault("http.response.status_code", "-") + " "
                        + attempt.span().getStatus().getCode())
                .containsExactlyInAnyOrder(
                        "good 204 " + Status.StatusCode.STATUS_CODE_UNSET,
                        "shy 503 " + Status.StatusCode.STATUS_CODE_ERROR,
                        "shy 204 " + Status.StatusCode.STATUS_CODE_UNSET,
                        "archive - " + Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(delivered.get("/good/told")).containsExactly(from(attempts, "good"));
        assertThat(delivered.get("/shy/told"))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .doesNotContain(SAMPLED);
        long earliest = (before.toEpochMilli() - 1) * 1_000_000;
        long latest = (Instant.now().toEpochMilli() + 1) * 1_000_000;
        assertThat(trace).allSatisfy(seen -> {
            assertThat(seen.began()).isBetween(earliest, latest);
            assertThat(seen.ended()).isBetween(seen.began(), latest);
        });
        assertThat(raw.began()).isBetween(ingest.began(), ingest.ended());
        assertThat(change.began()).isEqualTo(raw.ended());
        assertThat(trace.stream().map(Collector.Seen::id)).doesNotHaveDuplicates();
    }

    private static String from(List<Collector.Seen> attempts, String sink) {
        return attempts.stream()
                .filter(attempt -> attempt.about().get("leat.sink").equals(sink))
                .map(attempt -> "00-" + TRACE + "-" + attempt.id() + "-01")
                .findFirst()
                .orElseThrow();
    }

    private static Collector.Seen only(List<Collector.Seen> trace, String name) {
        List<Collector.Seen> all = trace.stream()
                .filter(seen -> seen.span().getName().equals(name))
                .toList();
        assertThat(all).as(name).hasSize(1);
        return all.get(0);
    }

    private static void figures(Collector collector, String job) {
        await().atMost(PATIENCE).until(() -> collector.sum("run", "leat_scrapes_total") == 3);
        await().atMost(PATIENCE).untilAsserted(() -> {
            String page = PlainHttp.get("http://" + job + "/metrics");
            Set<String> told = new HashSet<>();
            page.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> told.add(line.split(" ")[2]));
            assertThat(told).contains("leat_scrapes_total", "leat_append_to_log_seconds");
            assertThat(collector.of("run").keySet()).isEqualTo(told);
        });
        Metric latency = collector.of("run").get("leat_append_to_log_seconds");
        assertThat(latency.getUnit()).isEqualTo("s");
        assertThat(latency.getHistogram().getDataPoints(0).getCount()).isEqualTo(3);
        assertThat(collector.of("run").get("leat_scrapes_total").getSum().getIsMonotonic())
                .isTrue();
        assertThat(Collector.about(collector
                        .of("run")
                        .get("leat_scrapes_total")
                        .getSum()
                        .getDataPoints(0)
                        .getAttributesList()))
                .containsOnly(Map.entry("feed", "traced"));
        await().atMost(PATIENCE).until(() -> collector.sum("gateway", "leat_gateway_ingested_records_total") == 3);
        assertThat(collector.of("deliver")).as("of one that serves no HTTP").containsKey("leat_gateway_work_alive");
    }

    @Test
    void aCollectorThatIsAwayIsToldOfOnceAndHoldsNothingUp() throws Exception {
        holdsNothingUp("http://127.0.0.1:" + FreePort.find());
    }

    @Test
    void aCollectorThatNeverAnswersHoldsNothingUp() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            holdsNothingUp("http://127.0.0.1:" + mute.getLocalPort());
        }
    }

    private void holdsNothingUp(String collector) throws Exception {
        String feed = feed().toString();
        try (Product.Running run = run(feed, collector)) {
            String job = served(run);
            for (int i = 0; i < 50; i++) {
                post(job, "p" + i, SAMPLED);
            }
            await().atMost(PATIENCE).until(() -> countGood() == 50);
            Predicate<String> warned = line -> line.contains("OpenTelemetry's collector takes nothing");
            await().atMost(PATIENCE).until(() -> Files.readAllLines(dir.resolve("data/leat.log")).stream()
                    .anyMatch(warned));
            post(job, "last", SAMPLED);
            await().atMost(PATIENCE).until(() -> countGood() == 51);
            long asked = System.nanoTime();
            run.process().terminate();
            Product.Ended ended = run.awaitEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(30));
            assertThat(ended.exit()).isEqualTo(Exit.TERMINATED.code());
            assertThat(ended.err()).as("the SDK's own log").doesNotContain("opentelemetry");
            assertThat(Files.readAllLines(dir.resolve("data/leat.log")).stream().filter(warned))
                    .hasSize(1);
        }
    }

    private long countGood() {
        return delivered.keySet().stream()
                .filter(path -> path.startsWith("/good/"))
                .count();
    }

    @Test
    void whatTheVariablesSayIsCheckedAtTheStart() throws Exception {
        String feed = feed().toString();
        try (Product.Running run = Product.startWith(
                List.of("OTEL_EXPORTER_OTLP_ENDPOINT=ftp://nowhere", "OTEL_EXPORTER_OTLP_PROTOCOL=grpc"),
                dir,
                "wrong",
                "run",
                feed,
                "--data",
                dir.resolve("data").toString())) {
            Product.Ended ended = run.awaitEnd();
            assertThat(ended.exit()).isEqualTo(Exit.ENVIRONMENT.code());
            assertThat(ended.err()).contains("LEAT-484", "OTEL_EXPORTER_OTLP_ENDPOINT");
        }
    }

    @Test
    void withoutAnEndpointNothingOfItIsLoaded() throws Exception {
        Path loaded = dir.resolve("loaded");
        Path scrapes =
                Files.writeString(dir.resolve("scrapes.jsonl"), "{\"sku\":\"a\",\"at\":1700000000000,\"price\":1}\n");
        Path feed = Files.writeString(
                dir.resolve("plain.yaml"), "feed: plain\nkey: sku\ntime: {field: at, format: epoch_ms}\n");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        QuickStart.options().stream()
                .filter(option -> !option.startsWith("-Xlog"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xlog:class+load:file=" + loaded,
                "io.leat.app.Leat",
                "run",
                feed.toString(),
                "--from",
                scrapes.toString(),
                "--until-end",
                "--port",
                "0",
                "--data",
                dir.resolve("data").toString()));
        try (Product.Running run = Product.startAny(dir, "off", command)) {
            assertThat(run.awaitEnd().exit()).isZero();
        }
        try (Stream<String> lines = Files.lines(loaded)) {
            assertThat(lines.map(line -> line.replaceFirst("^.*] (\\S+) source:.*$", "$1"))
                            .filter(name -> name.matches("io\\.(leat\\.app\\.telemetry|opentelemetry)\\..*"))
                            .filter(name -> !name.contains("$$Lambda")))
                    .containsExactlyInAnyOrder(
                            "io.leat.app.telemetry.Telemetry", "io.leat.app.telemetry.Telemetry$Showing");
        }
    }

    private Product.Running run(String feed, String collector) {
        return Product.startWith(
                variables(collector),
                dir,
                "run",
                "run",
                feed,
                "--data",
                dir.resolve("data").toString(),
                "--port",
                "0",
                "--http",
                "127.0.0.1:0",
                "--allow-private-webhooks=127.0.0.0/8");
    }

    private static List<String> variables(String collector) {
        return List.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT=" + collector,
                "OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20secret",
                "OTEL_METRIC_EXPORT_INTERVAL=1000",
                "OTEL_BSP_SCHEDULE_DELAY=200");
    }

    private Product.Running elsewhere(String command, String feed, String kafka, Collector collector, String... more) {
        List<String> args = new ArrayList<>(List.of(
                command,
                feed,
                "--kafka",
                kafka,
                "--data",
                dir.resolve(command + "-data").toString(),
                "--log",
                dir.resolve(command + ".log").toString(),
                "--allow-private-webhooks=127.0.0.0/8"));
        args.addAll(List.of(more));
        return Product.startWith(variables(collector.address()), dir, command, args.toArray(String[]::new));
    }

    private static String served(Product.Running process) {
        return process.process().awaitLine(SERVES, Product.PATIENCE).group(1);
    }

    private Path feed() throws IOException {
        int port = clients.getAddress().getPort();
        return Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: traced
                source: {partitions: 1}
                key: sku
                time: {field: at, format: epoch_ms}
                changes: {compare: price}
                log: {partitions: 1}
                sinks:
                  - {name: good, webhook: {url: "http://127.0.0.1:%1$s/good/", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}}
                  - {name: shy, webhook: {url: "http://127.0.0.1:%1$s/shy/", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}}
                  - {name: archive, files: {path: "%2$s", every: 2s}}
                """
                        .formatted(port, dir.resolve("archive")));
    }

    private static void post(String address, String sku, String traceparent) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + address + "/v1/feeds/traced/records"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"sku\":\"%s\",\"at\":%d,\"price\":1}".formatted(sku, System.currentTimeMillis())));
        if (traceparent != null) {
            request.header("traceparent", traceparent);
        }
        assertThat(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(202);
    }
}

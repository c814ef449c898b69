package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.leat.core.Feed;
import io.leat.core.Limits;
import io.leat.format.contract.Contract;
import io.leat.format.json.DocumentReader;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * How a feed stands, as a running process tells it: over HTTP and through the commands. What is told is what was sent in; what
 * is not known is said to be so.
 */
class StatusIT {

    private static final Pattern SERVES = Pattern.compile("serving (http://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    private static Path dir;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static HttpServer broken;
    private static Product.Running run;
    private static String base = "";

    @BeforeAll
    static void start() throws IOException {
        broken = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        broken.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/good") ? 204 : 500, -1);
            exchange.close();
        });
        broken.start();
        String receiver = "http://127.0.0.1:" + broken.getAddress().getPort();
        String feed = Files.writeString(
                        dir.resolve("feed.yaml"),
                        """
                        feed: stand
                        source: {partitions: 2}
                        key: [shop, sku]
                        time: {field: at, format: epoch_ms}
                        changes: {compare: price}
                        watch: {by: shop, expect: {a: every 1h}}
                        sinks:
                          - {name: good, webhook: {url: "%1$s/good", secret: "%2$s"}, from: earliest, where: "after.shop == 'a'"}
                          - {name: poor, webhook: {url: "%1$s/poor", secret: "%2$s"}, from: earliest}
                        """
                                .formatted(receiver, SECRET))
                .toString();
        run = Product.start(
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
        base = run.process().awaitLine(SERVES, Product.PATIENCE).group(1);
        await().atMost(PATIENCE).until(() -> ask("/readyz").statusCode() == 200);
        long now = Instant.now().toEpochMilli();
        // Twenty keys of two shops, each three times, the third time with another price; and one that is refused.
        String records = IntStream.range(0, 60)
                        .mapToObj(i -> "{\"shop\":\"%s\",\"sku\":%d,\"at\":%d,\"price\":%d}"
                                .formatted(i % 2 == 0 ? "a" : "b", i % 20, now + i, i < 40 ? 1 : 2))
                        .collect(Collectors.joining("\n"))
                + "\n{\"shop\":\"b\",\"sku\":1}";
        assertThat(post("/v1/feeds/stand/records", records)).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> json("/v1/feeds/stand/status")
                                .at("/job/latency/append_to_log/p99_seconds")
                                .asDouble(0)
                        > 0);
    }

    @AfterAll
    static void stop() {
        run.close();
        broken.stop(0);
    }

    @Test
    void theStatusIsWhatWasSent() {
        JsonNode status = await().atMost(PATIENCE)
                .until(
                        () -> json("/v1/feeds/stand/status"),
                        now -> now.at("/job/records").asLong() == 61
                                && now.at("/sinks/0/lag_records").asLong(-1) == 0
                                && now.at("/sinks/1/breaker").asString("").equals("open")
                                && now.at("/watch/sites").size() == 2);
        JsonNode job = status.get("job");
        assertThat(job.get("status").stringValue()).isEqualTo("RUNNING");
        assertThat(job.get("told").longValue()).isEqualTo(40);
        assertThat(job.at("/decided/unchanged").longValue()).isEqualTo(20);
        assertThat(job.at("/decided/dead").longValue()).isEqualTo(1);
        assertThat(job.get("suppressed_share").doubleValue()).isBetween(0.3, 0.35);
        assertThat(job.at("/unread/records").longValue()).isZero();
        await("nothing has come for a while").atMost(PATIENCE).until(() -> json("/v1/feeds/stand/status")
                .at("/job/latency/append_to_log/p99_seconds")
                .isNull());
        assertThat(Duration.between(Instant.parse(job.get("as_of").stringValue()), Instant.now()))
                .isBetween(Duration.ZERO, Duration.ofSeconds(10));
        JsonNode sites = status.at("/watch/sites");
        assertThat(sites.get(0).get("site").stringValue()).isEqualTo("a");
        assertThat(sites.get(0).get("records").longValue()).isEqualTo(30);
        assertThat(sites.get(0).get("learning").booleanValue()).isFalse();
        assertThat(sites.get(0).get("silence_told_after_seconds").doubleValue()).isEqualTo(5_400);
        assertThat(sites.get(1).get("refused").longValue()).isEqualTo(1);
        assertThat(sites.get(1).get("learning").booleanValue()).isTrue();
        assertThat(sites.get(1).get("silence_told_after_seconds").isNull()).isTrue();
        JsonNode good = status.at("/sinks/0");
        assertThat(good.at("/here/delivered").longValue()).isEqualTo(20);
        assertThat(good.at("/here/filtered").longValue()).isEqualTo(20);
        assertThat(good.get("breaker").stringValue()).isEqualTo("closed");
        assertThat(good.get("waiting_since").isNull()).isTrue();
        JsonNode poor = status.at("/sinks/1");
        assertThat(poor.get("lag_records").longValue()).isGreaterThanOrEqualTo(40);
        assertThat(Instant.parse(poor.get("waiting_since").stringValue())).isBefore(Instant.now());
        assertThat(poor.get("lag_minutes").doubleValue()).isPositive();
        assertThat(poor.at("/here/waiting").longValue()).isPositive();
        assertThat(status.get("alerts")).isEmpty();
        keeps("FeedStatus", status);
    }

    @Test
    void aTraceIsBoundedAndSaysWhatItCannotAnswer() {
        JsonNode trace = await().atMost(PATIENCE)
                .until(() -> json("/v1/feeds/stand/trace?last=2&key=" + encoded("[\"a\",0]")), now -> now.at(
                                "/records/1/deliveries/0/outcome")
                        .asString("")
                        .equals("delivered"));
        assertThat(trace.get("records")).hasSize(2);
        assertThat(trace.at("/counts/told").longValue()).isEqualTo(2);
        assertThat(trace.at("/records/0/outcome").stringValue()).isEqualTo("unchanged");
        assertThat(trace.at("/records/1/reason").stringValue()).isEqualTo("differs");
        keeps("Trace", trace);
        JsonNode told = trace.at("/records/1");
        String change = told.at("/change/id").stringValue();
        assertThat(json("/v1/feeds/stand/trace?change=" + change)
                        .at("/records/0/change/id")
                        .stringValue())
                .isEqualTo(change);
        String place = "stand.raw:%s:%s".formatted(told.get("partition"), told.get("offset"));
        assertThat(json("/v1/feeds/stand/trace?position=" + place).get("records"))
                .isNotEmpty();
        for (String wrong :
                List.of("", "?key=", "?key=1&change=2", "?key=1&last=0", "?position=other:0:0", "?change=x")) {
            assertThat(ask("/v1/feeds/stand/trace" + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(ask("/v1/feeds/stand/trace?key=" + encoded("[\"a\",99]")).statusCode())
                .isEqualTo(404);
        assertThat(ask("/v1/feeds/other/trace?key=a").statusCode()).isEqualTo(404);
        assertThat(ask("/v1/feeds/other/status").statusCode()).isEqualTo(404);
    }

    @Test
    void whatWasBeforeIsToldAndNonsenseAboutAlertsIsNot() {
        JsonNode past = await().atMost(PATIENCE)
                .until(
                        () -> json("/v1/feeds/stand/history"),
                        now -> now.required("seconds").size() > 1);
        assertThat(past.required("seconds").get(0).size()).isEqualTo(6);
        assertThat(past.required("seconds").get(1).get(0).longValue())
                .isGreaterThan(past.required("seconds").get(0).get(0).longValue());
        assertThat(said("quiet?id=silence/none&for=8h")).isEqualTo(404);
        assertThat(said("acknowledge?id=silence/none")).isEqualTo(404);
        assertThat(said("accept")).isEqualTo(422);
        for (String span : List.of("", "&for=0h", "&for=31d", "&for=5y", "&for=99999999h")) {
            assertThat(said("quiet?id=silence/none" + span)).as(span).isEqualTo(422);
        }
        assertThat(ask("/v1/feeds/stand/subscriptions/none/exchanges").statusCode())
                .isEqualTo(404);
        assertThat(ask("/v1/feeds/other/history").statusCode()).isEqualTo(404);
    }

    private static int said(String what) {
        return send(HttpRequest.newBuilder(URI.create(base + "/v1/feeds/stand/alerts/" + what))
                        .POST(HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }

    @Test
    void theCommandsShowTheSame() {
        String feed = dir.resolve("feed.yaml").toString();
        String data = dir.resolve("data").toString();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        Product.within("status", feed, "--data", data).out())
                .containsPattern("feed stand  RUNNING   as of .* ago")
                .containsPattern("events in +61 ")
                .containsPattern("events out +40 ")
                .containsPattern("watermark lag +\\S")
                .containsPattern("● a +30 +\\S+ +0 +\\S+ \\S+ ago +after 1h 30m +–")
                .containsPattern("● b +31 +\\S+ +1 +\\S+ \\S+ ago +learning +–")
                .containsPattern("● good \\(webhook\\) +active +0 +0.0 +closed +20 +0")
                .containsPattern("○ poor \\(webhook\\) +active +[4-9]\\d +\\d.\\d +open +0 +0")
                .contains("none open"));
        JsonNode one = PlainJson.parse(
                Product.within("status", feed, "--url", base, "--json").out());
        assertThat(one.at("/job/records").longValue()).isEqualTo(61);
        JsonNode both = PlainJson.parse(Product.within("status", feed, "--url", base, "--url", base, "--json")
                .out());
        assertThat(both.at("/sinks/0/here/delivered").longValue())
                .as("two processes, as if each had delivered that much")
                .isEqualTo(2 * one.at("/sinks/0/here/delivered").longValue());
        assertThat(both.at("/job/records").longValue()).isEqualTo(61);
        Product.Ended nobody = Product.within("status", feed, "--url", "http://127.0.0.1:1");
        assertThat(nobody.exit()).isEqualTo(3);
        assertThat(nobody.err()).contains("LEAT-451");
        try (Product.Running top = Product.start(dir, "top", "top", feed, "--data", data, "--json")) {
            await().atMost(PATIENCE).until(() -> top.process().said().lines().count() >= 2);
            top.process().interrupt();
            Product.Ended ended = top.awaitEnd();
            assertThat(ended.exit()).isZero();
            assertThat(ended.out().lines()).allSatisfy(line -> assertThat(
                            PlainJson.parse(line).get("feed").stringValue())
                    .isEqualTo("stand"));
        }
    }

    @Test
    void aReportSaysWhatWasToldAndWhatWasNot() throws IOException {
        String feed = dir.resolve("feed.yaml").toString();
        String data = dir.resolve("data").toString();
        JsonNode report = await().atMost(PATIENCE)
                .until(
                        () -> PlainJson.parse(Product.within("report", feed, "--data", data, "--last", "1h", "--json")
                                .out()),
                        now -> now.at("/clients/0/waiting").asLong(-1) == 0
                                && now.at("/clients/0/log_to_client/samples").asLong(0) == 20
                                && now.at("/clients/1/failed_attempts").asLong(0) > 0);
        assertThat(report.get("records").longValue()).isEqualTo(61);
        assertThat(report.get("told").longValue()).isEqualTo(40);
        assertThat(report.at("/told_by_op/new").longValue()).isEqualTo(20);
        assertThat(report.at("/not_told/same").longValue()).isEqualTo(20);
        assertThat(report.at("/not_told/refused").longValue()).isEqualTo(1);
        assertThat(report.at("/extraction_to_log/p99_seconds").doubleValue()).isPositive();
        JsonNode good = report.at("/clients/0");
        assertThat(good.get("delivered").longValue()).isEqualTo(20);
        assertThat(good.get("filtered_out").longValue()).isEqualTo(20);
        assertThat(good.get("failed_attempts").longValue()).isZero();
        assertThat(good.at("/extraction_to_client/p99_seconds").doubleValue())
                .isGreaterThanOrEqualTo(good.at("/log_to_client/p50_seconds").doubleValue());
        JsonNode poor = report.at("/clients/1");
        assertThat(poor.get("wanted").longValue()).isEqualTo(40);
        assertThat(poor.get("waiting").longValue()).isEqualTo(40);
        Path page = dir.resolve("report.html");
        Product.Ended one = Product.within(
                "report", feed, "--data", data, "--last", "1h", "--client", "good", "--html", page.toString());
        assertThat(one.exit()).isZero();
        assertThat(Files.readString(page))
                .contains("Delivered to good", "Every compared field shows what was told last.")
                .doesNotContain("poor", "://", "<script", SECRET);
        assertThat(Product.within("report", feed, "--data", data, "--client", "nobody")
                        .exit())
                .isEqualTo(2);
        assertThat(Product.within("report", feed, "--data", data, "--last", "soon")
                        .exit())
                .isEqualTo(2);
        assertThat(Product.within("report", feed, "--data", data, "--last", "1h")
                        .out())
                .containsPattern("scrapes +61 ")
                .containsPattern("changes told +40 ")
                .containsPattern("same +20 +Every compared field")
                .contains("Delivered to poor");
    }

    /** The served description says what it is. */
    private static void keeps(String schema, JsonNode body) {
        JsonNode document = json("/openapi.json");
        String whole = "{\"allOf\":[{\"$ref\":\"#/components/schemas/%s\"}],\"components\":%s}"
                .formatted(schema, document.get("components"));
        Contract contract = Contract.compile(new Feed.ContractSource("openapi", whole));
        DocumentReader reader = new DocumentReader(Limits.DEFAULT);
        assertThat(reader.read(body.toString().getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(contract.broken(reader.document())).as(body.toString()).isNull();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode json(String path) {
        HttpResponse<String> answer = ask(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return PlainJson.parse(answer.body());
    }

    private static int post(String path, String lines) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString(lines)))
                .statusCode();
    }

    private static HttpResponse<String> ask(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

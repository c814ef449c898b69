package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.FreePort;
import io.leat.app.process.PlainHttp;
import io.leat.format.metrics.Metric;
import io.leat.testkit.ExpectedTally;
import io.leat.testkit.LastWriterWins;
import io.leat.testkit.OsProcess;
import io.leat.testkit.PlainJson;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.Scrapes;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The counters of {@code /metrics} are what a count of the topics gives, also after {@code kill -9}; and they balance. */
class MetricsIT {

    private static final long RECORDS = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SERIES = Pattern.compile("(leat[a-z_]+)(\\{[^}]*})? (\\S+)");

    @TempDir
    private Path dir;

    /** Those of the process that is judged alone. */
    private final AtomicLong received = new AtomicLong();

    private final AtomicLong receivedOfShy = new AtomicLong();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** All there ever were. */
    private final Set<String> heard = ConcurrentHashMap.newKeySet();

    @Test
    void countersEqualTheTopicsAndBalance() throws Exception {
        CrashRig rig = CrashRig.make(dir, RandomSeed.of("metrics"), RECORDS, 3_000, 2);
        HttpServer receiver = receiver();
        String sink =
                """
                sinks:
                  - {name: half, webhook: {url: "http://127.0.0.1:%1$s/", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, where: "after.in_stock == true", from: earliest}
                  - {name: shy, webhook: {url: "http://127.0.0.1:%1$s/shy", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, where: "after.n > 12000", from: earliest, limits: {give_up_after: 1s}}
                """
                        .formatted(receiver.getAddress().getPort());
        Files.writeString(rig.feed, Files.readString(rig.feed) + sink);
        try {
            int first = FreePort.find();
            try (OsProcess run = run(rig, first)) {
                await().atMost(PATIENCE).ignoreExceptions().until(() -> sum(first, "leat_scrapes_total") > 3_000);
                run.kill9();
                run.awaitExit(PATIENCE);
                received.set(0);
                receivedOfShy.set(0);
                refused.clear();
            }
            int second = FreePort.find();
            try (OsProcess run = run(rig, second)) {
                assertThat(run.isAlive()).isTrue();
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> sum(second, "leat_scrapes_total") == RECORDS
                                && sum(second, "leat_unread_records") == 0
                                && sum(second, "leat_sink_waiting") == 0
                                && heard.size() == inStock(DataDirectory.endpoint(rig.data)));
                judge(second, DataDirectory.endpoint(rig.data));
            }
        } finally {
            receiver.stop(0);
        }
    }

    private void judge(int port, Path endpoint) throws IOException {
        String bootstrap = Files.readAllLines(endpoint).get(0);
        Map<String, Double> told = metrics(port);
        double changed = count(bootstrap, "crash.changes");
        double dead = distinct(bootstrap, "crash.dlq");
        assertThat(told.get("leat_scrapes_decided_total{feed=\"crash\",result=\"changed\"}"))
                .isEqualTo(changed);
        assertThat(told.get("leat_scrapes_decided_total{feed=\"crash\",result=\"dead\"}"))
                .isEqualTo(dead);
        LastWriterWins reference = new LastWriterWins(Scrapes.shape());
        TopicReader.committed(bootstrap).read("crash.raw", rec -> reference.add(rec.value()));
        ExpectedTally outside = reference.expectedTally();
        assertThat(outside.in()).isEqualTo(RECORDS);
        assertThat(outside.undecided()).as("records of one moment").isLessThan(RECORDS / 20);
        assertThat(outside.allows(
                        (long) decided(told, "changed"),
                        (long) decided(told, "unchanged"),
                        (long) decided(told, "stale"),
                        (long) decided(told, "dead")))
                .as("%s of %s", outside, told)
                .isTrue();
        assertThat(sum(told, "leat_scrapes_total"))
                .isEqualTo(sum(told, "leat_scrapes_decided_total") + sum(told, "leat_scrapes_waiting"));
        assertThat(sum(told, "leat_sink_changes_total"))
                .isEqualTo(sum(told, "leat_sink_done_total") + sum(told, "leat_sink_waiting"));
        assertThat(done(told, "half", "delivered")).isPositive().isEqualTo(received.get());
        assertThat(done(told, "half", "filtered")).isPositive();
        assertThat(done(told, "shy", "undelivered"))
                .isPositive()
                .isEqualTo(refused.size())
                .isLessThanOrEqualTo(count(bootstrap, "crash.undelivered"));
        assertThat(done(told, "shy", "delivered")).isPositive().isEqualTo(receivedOfShy.get());
        for (String sink : List.of("half", "shy")) {
            assertThat(told.get("leat_sink_changes_total{feed=\"crash\",sink=\"%s\"}".formatted(sink)))
                    .isEqualTo(Stream.of("delivered", "undelivered", "filtered", "folded", "returned")
                                    .mapToDouble(result -> done(told, sink, result))
                                    .sum()
                            + told.get("leat_sink_waiting{feed=\"crash\",sink=\"%s\"}".formatted(sink)));
        }
        Set<String> titles = new HashSet<>();
        Arrays.stream(Metric.values()).map(Metric::title).forEach(titles::add);
        assertThat(told.keySet()).allSatisfy(series -> {
            assertThat(titles).contains(series.replaceFirst("\\{.*", "").replaceFirst("_(bucket|sum|count)$", ""));
            assertThat(series).doesNotContain("job=", "instance=", "key=", "url=");
        });
        assertThat(sum(told, "leat_append_to_log_seconds_count")).isPositive();
        String ready = PlainHttp.get("http://127.0.0.1:" + port + "/readyz");
        assertThat(ready)
                .contains("\"status\":\"ok\"", "\"kafka\":{\"ok\":true,\"last_ok_seconds\":")
                .contains("\"job of crash\":{\"ok\":true", "\"backlog of crash.raw\":{\"ok\":true")
                .contains("\"end of crash.raw\":{\"ok\":true", "\"webhook-log-crash\":{\"ok\":true");
        assertThat(PlainHttp.get("http://127.0.0.1:" + port + "/livez")).contains("\"status\":\"ok\"");
    }

    private static double decided(Map<String, Double> told, String result) {
        return told.get("leat_scrapes_decided_total{feed=\"crash\",result=\"%s\"}".formatted(result));
    }

    private static double done(Map<String, Double> told, String sink, String result) {
        return told.get("leat_sink_done_total{feed=\"crash\",result=\"%s\",sink=\"%s\"}".formatted(result, sink));
    }

    /** How many changes the log has that the one client asks for. */
    private static int inStock(Path endpoint) throws IOException {
        Set<String> ids = new HashSet<>();
        TopicReader.committed(Files.readAllLines(endpoint).get(0)).read("crash.changes", rec -> {
            JsonNode change = PlainJson.parse(rec.value());
            if (change.at("/after/in_stock").asBoolean(false)) {
                ids.add(change.get("id").stringValue());
            }
        });
        return ids.size();
    }

    private OsProcess run(CrashRig rig, int port) {
        return rig.java(
                "io.leat.app.Leat",
                List.of(
                        "run",
                        rig.feed.toString(),
                        "--from",
                        rig.records.toString(),
                        "--data",
                        rig.data.toString(),
                        "--port",
                        "0",
                        "--http",
                        "127.0.0.1:" + port,
                        "--allow-private-webhooks=127.0.0.0/8",
                        "-D",
                        CrashRig.OFTEN));
    }

    private static double count(String bootstrap, String topic) {
        AtomicLong records = new AtomicLong();
        TopicReader.committed(bootstrap).read(topic, rec -> records.incrementAndGet());
        return records.get();
    }

    /** A letter that is written again replaces itself. */
    private static double distinct(String bootstrap, String topic) {
        Set<String> keys = new HashSet<>();
        TopicReader.committed(bootstrap).read(topic, rec -> keys.add(new String(rec.key(), StandardCharsets.UTF_8)));
        return keys.size();
    }

    private static double sum(int port, String title) {
        return sum(metrics(port), title);
    }

    private static double sum(Map<String, Double> told, String title) {
        return told.entrySet().stream()
                .filter(series -> series.getKey().replaceFirst("\\{.*", "").equals(title))
                .mapToDouble(Map.Entry::getValue)
                .reduce(Double::sum)
                .orElseThrow(() -> new AssertionError("no %s in %s".formatted(title, told)));
    }

    private static Map<String, Double> metrics(int port) {
        Map<String, Double> told = new TreeMap<>();
        PlainHttp.get("http://127.0.0.1:" + port + "/metrics").lines().forEach(line -> {
            Matcher series = SERIES.matcher(line);
            if (series.matches()) {
                String labels = series.group(2) == null ? "" : series.group(2);
                told.put(
                        series.group(1) + labels, Double.valueOf(series.group(3).replace("+Inf", "Infinity")));
            }
        });
        return told;
    }

    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            boolean isShy = exchange.getRequestURI().getPath().equals("/shy");
            boolean refuses = isShy && Math.floorMod(id.hashCode(), 40) == 0;
            if (refuses) {
                refused.add(id);
            } else if (isShy) {
                receivedOfShy.incrementAndGet();
            } else {
                received.incrementAndGet();
                heard.add(id);
            }
            exchange.sendResponseHeaders(refuses ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}

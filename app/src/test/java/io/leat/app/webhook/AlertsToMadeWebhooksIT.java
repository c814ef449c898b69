package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.process.QuickStart;
import io.leat.testkit.OsProcess;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts reach a webhook that is made at run time under a name of {@code watch.to}, as long as it is there, and no other. */
class AlertsToMadeWebhooksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SERVES = Pattern.compile("serving http://127\\.0\\.0\\.1:(\\d+)");
    private static final String GROUP = "made.alerts.to.later";

    @TempDir
    private Path dir;

    /** Path and alert of each post, in the order they came. */
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private final Set<String> refusing = java.util.concurrent.ConcurrentHashMap.newKeySet();

    @Test
    void alertsFollowTheWebhookOfThatName() throws Exception {
        HttpServer ends = ends();
        Path data = dir.resolve("data");
        try (OsProcess run = run(data)) {
            Api api = new Api(Integer.parseInt(run.awaitLine(SERVES, PATIENCE).group(1)), "made");
            String kafka = Files.readAllLines(DataDirectory.endpoint(data)).get(0);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka));
                    KafkaProducer<String, String> alerts = new KafkaProducer<>(
                            Map.of("bootstrap.servers", kafka), new StringSerializer(), new StringSerializer())) {
                write(alerts, "before");
                make(api, ends, "/first");
                awaitGroups(admin, 1);
                write(alerts, "one");
                awaitTold("/first one");

                assertThat(api.post("/subscriptions/later/url", "{\"url\":\"%s\"}".formatted(url(ends, "/moved")))
                                .status())
                        .isEqualTo(200);
                write(alerts, "two");
                awaitTold("/moved two");

                refusing.add("/moved");
                write(alerts, "never");
                awaitTold("/moved never");
                assertThat(api.delete("/subscriptions/later").status()).isEqualTo(204);
                write(alerts, "nobody");
                make(api, ends, "/second");
                awaitGroups(admin, 2);
                write(alerts, "three");
                awaitTold("/second three");
                assertThat(told).filteredOn(each -> each.startsWith("/second")).containsExactly("/second three");
                assertThat(told).noneMatch(each -> each.contains("before") || each.contains("nobody"));
            }
        } finally {
            ends.stop(0);
        }
    }

    private void make(Api api, HttpServer ends, String path) {
        Api.Answer made = api.post("/subscriptions", "{\"name\":\"later\",\"url\":\"%s\"}".formatted(url(ends, path)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private void awaitTold(String what) {
        await().atMost(PATIENCE).until(() -> told.contains(what));
    }

    /** So many of that name have begun to be told: how far they are is committed. */
    private static void awaitGroups(Admin admin, int count) {
        Set<String> groups = new TreeSet<>();
        await().atMost(PATIENCE).until(() -> {
            admin.listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .filter(group -> group.startsWith(GROUP))
                    .forEach(groups::add);
            return groups.size() == count;
        });
    }

    private static void write(KafkaProducer<String, String> alerts, String site) throws Exception {
        alerts.send(new ProducerRecord<>(
                        "made.alerts",
                        "silence/" + site,
                        ("{\"alert\":\"silence\",\"id\":\"silence/%1$s\",\"feed\":\"made\",\"state\":\"started\",\"site\":\"%1$s\","
                                        + "\"since\":\"2026-02-07T17:22:01Z\",\"at\":\"2026-02-07T17:22:25.100Z\"}")
                                .formatted(site)))
                .get();
    }

    private OsProcess run(Path data) throws IOException {
        Path feed = Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: made
                key: [shop, sku]
                time: {field: at, format: epoch_ms}
                watch: {by: shop, to: later}
                """);
        return OsProcess.java(
                dir.resolve("run.out"),
                QuickStart.options(),
                "io.leat.app.Leat",
                List.of(
                        "run",
                        feed.toString(),
                        "--data",
                        data.toString(),
                        "--port",
                        "0",
                        "--http",
                        "127.0.0.1:0",
                        "--allow-private-webhooks=127.0.0.0/8"));
    }

    private static String url(HttpServer ends, String path) {
        return "http://127.0.0.1:" + ends.getAddress().getPort() + path;
    }

    private HttpServer ends() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            told.add(path + " " + PlainJson.parse(body).at("/data/site").asString(""));
            exchange.sendResponseHeaders(refusing.contains(path) ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}

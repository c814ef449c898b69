package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.Cli;
import io.leat.app.process.QuickStart;
import io.leat.testkit.OsProcess;
import io.leat.testkit.PlainJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A trace says of each client what the client itself knows: delivered, given up, sorted out by its condition, or waiting. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class TracedWebhooksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SERVES = Pattern.compile("serving http://127\\.0\\.0\\.1:(\\d+)");
    private static final int ITEMS = 8;

    @TempDir
    private Path dir;

    @Test
    void whatBecameOfEachDeliveryIsSaid() throws Exception {
        try (Receiver all = new Receiver((exchange, attempt) -> attempt == 1 ? 500 : 200);
                Receiver cheap = new Receiver((exchange, attempt) -> 200);
                Receiver batched = new Receiver((exchange, attempt) -> 200);
                Receiver broken = new Receiver((exchange, attempt) -> 500);
                OsProcess run = run(all, cheap, batched)) {
            Api api = new Api(Integer.parseInt(run.awaitLine(SERVES, PATIENCE).group(1)), "shop");
            String limits = "\"limits\":{\"in_flight\":1,\"give_up_after_ms\":0}";
            assertThat(api.post(
                                    "/subscriptions",
                                    "{\"name\":\"broken\",\"url\":\"%s\",\"secret\":\"%s\",\"from\":\"earliest\",%s}"
                                            .formatted(broken.url(), Receiver.SECRET, limits))
                            .status())
                    .isEqualTo(201);
            assertThat(api.post("/records", scrapes()).status()).isEqualTo(202);
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            List.of(all.distinct(), cheap.distinct(), batched.distinct()))
                    .containsExactly(ITEMS, 5, ITEMS));
            Awaitility.await().atMost(PATIENCE).until(() -> undelivered() >= 1);

            Map<String, Integer> outcomes = new HashMap<>();
            for (int item = 0; item < ITEMS; item++) {
                Map<String, JsonNode> clients = clients("[\"s%d\"]".formatted(item));
                assertThat(clients.keySet()).containsExactlyInAnyOrder("all", "cheap", "batched", "broken", "odd");
                assertThat(outcome(clients, "all")).isEqualTo("delivered");
                assertThat(outcome(clients, "cheap")).isEqualTo(item < 5 ? "delivered" : "filtered_out");
                assertThat(outcome(clients, "batched")).isEqualTo("delivered");
                assertThat(outcome(clients, "odd")).isEqualTo("unanswered");
                assertThat(outcome(clients, "broken")).isIn("undelivered", "waiting");
                clients.forEach((name, client) -> outcomes.merge(
                        name + " " + client.get("outcome").stringValue()
                                + client.get("attempts").size(),
                        1,
                        Integer::sum));
            }
            assertThat(outcomes).as("one delivery was tried twice").containsEntry("all delivered2", 1);
            assertThat(outcomes)
                    .containsEntry("all delivered1", ITEMS - 1)
                    .containsEntry("cheap filtered_out0", ITEMS - 5);
            assertThat(outcomes).containsKey("broken undelivered1");

            Cli.Said said = leat("trace", feed(), "s7");
            assertThat(said.out())
                    .contains("client     all: delivered", "cheap: filtered out by after.price < 5", "delivered\n");
        }
    }

    private long undelivered() {
        String data = dir.resolve("data").toString();
        return Cli.run("deliveries", "--data", data, "undelivered", feed())
                .out()
                .lines()
                .count();
    }

    private Map<String, JsonNode> clients(String key) {
        Cli.Said said = leat("trace", feed(), key, "--json");
        assertThat(said.exit()).as(said.toString()).isZero();
        Map<String, JsonNode> clients = new HashMap<>();
        JsonNode records =
                PlainJson.parse(said.out().getBytes(StandardCharsets.UTF_8)).get("records");
        assertThat(records).hasSize(1);
        records.get(0)
                .get("deliveries")
                .forEach(each -> clients.put(each.get("subscription").stringValue(), each));
        return clients;
    }

    private static String outcome(Map<String, JsonNode> clients, String name) {
        return clients.get(name).get("outcome").stringValue();
    }

    /** Prices from 0 on. */
    private static String scrapes() {
        return IntStream.range(0, ITEMS)
                .mapToObj(item -> "{\"sku\":\"s%d\",\"price\":%d,\"at\":1770000000000}".formatted(item, item))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private Cli.Said leat(String... words) {
        String[] line = Arrays.copyOf(words, words.length + 2);
        line[words.length] = "--data";
        line[words.length + 1] = dir.resolve("data").toString();
        return Cli.run(line);
    }

    private String feed() {
        return dir.resolve("feed.yaml").toString();
    }

    private OsProcess run(Receiver all, Receiver cheap, Receiver batched) throws Exception {
        Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: shop
                key: sku
                time: {field: at, format: epoch_ms}
                changes: {compare: [price]}
                sinks:
                  - {name: all, webhook: {url: "%s", secret: "%s"}}
                  - {name: cheap, webhook: {url: "%s", secret: "%s"}, where: "after.price < 5"}
                  - {name: batched, webhook: {url: "%s", secret: "%s"}, batch: {max_items: 10, max_wait: 200ms}}
                  - {name: odd, webhook: {url: "%s", secret: "%s"}, where: "after.absent > 5"}
                """
                        .formatted(
                                all.url(), Receiver.SECRET,
                                cheap.url(), Receiver.SECRET,
                                batched.url(), Receiver.SECRET,
                                cheap.url(), Receiver.SECRET));
        return OsProcess.java(
                dir.resolve("run.out"),
                QuickStart.options(),
                "io.leat.app.Leat",
                List.of(
                        "run",
                        feed(),
                        "--port",
                        "0",
                        "--http",
                        "127.0.0.1:0",
                        "--data",
                        dir.resolve("data").toString(),
                        "--allow-private-webhooks"));
    }
}

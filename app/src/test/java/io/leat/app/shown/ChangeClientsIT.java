package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.embedded.FreePort;
import io.leat.testkit.OsProcess;
import io.leat.testkit.PlainJson;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The clients of docs/clients.md, each as it is shown, against one running feed: killed, come back, and come back without
 * their cursor. Each takes every change once.
 */
@Timeout(300)
class ChangeClientsIT {

    private static final Path CLIENTS = Product.ROOT.resolve("examples/clients/changes");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";
    private static final String SCRAPE =
            "{\"source\":\"s\",\"sku\":\"%s\",\"price\":%s,\"in_stock\":true,\"scraped_at\":\"2026-03-05T%02d:00:00Z\"}%n";

    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private String served = "";
    private int hour;

    @Test
    void eachTakesEveryChangeOnce() throws Exception {
        assertThat(Product.within("init", dir.toString()).exit()).isZero();
        int hooks = FreePort.find();
        Path feed = dir.resolve("feed.yaml");
        Files.writeString(
                feed,
                Files.readString(feed)
                        + "\nsinks:\n  - {name: shown, webhook: {url: 'http://127.0.0.1:%s/', secret: '%s'}}\n"
                                .formatted(hooks, SECRET));
        served = "127.0.0.1:" + FreePort.find();
        Map<String, List<String>> clients = clients(hooks);
        assumeTrue(!clients.isEmpty());
        try (Product.Running run = Product.start(
                dir,
                "run",
                "run",
                feed.toString(),
                "--data",
                dir.resolve("data").toString(),
                "--port",
                "0",
                "--http",
                served,
                "--allow-private-webhooks=127.0.0.0/8")) {
            run.process().awaitLine(Pattern.compile("serving http"), Product.PATIENCE);
            Awaitility.await().atMost(Product.PATIENCE).ignoreExceptions().until(this::isReady);
            post("a", "1");
            during(clients, 3, () -> {
                post("a", "2");
                post("b", "1");
            });
            post("a", "3");
            during(clients, 5, () -> post("c", "1"));
            for (String client : clients.keySet()) {
                forgetWhere(state(client));
            }
            during(clients, 6, () -> post("b", "2"));
            List<JsonNode> told = told(feed);
            assertThat(told).hasSize(6);
            for (String client : clients.keySet()) {
                assertThat(newest(PlainJson.parse(Files.readString(state(client)))))
                        .as(client)
                        .isEqualTo(newest(told));
            }
            run.process().terminate();
            assertThat(run.awaitEnd().exit()).isEqualTo(143);
        }
    }

    /** Whoever reads the page reads what runs here. */
    @Test
    void thePageShowsTheClientsThatRun() throws IOException {
        String page = Files.readString(Product.ROOT.resolve("docs/clients.md"));
        try (var files = Files.list(CLIENTS)) {
            for (Path client : files.toList()) {
                assertThat(page).as(client.toString()).contains("\n" + Files.readString(client) + "```");
            }
        }
    }

    private Map<String, List<String>> clients(int hooks) throws Exception {
        Map<String, List<String>> clients = new LinkedHashMap<>();
        if (Foreign.has("the clients in Python", "python3")) {
            if (exits("python3", "-c", "import requests")) {
                clients.put(
                        "python",
                        List.of("python3", CLIENTS.resolve("read_changes.py").toString()));
            } else {
                System.out.println("SKIPPED the client in Python: there is no module requests");
            }
            clients.put(
                    "webhooks",
                    List.of(
                            "env",
                            "CLIENT_SECRET=" + SECRET,
                            "python3",
                            CLIENTS.resolve("webhook_receiver.py").toString(),
                            Integer.toString(hooks)));
        }
        Path modules = Path.of("src/test/js/node_modules").toAbsolutePath();
        if (Foreign.has("the client for Node", "node") && Files.isDirectory(modules.resolve("eventsource"))) {
            Files.createSymbolicLink(dir.resolve("node_modules"), modules);
            Path script = Files.copy(CLIENTS.resolve("read-changes.mjs"), dir.resolve("read-changes.mjs"));
            clients.put("node", List.of("node", script.toString()));
        } else {
            System.out.println("SKIPPED the client for Node: run 'npm install' in app/src/test/js");
        }
        if (Foreign.has("the client in Go", "go")) {
            Path built = dir.resolve("read_changes");
            assertThat(exits(
                            "env",
                            "GO111MODULE=off",
                            "GOCACHE=" + dir.resolve("go"),
                            "go",
                            "build",
                            "-o",
                            built.toString(),
                            CLIENTS.resolve("read_changes.go").toString()))
                    .isTrue();
            clients.put("go", List.of(built.toString()));
        }
        String jackson = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> jar.contains("jackson"))
                .collect(Collectors.joining(File.pathSeparator));
        clients.put(
                "java",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        jackson,
                        CLIENTS.resolve("ReadChanges.java").toString()));
        return clients;
    }

    /** Starts all, does something, waits until each has taken so many, and kills them. */
    private void during(Map<String, List<String>> clients, int due, Step step) throws Exception {
        List<OsProcess> running = new ArrayList<>();
        try {
            for (Map.Entry<String, List<String>> client : clients.entrySet()) {
                List<String> command = new ArrayList<>(client.getValue());
                if (!client.getKey().equals("webhooks")) {
                    command.add("http://%s/v1/feeds/%s/changes?since=earliest".formatted(served, dir.getFileName()));
                }
                command.add(state(client.getKey()).toString());
                running.add(OsProcess.start(dir.resolve(client.getKey() + due + ".out"), command));
            }
            step.take();
            for (OsProcess each : running) {
                String client = List.copyOf(clients.keySet()).get(running.indexOf(each));
                Awaitility.await().atMost(Product.PATIENCE).untilAsserted(() -> assertThat(taken(client))
                        .as(client + each.said())
                        .isEqualTo(due));
            }
        } finally {
            running.forEach(each -> {
                each.kill9();
                each.close();
            });
        }
    }

    private interface Step {
        void take() throws Exception;
    }

    private long taken(String client) throws IOException {
        return Files.exists(state(client))
                ? PlainJson.parse(Files.readString(state(client))).get("taken").longValue()
                : 0;
    }

    private Path state(String client) {
        return dir.resolve(client + ".json");
    }

    private static void forgetWhere(Path state) throws IOException {
        ObjectNode known = (ObjectNode) PlainJson.parse(Files.readString(state));
        known.put("cursor", "");
        Files.writeString(state, known.toString());
    }

    private boolean isReady() throws IOException, InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://" + served + "/readyz"))
                .build();
        return http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    private void post(String sku, String price) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://%s/v1/feeds/%s/records".formatted(served, dir.getFileName())))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(SCRAPE.formatted(sku, price, hour++)))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"accepted\":1");
    }

    private List<JsonNode> told(Path feed) {
        Product.Ended changes = Product.within(
                "changes",
                feed.toString(),
                "--until-end",
                "--json",
                "--data",
                dir.resolve("data").toString());
        return changes.out().lines().map(PlainJson::parse).toList();
    }

    private static Map<String, String> newest(List<JsonNode> told) {
        Map<String, String> newest = new LinkedHashMap<>();
        told.forEach(change -> newest.put(
                change.get("key").toString(), change.get("seq") + " " + change.get("id") + " " + change.get("after")));
        return newest;
    }

    private static Map<String, String> newest(JsonNode state) {
        Map<String, String> newest = new LinkedHashMap<>();
        state.get("items")
                .properties()
                .forEach(item -> newest.put(
                        PlainJson.parse(item.getKey()).toString(),
                        item.getValue().get("seq") + " " + item.getValue().get("id") + " "
                                + item.getValue().get("item")));
        return newest;
    }

    private static boolean exits(String... command) throws Exception {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}

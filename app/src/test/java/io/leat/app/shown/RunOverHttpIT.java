package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code leat run} used over HTTP alone: what is sent twice is told once, and no secret of the feed file, of a key or of a
 * ticket is in anything that is written, printed, served or refused.
 */
class RunOverHttpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SERVES = Pattern.compile("serving (http://\\S+)");
    private static final String PASSWORD = "canary-password-7f3a";
    private static final String WEBHOOK =
            Base64.getEncoder().encodeToString("canary-webhook-secret-0123456789".getBytes(StandardCharsets.US_ASCII));
    private static final String TOKEN = "canary-token-in-the-address-91c2";

    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> canaries = new LinkedHashMap<>();
    private final Map<String, String> surfaces = new LinkedHashMap<>();
    private String base = "";

    @Test
    void whatIsSentTwiceIsToldOnceAndNoSecretIsWhereOthersRead() throws Exception {
        canaries.put("password", PASSWORD);
        canaries.put("webhook secret", WEBHOOK);
        canaries.put("address token", TOKEN);
        String feed = feed().toString();
        String data = dir.resolve("data").toString();
        try (Product.Running run = Product.start(
                dir,
                "run",
                "run",
                feed,
                "--data",
                data,
                "--port",
                "0",
                "--http",
                "127.0.0.1:0",
                "--allow-private-webhooks=127.0.0.0/8")) {
            base = run.process().awaitLine(SERVES, Product.PATIENCE).group(1);
            Awaitility.await().atMost(PATIENCE).until(() -> ask("readyz", "GET", "/readyz", "", "") == 200);
            whatIsSentTwiceIsToldOnce();
            String key = said("keys create", "keys", "--data", data, "create", "c", "canary:read", "*:read")
                    .strip();
            assertThat(key).startsWith("leat_");
            surfaces.remove("keys create");
            canaries.put("API key", key.substring(key.lastIndexOf('_') + 1));
            Awaitility.await().atMost(PATIENCE).until(() -> ask("no key", "GET", "/metrics", "", "") == 401);
            refusals(key);
            Awaitility.await().atMost(PATIENCE).until(() -> said(
                            "deliveries", "deliveries", "--data", data, "list", feed)
                    .contains("client"));
            said("deliveries json", "deliveries", "--data", data, "--json", "list", feed);
            said("undelivered", "deliveries", "--data", data, "undelivered", feed);
            said("subscriptions", "subscriptions", "--data", data, "list", feed);
            String known = said("subscriptions json", "subscriptions", "--data", data, "--json", "list", feed);
            surfaces.put("subscriptions json", known.replace(TOKEN, "")); // who manages them sees their addresses
            said("keys", "keys", "--data", data, "list");
            said("check", "check", feed);
            said("broken file", "check", broken().toString());
            Path arguments = Path.of("/proc/" + run.process().pid() + "/cmdline");
            surfaces.put("arguments", Files.exists(arguments) ? Files.readString(arguments) : "not to be seen here");
            run.process().interrupt();
            Product.Ended ended = run.awaitEnd();
            surfaces.put("run out", ended.out());
            surfaces.put("run err", ended.err());
        }
        Path log = dir.resolve("data/leat.log");
        surfaces.put("log", Files.exists(log) ? Files.readString(log) : "nothing was worth logging");
        List<String> hits = new ArrayList<>();
        surfaces.forEach((where, text) -> canaries.forEach((what, canary) -> {
            if (text.contains(canary)) {
                hits.add(what + " in " + where);
            }
        }));
        System.out.printf("canaries: %d secrets, %d surfaces, hits %s%n", canaries.size(), surfaces.size(), hits);
        assertThat(hits).isEmpty();
        surfaces.forEach((where, text) -> assertThat(text).as(where).isNotBlank());
    }

    private void whatIsSentTwiceIsToldOnce() {
        String first = "{\"sku\":1,\"price\":2,\"at\":1}";
        String second = "{\"sku\":1,\"price\":3,\"at\":2}";
        try (EventStream stream =
                EventStream.open(http, URI.create(base + "/v1/feeds/canary/changes?since=earliest"))) {
            for (String rec : List.of(first, first, second, first, second)) {
                assertThat(ask("records", "POST", "/v1/feeds/canary/records", rec, ""))
                        .isEqualTo(202);
            }
            assertThat(stream.next(2).stream()
                            .map(event ->
                                    PlainJson.parse(event.data()).get("op").stringValue()))
                    .containsExactly("new", "update");
            ask("records", "POST", "/v1/feeds/canary/records", "{\"sku\":2,\"price\":3,\"at\":3}", "");
            assertThat(stream.next(1).get(0).data())
                    .as("nothing was told in between")
                    .contains("\"key\":[2]");
        }
    }

    private void refusals(String key) {
        String bearer = "Bearer " + key;
        ask("metrics", "GET", "/metrics", "", bearer);
        ask("openapi", "GET", "/openapi.json", "", bearer);
        ask("version", "GET", "/version", "", bearer);
        ask("no scope", "POST", "/v1/feeds/canary/records", "{}", bearer);
        ask("mistyped", "GET", "/v1/feeds/canary/changes", "", bearer + "0");
        ask("ticket", "POST", "/v1/feeds/canary/tickets", "", bearer);
        String given = surfaces.remove("ticket");
        String ticket = given.replaceFirst("(?s).*\"ticket\":\"([^\"]+)\".*", "$1");
        canaries.put("ticket", ticket);
        ask("ticket's refusal", "GET", "/v1/feeds/canary/changes?since=never&ticket=" + ticket, "", "");
        ask("used ticket", "GET", "/v1/feeds/canary/changes?ticket=" + ticket, "", "");
        ask("bad parameter", "GET", "/v1/feeds/canary/changes?key=" + key, "", bearer);
        ask("no such path", "GET", "/v1/" + key, "", bearer);
    }

    /** Asks and keeps what is answered, headers too. */
    private int ask(String what, String method, String path, String body, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            surfaces.put(what, answer.headers().map() + "\n" + answer.body());
            return answer.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command and keeps what it says. */
    private String said(String what, String... args) {
        Product.Ended ended = Product.within(args);
        surfaces.put(what, ended.out() + ended.err() + "exit " + ended.exit());
        return ended.out();
    }

    private Path feed() throws IOException {
        Path jaas = Files.writeString(
                dir.resolve("jaas"),
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"leat\" password=\"%s\";"
                        .formatted(PASSWORD));
        Path secret = Files.writeString(dir.resolve("secret"), "whsec_" + WEBHOOK);
        Path token = Files.writeString(dir.resolve("token"), TOKEN);
        return Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: canary
                source: {properties: {sasl.jaas.config: "${file:%s}"}}
                key: sku
                time: {field: at, format: epoch_ms}
                sinks:
                  - {name: client, webhook: {url: "http://127.0.0.1:1/hook?token=${file:%s}", secret: "${file:%s}"}}
                """
                        .formatted(jaas, token, secret));
    }

    /** Secrets where they cannot be used. */
    private Path broken() throws IOException {
        return Files.writeString(
                dir.resolve("broken.yaml"),
                """
                feed: canary
                source: {topic: "%1$s", partitions: "%1$s", properties: {sasl.jaas.config: "%2$s"}}
                key: sku
                time: {field: at, format: "%1$s", max_skew: "%1$s"}
                sinks:
                  - {name: client, webhook: {url: "%2$s", secret: "%1$s"}}
                """
                        .formatted("${file:" + dir.resolve("token") + "}", "${file:" + dir.resolve("secret") + "}"));
    }
}

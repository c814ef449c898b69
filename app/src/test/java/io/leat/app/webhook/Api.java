package io.leat.app.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a gateway's HTTP interface for one feed. */
final class Api {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> answered = new ConcurrentSkipListSet<>();
    private final String gateway;
    private final String base;

    Api(int port, String feed) {
        this.gateway = "http://127.0.0.1:" + port;
        this.base = gateway + "/v1/feeds/" + feed;
    }

    /** What was asked and answered so far, as the served description names it: {@code GET /v1/feeds/{feed}/… 200}. */
    Set<String> answered() {
        return answered;
    }

    /** What the served description names below this path, in the same form. */
    Set<String> described(String part) {
        Set<String> described = new TreeSet<>();
        JsonNode paths = send(HttpRequest.newBuilder(URI.create(gateway + "/openapi.json")))
                .json()
                .required("paths");
        paths.properties().stream()
                .filter(path -> path.getKey().contains(part))
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> !operation.getKey().equals("parameters"))
                        .forEach(operation -> operation
                                .getValue()
                                .required("responses")
                                .propertyNames()
                                .forEach(status ->
                                        described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()
                                                + " " + status))));
        return described;
    }

    /** An answer; its body is an empty object if there was none. */
    record Answer(int status, String type, String text) {

        JsonNode json() {
            return text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
        }

        String code() {
            return json().path("code").asString("");
        }
    }

    Answer get(String path) {
        return ask("GET", path, null, null, "application/json");
    }

    Answer post(String path) {
        return ask("POST", path, null, null, "application/json");
    }

    Answer post(String path, String body) {
        return ask("POST", path, body, null, "application/json");
    }

    Answer patch(String path, String body) {
        return ask("PATCH", path, body, null, "application/json");
    }

    Answer delete(String path) {
        return ask("DELETE", path, null, null, "application/json");
    }

    Answer ask(String method, String path, @Nullable String body, @Nullable String key, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(40))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", type);
        }
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        Answer answer = send(request);
        String named = path.replaceFirst("\\?.*", "").replaceFirst("(/subscriptions)/[^/]+", "$1/{name}");
        answered.add(method + " /v1/feeds/{feed}" + named + " " + answer.status());
        return answer;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

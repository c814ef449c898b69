package io.leat.app.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a gateway's HTTP interface for one feed. */
final class Api {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    Api(int port, String feed) {
        this.base = "http://127.0.0.1:" + port + "/v1/feeds/" + feed;
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

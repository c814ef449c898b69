package io.leat.app.status;

import io.leat.app.exit.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A process of Leat that can be asked over HTTP. For one thread.
 *
 * <p>Limits: five seconds and 32 MiB for an answer.
 */
public final class Served {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 32 << 20;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI base;
    private final @Nullable String key;

    /**
     * @param base where it serves: {@code http://127.0.0.1:8080}
     * @param key an API key; {@code null} for none
     */
    public Served(URI base, @Nullable String key) {
        this.base = base;
        this.key = key;
    }

    /**
     * How a feed stands there.
     *
     * @throws Failure if it does not say
     */
    public ObjectNode status(String feed) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base.toString().replaceAll("/+$", "") + "/v1/feeds/" + feed + "/status"))
                .timeout(PATIENCE);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] read = body.readNBytes(MOST_BYTES);
                if (answer.statusCode() == 200) {
                    return (ObjectNode) JSON.readTree(read);
                }
                throw refused(feed, answer.statusCode());
            }
        } catch (IOException | JacksonException | ClassCastException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private Failure unreachable(Exception cause) {
        return Failure.environment(
                        "LEAT-451",
                        "Nobody tells at %s how the feed stands.".formatted(base),
                        "Start the feed with 'leat run', name its directory with --data DIR, or its address with --url"
                                + " http://HOST:PORT.")
                .because(cause);
    }

    private Failure refused(String feed, int status) {
        return switch (status) {
            case 401, 403 ->
                Failure.environment(
                        "LEAT-452",
                        "%s does not let this command read '%s'.".formatted(base, feed),
                        "Set LEAT_KEY to a key with the grant %s:read.".formatted(feed));
            case 404 ->
                Failure.environment(
                        "LEAT-451",
                        "The process at %s does not serve the feed '%s'.".formatted(base, feed),
                        "Name one that does with --url http://HOST:PORT.");
            default ->
                Failure.environment(
                        "LEAT-451", "The process at %s answers %s.".formatted(base, status), "Try again in a moment.");
        };
    }
}

package io.leat.gateway.subscription;

import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a body of one small JSON object, within a size and a time. On the request's event loop. */
final class SmallBody {

    private static final int MOST_BYTES = 16 << 10;
    private static final long MOST_MILLIS = 10_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Buffer received = Buffer.buffer();
    private boolean over;

    SmallBody(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    /** Reads it; the request is answered if it is none, unless the client goes away. */
    void read(Consumer<JsonNode> whole) {
        String type = request.getHeader("Content-Type");
        if (type == null || !type.toLowerCase(java.util.Locale.ROOT).matches("application/json\\s*(;.*)?")) {
            refuse(HttpProblem.of(Kind.WRONG_MEDIA_TYPE, "application/json."));
            return;
        }
        long timer = vertx.setTimer(MOST_MILLIS, late -> refuse(HttpProblem.of(Kind.TOO_SLOW)));
        request.exceptionHandler(broken -> {
            over = true;
            vertx.cancelTimer(timer);
        });
        request.handler(piece -> {
            if (received.length() + piece.length() > MOST_BYTES) {
                refuse(HttpProblem.of(Kind.TOO_LARGE, "At most %d bytes.".formatted(MOST_BYTES)));
            } else {
                received.appendBuffer(piece);
            }
        });
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            JsonNode json = over ? null : parse(received.getBytes());
            if (json != null) {
                whole.accept(json);
            } else {
                refuse(HttpProblem.of(Kind.BAD_REQUEST, "The body is not one well-formed JSON object."));
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    private void refuse(HttpProblem problem) {
        if (!over) {
            over = true;
            problem.answer(request.response());
        }
    }

    private static @Nullable JsonNode parse(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return json.isObject() ? json : null;
        } catch (JacksonException e) {
            return null;
        }
    }
}

package io.leat.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/** An answer that was worked out on another thread. */
public final class JsonAnswer {

    private JsonAnswer() {}

    /**
     * Gives it, unless the caller has gone. On the thread of the connection.
     *
     * @param answer an {@link HttpProblem}, or what is written as JSON
     */
    public static void give(HttpServerResponse response, Object answer) {
        if (answer instanceof HttpProblem problem) {
            problem.answer(response);
        } else if (!response.ended() && !response.closed()) {
            response.putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(Buffer.buffer(answer.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }
}

package io.leat.gateway.subscription;

import io.leat.delivery.OneOff;
import io.leat.delivery.Standing;
import io.leat.delivery.lane.Outcome;
import io.leat.format.webhook.SubscriptionJson;
import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a request is answered with. */
sealed interface Reply {

    void give(HttpServerResponse response);

    /**
     * It was done.
     *
     * @param body {@code null} for none
     */
    record Done(int status, @Nullable JsonNode body) implements Reply {

        @Override
        public void give(HttpServerResponse response) {
            if (response.ended() || response.closed()) {
                return;
            }
            response.setStatusCode(status).putHeader("Cache-Control", "no-store");
            if (body == null) {
                response.end();
            } else {
                response.putHeader("Content-Type", "application/json")
                        .end(Buffer.buffer(body.toString().getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    /** It was not. */
    record Not(HttpProblem problem) implements Reply {

        @Override
        public void give(HttpServerResponse response) {
            problem.answer(response);
        }
    }

    /** Somebody else answers. */
    record Later() implements Reply {

        @Override
        public void give(HttpServerResponse response) {}
    }

    static Reply ok(JsonNode body) {
        return new Done(200, body);
    }

    static Reply not(Kind kind, String detail) {
        return new Not(HttpProblem.of(kind, detail));
    }

    /** A subscription as it stands, without secrets. */
    static ObjectNode describe(Standing standing) {
        ObjectNode json = SubscriptionJson.describe(standing.subscription());
        json.put("state", standing.state().word());
        json.put("reason", standing.reason());
        json.put("declared", standing.declared());
        return json;
    }

    /** What came of one delivery. */
    static ObjectNode describe(Outcome outcome) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("delivered", OneOff.isDelivered(outcome));
        json.put("outcome", OneOff.words(outcome));
        return json;
    }
}

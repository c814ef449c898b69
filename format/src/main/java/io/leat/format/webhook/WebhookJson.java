package io.leat.format.webhook;

import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A webhook as members of its subscription's JSON. */
final class WebhookJson {

    private WebhookJson() {}

    /** Adds all but the address and the keys. */
    static void describe(Webhook webhook, ObjectNode json) {
        if (webhook.batch().maxItems() > 1) {
            json.putObject("batch")
                    .put("max_items", webhook.batch().maxItems())
                    .put("max_wait_ms", webhook.batch().maxWait().toMillis());
        }
        json.put("gzip", webhook.gzip());
        json.putObject("limits")
                .put("in_flight", webhook.limits().inFlight())
                .put("rate", webhook.limits().ratePerSecond())
                .put("timeout_ms", webhook.limits().timeout().toMillis())
                .put("give_up_after_ms", webhook.limits().giveUpAfter().toMillis());
    }

    /** Adds the keys. */
    static void seal(Webhook webhook, String name, SecretBox box, ObjectNode json) {
        ArrayNode keys = json.putArray("keys");
        for (SigningKey key : webhook.keys()) {
            ObjectNode entry = keys.addObject().put("sealed", box.seal(key.secret(), name));
            if (key.untilMillis() != SigningKey.FOR_GOOD) {
                entry.put("until", key.untilMillis());
            }
        }
    }

    static Webhook read(JsonNode json, String name, SecretBox box) {
        List<SigningKey> keys = new ArrayList<>();
        json.required("keys")
                .forEach(key -> keys.add(new SigningKey(
                        box.open(key.required("sealed").stringValue(), name),
                        key.has("until") ? key.get("until").longValue() : SigningKey.FOR_GOOD)));
        JsonNode batch = json.path("batch");
        JsonNode limits = json.required("limits");
        return new Webhook(
                json.required("url").stringValue(),
                keys,
                batch.isObject()
                        ? new Webhook.Batch(
                                batch.required("max_items").intValue(),
                                Duration.ofMillis(batch.required("max_wait_ms").longValue()))
                        : Webhook.Batch.NONE,
                json.required("gzip").booleanValue(),
                new Webhook.Limits(
                        limits.required("in_flight").intValue(),
                        limits.required("rate").intValue(),
                        Duration.ofMillis(Math.max(
                                Webhook.Limits.SHORTEST_TIMEOUT.toMillis(),
                                limits.required("timeout_ms").longValue())),
                        Duration.ofMillis(limits.required("give_up_after_ms").longValue())));
    }
}

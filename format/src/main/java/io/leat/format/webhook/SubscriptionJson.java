package io.leat.format.webhook;

import io.leat.core.FieldPath;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A subscription as JSON: in its topic with sealed secrets, for people with none. */
public final class SubscriptionJson {

    private SubscriptionJson() {}

    /** For people: what it says, without secrets. */
    public static ObjectNode describe(Subscription subscription) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", subscription.name());
        json.put("url", subscription.url());
        if (subscription.where() != null) {
            json.put("where", subscription.where());
        }
        if (!subscription.fields().isEmpty()) {
            ArrayNode fields = json.putArray("fields");
            subscription.fields().forEach(path -> fields.add(path.toString()));
        }
        json.put("catch_up", word(subscription.catchUp()));
        json.put("from", word(subscription.from()));
        if (subscription.batch().maxItems() > 1) {
            json.putObject("batch")
                    .put("max_items", subscription.batch().maxItems())
                    .put("max_wait_ms", subscription.batch().maxWait().toMillis());
        }
        json.put("gzip", subscription.gzip());
        json.putObject("limits")
                .put("in_flight", subscription.limits().inFlight())
                .put("rate", subscription.limits().ratePerSecond())
                .put("timeout_ms", subscription.limits().timeout().toMillis())
                .put("give_up_after_ms", subscription.limits().giveUpAfter().toMillis());
        return json;
    }

    /** For the topic: all of it, secrets sealed. */
    public static ObjectNode write(Subscription subscription, SecretBox box) {
        ObjectNode json = describe(subscription);
        ArrayNode keys = json.putArray("keys");
        for (SigningKey key : subscription.keys()) {
            ObjectNode entry = keys.addObject().put("sealed", box.seal(key.secret(), subscription.name()));
            if (key.untilMillis() != SigningKey.FOR_GOOD) {
                entry.put("until", key.untilMillis());
            }
        }
        return json;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is none, or its secrets do not open
     */
    public static Subscription read(JsonNode json, SecretBox box) {
        try {
            String name = json.required("name").stringValue();
            List<SigningKey> keys = new ArrayList<>();
            json.required("keys")
                    .forEach(key -> keys.add(new SigningKey(
                            box.open(key.required("sealed").stringValue(), name),
                            key.has("until") ? key.get("until").longValue() : SigningKey.FOR_GOOD)));
            List<FieldPath> fields = new ArrayList<>();
            json.path("fields").forEach(path -> fields.add(FieldPath.parse(path.stringValue())));
            JsonNode batch = json.path("batch");
            JsonNode limits = json.required("limits");
            return new Subscription(
                    name,
                    json.required("url").stringValue(),
                    keys,
                    json.has("where") ? json.get("where").stringValue() : null,
                    fields,
                    Subscription.CatchUp.valueOf(upper(json.required("catch_up"))),
                    Subscription.From.valueOf(upper(json.required("from"))),
                    batch.isObject()
                            ? new Subscription.Batch(
                                    batch.required("max_items").intValue(),
                                    Duration.ofMillis(
                                            batch.required("max_wait_ms").longValue()))
                            : Subscription.Batch.NONE,
                    json.required("gzip").booleanValue(),
                    new Subscription.Limits(
                            limits.required("in_flight").intValue(),
                            limits.required("rate").intValue(),
                            Duration.ofMillis(Math.max(
                                    Subscription.Limits.SHORTEST_TIMEOUT.toMillis(),
                                    limits.required("timeout_ms").longValue())),
                            Duration.ofMillis(
                                    limits.required("give_up_after_ms").longValue())));
        } catch (tools.jackson.core.JacksonException e) {
            throw new IllegalArgumentException("this is no subscription", e);
        }
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(JsonNode word) {
        return word.stringValue().toUpperCase(Locale.ROOT);
    }
}

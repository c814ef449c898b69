package io.leat.format.webhook;

import io.leat.core.FieldPath;
import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Sink;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A subscription as JSON: in its topic with sealed secrets, for people with none. A webhook's members stand beside the
 * others; those of another sink stand in an object of its kind's name.
 */
public final class SubscriptionJson {

    private SubscriptionJson() {}

    /** For people: what it says, without secrets. */
    public static ObjectNode describe(Subscription subscription) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Sink sink = subscription.sink();
        json.put("name", subscription.name());
        if (sink instanceof Webhook webhook) {
            json.put("url", webhook.url());
        } else if (sink instanceof JsonFiles files) {
            json.set(files.kind(), JsonFilesJson.describe(files));
        } else if (sink instanceof Postgres postgres) {
            json.set(postgres.kind(), PostgresJson.describe(postgres));
        } else if (sink instanceof KafkaTopic topic) {
            json.set(topic.kind(), KafkaTopicJson.describe(topic));
        }
        if (subscription.where() != null) {
            json.put("where", subscription.where());
        }
        if (!subscription.fields().isEmpty()) {
            ArrayNode fields = json.putArray("fields");
            subscription.fields().forEach(path -> fields.add(path.toString()));
        }
        json.put("catch_up", word(subscription.catchUp()));
        json.put("from", word(subscription.from()));
        if (sink instanceof Webhook webhook) {
            WebhookJson.describe(webhook, json);
        }
        return json;
    }

    /** For the topic: all of it, secrets sealed. */
    public static ObjectNode write(Subscription subscription, SecretBox box) {
        ObjectNode json = describe(subscription);
        if (subscription.sink() instanceof Webhook webhook) {
            WebhookJson.seal(webhook, subscription.name(), box, json);
        } else if (subscription.sink() instanceof JsonFiles files) {
            JsonFilesJson.seal(files, subscription.name(), box, json.withObject(files.kind()));
        } else if (subscription.sink() instanceof Postgres postgres) {
            PostgresJson.seal(postgres, subscription.name(), box, json.withObject(postgres.kind()));
        } else if (subscription.sink() instanceof KafkaTopic topic) {
            KafkaTopicJson.seal(topic, subscription.name(), box, json.withObject(topic.kind()));
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
            List<FieldPath> fields = new ArrayList<>();
            json.path("fields").forEach(path -> fields.add(FieldPath.parse(path.stringValue())));
            return new Subscription(
                    name,
                    sink(json, name, box),
                    json.has("where") ? json.get("where").stringValue() : null,
                    fields,
                    Subscription.CatchUp.valueOf(upper(json.required("catch_up"))),
                    Subscription.From.valueOf(upper(json.required("from"))));
        } catch (tools.jackson.core.JacksonException e) {
            throw new IllegalArgumentException("this is no subscription", e);
        }
    }

    private static Sink sink(JsonNode json, String name, SecretBox box) {
        if (json.has("url")) {
            return WebhookJson.read(json, name, box);
        }
        if (json.has("kafka")) {
            return KafkaTopicJson.read(json.required("kafka"), name, box);
        }
        return json.has("postgres")
                ? PostgresJson.read(json.required("postgres"), name, box)
                : JsonFilesJson.read(json.required("files"), name, box);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String upper(JsonNode word) {
        return word.stringValue().toUpperCase(Locale.ROOT);
    }
}

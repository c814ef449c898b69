package io.leat.format.webhook;

import io.leat.core.FieldPath;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A topic of a client's cluster as JSON. */
final class KafkaTopicJson {

    private static final String KEY = "key";
    private static final String PROPERTIES = "properties";
    private static final String SEALED = "sealed";

    private KafkaTopicJson() {}

    /** Without secrets. */
    static ObjectNode describe(KafkaTopic topic) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bootstrap", topic.bootstrap());
        json.put("topic", topic.topic());
        ObjectNode properties = json.putObject(PROPERTIES);
        topic.properties().forEach(properties::put);
        json.put("guarantee", SubscriptionJson.word(topic.guarantee()));
        if (topic.key() != null) {
            json.put(KEY, topic.key().path().toString());
        }
        ArrayNode itemKey = json.putArray("item_key");
        for (KafkaTopic.KeyField field : topic.itemKey()) {
            itemKey.addObject().put("at", field.at()).put("path", field.path().toString());
        }
        json.put("format", SubscriptionJson.word(topic.format()));
        return json;
    }

    /** Adds the secrets, if there are any. */
    static void seal(KafkaTopic topic, String name, SecretBox box, ObjectNode json) {
        ObjectNode sealed = json.putObject(SEALED);
        topic.secrets().forEach((property, secret) -> sealed.put(property, box.seal(secret, name)));
    }

    static KafkaTopic read(JsonNode json, String name, SecretBox box) {
        Map<String, String> properties = new HashMap<>();
        json.path(PROPERTIES).forEachEntry((property, value) -> properties.put(property, value.stringValue()));
        Map<String, Secret> secrets = new HashMap<>();
        json.path(SEALED).forEachEntry((property, value) -> secrets.put(property, box.open(value.stringValue(), name)));
        List<KafkaTopic.KeyField> itemKey = new ArrayList<>();
        for (JsonNode field : json.required("item_key")) {
            itemKey.add(new KafkaTopic.KeyField(
                    field.required("at").intValue(),
                    FieldPath.parse(field.required("path").stringValue())));
        }
        String key = json.path(KEY).asString("");
        return new KafkaTopic(
                json.required("bootstrap").stringValue(),
                json.required("topic").stringValue(),
                properties,
                secrets,
                KafkaTopic.Guarantee.valueOf(SubscriptionJson.upper(json.required("guarantee"))),
                itemKey.stream()
                        .filter(field -> field.path().toString().equals(key))
                        .findFirst()
                        .orElse(null),
                itemKey,
                KafkaTopic.Format.valueOf(SubscriptionJson.upper(json.required("format"))));
    }
}

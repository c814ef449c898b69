package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Secret;
import io.leat.format.Quote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code sinks[].kafka}. */
final class KafkaSection {

    private final Values values;
    private final Problems problems;
    private final SinkWords words;
    private final List<KafkaTopic.KeyField> itemKey;

    /** @param key of the feed */
    KafkaSection(Values values, Problems problems, SinkWords words, List<Feed.KeyPart> key) {
        this.values = values;
        this.problems = problems;
        this.words = words;
        this.itemKey = fields(key);
    }

    private static List<KafkaTopic.KeyField> fields(List<Feed.KeyPart> key) {
        List<KafkaTopic.KeyField> fields = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            if (key.get(i) instanceof Feed.KeyPart.Field field) {
                fields.add(new KafkaTopic.KeyField(i, field.path()));
            }
        }
        return fields;
    }

    /** The topic, {@code null} if there is none: that has been reported. */
    @Nullable
    KafkaTopic read(Node node) {
        Section kafka = values.section(node, KafkaKey.KAFKA.path());
        if (kafka == null) {
            return null;
        }
        String bootstrap = text(
                kafka.required(KafkaKey.BOOTSTRAP),
                KafkaTopic::isBootstrap,
                ProblemCode.BAD_BOOTSTRAP,
                "This is no address of a Kafka cluster.",
                "Write it like kafka-1.example.com:9093,kafka-2.example.com:9093.");
        String topic = text(
                kafka.required(KafkaKey.TOPIC),
                KafkaTopic::isTopic,
                ProblemCode.BAD_TOPIC,
                "This cannot be a topic's name.",
                "Use 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'.");
        Node propertiesNode = kafka.get(KafkaKey.PROPERTIES);
        Map<String, String> properties = propertiesNode == null
                ? new HashMap<>()
                : new PropertiesSection(
                                values, problems, ClientProperties.OF_SINKS, ClientProperties.LOGIN_MODULES_OF_SINKS)
                        .read(propertiesNode);
        Map<String, Secret> secrets = new HashMap<>();
        properties.forEach((name, value) -> {
            if (ClientProperties.SECRET.contains(name)) {
                secrets.put(name, new Secret(value));
            }
        });
        properties.keySet().removeAll(ClientProperties.SECRET);
        KafkaTopic.Guarantee guarantee = words.choice(
                kafka.get(KafkaKey.GUARANTEE),
                "guarantee",
                KafkaTopic.Guarantee.values(),
                KafkaTopic.Guarantee.AT_LEAST_ONCE);
        Node keyNode = kafka.get(KafkaKey.KEY);
        KafkaTopic.KeyField key = keyNode == null ? null : key(keyNode);
        KafkaTopic.Format format = words.choice(
                kafka.get(KafkaKey.FORMAT), "format", KafkaTopic.Format.values(), KafkaTopic.Format.CHANGE);
        return bootstrap == null || topic == null || keyNode != null && key == null
                ? null
                : new KafkaTopic(bootstrap, topic, properties, secrets, guarantee, key, itemKey, format);
    }

    /** Never quoted: people write passwords into addresses. */
    private @Nullable String text(
            @Nullable Node node, Predicate<String> right, ProblemCode code, String problem, String hint) {
        Text text = node == null ? null : values.text(node);
        if (node == null || text == null) {
            return null;
        }
        if (right.test(text.value())) {
            return text.value();
        }
        problems.add(node, code, problem, hint);
        return null;
    }

    private KafkaTopic.@Nullable KeyField key(Node node) {
        FieldPath path = values.path(node);
        if (path == null) {
            return null;
        }
        for (KafkaTopic.KeyField field : itemKey) {
            if (field.path().equals(path)) {
                return field;
            }
        }
        problems.add(
                node,
                ProblemCode.BAD_RECORD_KEY,
                "'%s' is no field of the feed's key.".formatted(Quote.shorten(path.toString())),
                "Name one that stands in 'key', or leave it out.");
        return null;
    }
}

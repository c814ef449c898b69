package io.leat.core.delivery;

import io.leat.core.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A topic of a Kafka cluster that is the client's.
 *
 * @param bootstrap {@code host:port}, or several joined by commas
 * @param topic what is written to
 * @param properties settings of the client, none of them secret
 * @param secrets settings of the client that are
 * @param guarantee whether a change may be there twice
 * @param key what of the item's key keys its records; {@code null} for all of it
 * @param itemKey the fields of the item's key that have a name
 * @param format how a change is told
 */
public record KafkaTopic(
        String bootstrap,
        String topic,
        Map<String, String> properties,
        Map<String, Secret> secrets,
        Guarantee guarantee,
        @Nullable KeyField key,
        List<KeyField> itemKey,
        Format format)
        implements Sink {

    private static final String SERVER =
            "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}]):[1-9][0-9]{0,4}";
    private static final Pattern BOOTSTRAP = Pattern.compile(SERVER + "(?:," + SERVER + "){0,31}");
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    public KafkaTopic {
        properties = java.util.Collections.unmodifiableMap(new TreeMap<>(properties));
        secrets = java.util.Collections.unmodifiableMap(new TreeMap<>(secrets));
        itemKey = List.copyOf(itemKey);
        if (!isBootstrap(bootstrap)) {
            throw new IllegalArgumentException("not the address of a Kafka cluster");
        }
        if (!isTopic(topic)) {
            throw new IllegalArgumentException("not a topic's name");
        }
        Set<String> both = new HashSet<>(properties.keySet());
        both.retainAll(secrets.keySet());
        if (!both.isEmpty()) {
            throw new IllegalArgumentException("a setting is there twice: " + new TreeSet<>(both));
        }
    }

    /** Whether a text names servers and nothing else. */
    public static boolean isBootstrap(String text) {
        return BOOTSTRAP.matcher(text).matches();
    }

    /** Whether a text can be a topic's name. */
    public static boolean isTopic(String text) {
        return TOPIC.matcher(text).matches();
    }

    /** The same with other settings of the client. */
    public KafkaTopic with(Map<String, String> otherProperties, Map<String, Secret> otherSecrets) {
        return new KafkaTopic(bootstrap, topic, otherProperties, otherSecrets, guarantee, key, itemKey, format);
    }

    @Override
    public String kind() {
        return "kafka";
    }

    /** Whether a change may be there twice. */
    public enum Guarantee {
        /** After a failure it may. */
        AT_LEAST_ONCE,
        /** For readers of committed records it is not. */
        EXACTLY_ONCE
    }

    /** How a change is told. */
    public enum Format {
        /** As it stands in the change log. */
        CHANGE,
        /** The same, with the headers of a CloudEvent in binary mode. */
        CLOUDEVENTS,
        /** Before and after in Debezium's envelope, without a schema. */
        DEBEZIUM
    }

    /**
     * A field of the item's key.
     *
     * @param at its place in the key
     * @param path its place in the item
     */
    public record KeyField(int at, FieldPath path) {}
}

package io.leat.app.alerts;

import io.leat.app.embedded.Broker;
import io.leat.app.trace.PastTopic;
import io.leat.app.trace.Patience;
import io.leat.core.Feed;
import io.leat.format.Topics;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The alerts that the topic of a feed holds now. Waits for the broker. */
public final class StoredAlerts {

    private static final JsonMapper JSON = new JsonMapper();

    private StoredAlerts() {}

    /** What is open, the oldest first; with when it was acknowledged, if it was. */
    public static List<JsonNode> open(Broker broker, Feed feed) {
        OpenAlerts alerts = new OpenAlerts();
        each(broker, feed, alerts::take);
        return alerts.open();
    }

    /** The newest record of an alert, open or over; {@code null} if there is none. */
    public static @Nullable JsonNode newest(Broker broker, Feed feed, String id) {
        JsonNode[] found = {null};
        each(broker, feed, value -> {
            JsonNode alert = parse(value);
            if (alert != null && alert.path("id").asString("").equals(id)) {
                found[0] = alert;
            }
        });
        return found[0];
    }

    private static void each(Broker broker, Feed feed, Consumer<byte[]> reader) {
        try (PastTopic topic = PastTopic.open(broker, Topics.of(feed).alerts(), Patience.ENDLESS)) {
            for (ConsumerRecord<byte[], byte[]> rec = topic.take(); rec != null; rec = topic.take()) {
                if (rec.value() != null) {
                    reader.accept(rec.value());
                }
            }
        }
    }

    private static @Nullable JsonNode parse(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (JacksonException e) {
            return null;
        }
    }
}

package io.leat.delivery;

import io.leat.format.webhook.WebhookTopics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The attempts that were written down, for people to read. Waits for the broker. Thread-safe. */
public final class AttemptLog {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_LOOKED_AT = 100_000;

    private final Map<String, Object> consumer;
    private final String topic;

    AttemptLog(Map<String, Object> consumer, WebhookTopics topics) {
        this.consumer = consumer;
        this.topic = topics.attempts();
    }

    /**
     * Which attempts.
     *
     * @param subscription of this one only; {@code null} for all
     * @param failedOnly only those that did not deliver
     * @param sinceMillis from this moment on, milliseconds since 1970
     */
    public record Wanted(@Nullable String subscription, boolean failedOnly, long sinceMillis) {

        boolean includes(JsonNode attempt) {
            boolean mine = subscription == null
                    || attempt.path("subscription").asString("").equals(subscription);
            return mine && !(failedOnly && attempt.path("result").asString("").equals("delivered"));
        }
    }

    /**
     * Some attempts, oldest first.
     *
     * @param next where to go on; {@code null} if that was all there is at the moment
     */
    public record Page(List<JsonNode> attempts, @Nullable Long next) {
        public Page {
            attempts = List.copyOf(attempts);
        }
    }

    /** All of them, as they are read. */
    public void each(Wanted wanted, Consumer<JsonNode> reader) {
        StoredTopic.read(consumer, topic, new StoredTopic.Place(0, wanted.sinceMillis()), rec -> {
            JsonNode attempt = parse(rec.value());
            if (wanted.includes(attempt)) {
                reader.accept(attempt);
            }
            return true;
        });
    }

    /**
     * At most so many of them, and no more than can be looked through in a moment.
     *
     * @param from 0, or where the last page said
     */
    public Page page(Wanted wanted, long from, int most) {
        List<JsonNode> attempts = new ArrayList<>();
        int[] lookedAt = {0};
        boolean[] enough = {false};
        long next = StoredTopic.read(consumer, topic, new StoredTopic.Place(from, wanted.sinceMillis()), rec -> {
            JsonNode attempt = parse(rec.value());
            if (wanted.includes(attempt)) {
                attempts.add(attempt);
            }
            enough[0] = attempts.size() >= most || ++lookedAt[0] >= MOST_LOOKED_AT;
            return !enough[0];
        });
        return new Page(attempts, enough[0] ? (Long) next : null);
    }

    /** Changes that were not told because the condition had no answer, by subscription, as far back as attempts are kept. */
    public Map<String, Long> unanswered() {
        Map<String, Long> counts = new HashMap<>();
        each(new Wanted(null, true, 0), attempt -> {
            if (attempt.path("result").asString("").equals(Attempts.UNANSWERED)) {
                counts.merge(
                        attempt.path("subscription").asString(""),
                        attempt.path("changes").asLong(0),
                        Long::sum);
            }
        });
        return counts;
    }

    private static JsonNode parse(byte @Nullable [] value) {
        try {
            return value == null ? JSON.createObjectNode() : JSON.readTree(value);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}

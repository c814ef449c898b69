package io.leat.gateway.webhook;

import io.leat.core.delivery.Subscription;
import io.leat.format.webhook.WebhookTopics;
import io.leat.gateway.webhook.lane.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Deliveries that were given up, and how they are sent again. Waits for the broker. Thread-safe. */
public final class Undelivered {

    private static final int MOST = 10_000;

    private final Map<String, Object> consumer;
    private final Producer<byte[], byte[]> producer;
    private final String topic;

    Undelivered(Map<String, Object> consumer, Producer<byte[], byte[]> producer, WebhookTopics topics) {
        this.consumer = consumer;
        this.producer = producer;
        this.topic = topics.undelivered();
    }

    /**
     * What came of sending again.
     *
     * @param left how many still lie there
     * @param stoppedBy what a delivery came to that failed; {@code null} if none did
     */
    public record Redriven(int sent, int left, @Nullable Outcome stoppedBy) {}

    /** What lies there, in the order it was given up, as {@code SUBSCRIPTION/CHANGE}; at most 10,000. */
    public List<String> names(@Nullable String subscription) {
        return List.copyOf(
                letters(subscription == null ? "" : subscription + "/").keySet());
    }

    /**
     * Sends to one client, in order, what was given up for it; ends at the first that fails.
     *
     * @param goOn asked before each
     */
    Redriven redrive(Subscription subscription, OneOff once, BooleanSupplier goOn) {
        Map<String, byte[]> letters = letters(subscription.name() + "/");
        int sent = 0;
        Outcome failed = null;
        for (Map.Entry<String, byte[]> letter : letters.entrySet()) {
            if (!goOn.getAsBoolean()) {
                break;
            }
            Outcome outcome = once.again(subscription, letter.getValue());
            if (!OneOff.isDelivered(outcome)) {
                failed = outcome;
                break;
            }
            forget(letter.getKey());
            sent++;
        }
        return new Redriven(sent, letters.size() - sent, failed);
    }

    private Map<String, byte[]> letters(String prefix) {
        Map<String, byte[]> letters = new LinkedHashMap<>();
        StoredTopic.read(consumer, topic, StoredTopic.Place.BEGINNING, rec -> {
            String key = rec.key() == null ? "" : new String(rec.key(), StandardCharsets.UTF_8);
            if (rec.value() == null) {
                letters.remove(key);
            } else if (key.startsWith(prefix) && letters.size() < MOST) {
                letters.put(key, rec.value());
            }
            return true;
        });
        return letters;
    }

    private void forget(String key) {
        try {
            producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), null))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("what was sent again cannot be forgotten", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.lane.Outcome;
import io.leat.format.webhook.WebhookTopics;
import java.nio.charset.StandardCharsets;
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
     * @param left how many lie there now, those among them that were given up meanwhile; 10,000 if there are more
     * @param stoppedBy what a delivery came to that failed; {@code null} if none did
     */
    public record Redriven(int sent, int left, @Nullable Outcome stoppedBy) {}

    /** What lies there, in the order it was given up, as {@code SUBSCRIPTION/CHANGE}; the oldest 10,000. */
    public List<String> names(@Nullable String subscription) {
        return List.copyOf(
                letters(subscription == null ? "" : subscription + "/").keySet());
    }

    /**
     * Sends to one client, in order, what was given up for it, also while it works; ends at the first that fails.
     *
     * @param goOn asked before each
     */
    Redriven redrive(Subscription subscription, OneOff once, BooleanSupplier goOn) {
        String prefix = subscription.name() + "/";
        Map<String, byte[]> lying = letters(prefix);
        int sent = 0;
        while (!lying.isEmpty()) {
            for (Map.Entry<String, byte[]> letter : lying.entrySet()) {
                if (!goOn.getAsBoolean()) {
                    return new Redriven(sent, letters(prefix).size(), null);
                }
                Outcome outcome = once.again(subscription, letter.getValue());
                if (!OneOff.isDelivered(outcome)) {
                    return new Redriven(sent, letters(prefix).size(), outcome);
                }
                forget(letter.getKey());
                sent++;
            }
            lying = letters(prefix);
        }
        return new Redriven(sent, 0, null);
    }

    private Map<String, byte[]> letters(String prefix) {
        LetterPile pile = new LetterPile(prefix, MOST);
        for (long from = 0; from != LetterPile.DONE; from = pile.next()) {
            StoredTopic.read(consumer, topic, new StoredTopic.Place(from, 0), rec -> {
                String key = rec.key() == null ? "" : new String(rec.key(), StandardCharsets.UTF_8);
                pile.take(rec.offset(), key, rec.value());
                return true;
            });
        }
        return pile.letters();
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

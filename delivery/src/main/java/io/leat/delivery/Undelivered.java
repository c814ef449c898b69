package io.leat.delivery;

import io.leat.format.ChangeJson;
import io.leat.format.webhook.WebhookTopics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import tools.jackson.core.JacksonException;

/** Changes that were given up and lie there until someone sends them again. Waits for the broker. Thread-safe. */
final class Undelivered {

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
     * A change that lies there.
     *
     * @param address the key of its record
     * @param partition where it stands in the change log; -1 if that is not known
     * @param key the item's, as the change log has it; empty if that is not known
     * @param change as it stands in the log
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    record Lying(String address, int partition, long offset, String key, byte[] change) {

        /** The change's id. */
        String id() {
            return address.substring(address.indexOf('/') + 1);
        }

        private static Lying of(String address, ConsumerRecord<byte[], byte[]> rec) {
            String partition = header(rec, DeadLetters.PARTITION);
            String offset = header(rec, DeadLetters.OFFSET);
            boolean placed = isNumber(partition) && isNumber(offset);
            String key = header(rec, DeadLetters.KEY);
            return new Lying(
                    address,
                    placed ? Integer.parseInt(partition) : -1,
                    placed ? Long.parseLong(offset) : -1,
                    key.isEmpty() ? key(rec.value()) : key,
                    rec.value());
        }

        private static String key(byte[] change) {
            try {
                return ChangeJson.tree(change).path("key").toString();
            } catch (IllegalArgumentException | JacksonException e) {
                return "";
            }
        }

        private static boolean isNumber(String text) {
            return !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        private static String header(ConsumerRecord<byte[], byte[]> rec, String name) {
            Header header = rec.headers().lastHeader(name);
            return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        }
    }

    /** What lies there for a subscription, in the order it was given up; the oldest 10,000. */
    List<Lying> of(Standing standing) {
        LetterPile<Lying> pile = new LetterPile<>(standing.id() + "/", MOST);
        for (long from = 0; from != LetterPile.DONE; from = pile.next()) {
            StoredTopic.read(consumer, topic, new StoredTopic.Place(from, 0), rec -> {
                String address = rec.key() == null ? "" : new String(rec.key(), StandardCharsets.UTF_8);
                pile.take(rec.offset(), address, rec.value() == null ? null : Lying.of(address, rec));
                return true;
            });
        }
        return List.copyOf(pile.letters().values());
    }

    /** Forgets what was sent again, or lies there for one that is no more. */
    void forget(Collection<Lying> letters) {
        List<Future<RecordMetadata>> writes = new ArrayList<>();
        for (Lying letter : letters) {
            byte[] address = letter.address().getBytes(StandardCharsets.UTF_8);
            writes.add(producer.send(new ProducerRecord<>(topic, address, null)));
        }
        try {
            for (Future<RecordMetadata> write : writes) {
                write.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("a letter cannot be forgotten", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

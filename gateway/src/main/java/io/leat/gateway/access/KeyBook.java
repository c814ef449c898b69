package io.leat.gateway.access;

import io.leat.gateway.log.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes keys into the compacted topic that all gateways read. Whoever may write that topic may make keys: it is to be
 * guarded like the keys themselves. Thread-safe.
 */
public final class KeyBook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyBook.class);

    /** Where the keys of all feeds are. */
    public static final String TOPIC = "leat.keys";

    static final String USED = "used/";

    private final Producer<String, byte[]> producer;
    private final ExecutorService notes = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "leat-gateway-key-notes");
        thread.setDaemon(true);
        return thread;
    });

    public KeyBook(KafkaSettings kafka) {
        this(new KafkaProducer<>(
                kafka.with(Map.of(
                        "acks", "all",
                        "max.block.ms", "4000",
                        "request.timeout.ms", "3000",
                        "delivery.timeout.ms", "4000")),
                new StringSerializer(),
                new ByteArraySerializer()));
    }

    KeyBook(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** Makes the topic unless it is there. */
    public static void prepare(KafkaSettings kafka) throws ExecutionException {
        NewTopic topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, "compact"));
        try (Admin admin =
                Admin.create(kafka.with(Map.of("default.api.timeout.ms", "4000", "request.timeout.ms", "3000")))) {
            if (!admin.listTopics().names().get().contains(TOPIC)) {
                admin.createTopics(List.of(topic)).all().get();
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    /** Writes a key, new or revoked. Returns when the log has it. */
    public void write(KeyEntry key) throws ExecutionException {
        try {
            producer.send(new ProducerRecord<>(TOPIC, key.id(), key.write())).get();
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    /** Notes that a key was used. Does not wait: it may get lost, and is written again with a later use. */
    public void used(String id, long at) {
        ProducerRecord<String, byte[]> note =
                new ProducerRecord<>(TOPIC, USED + id, Long.toString(at).getBytes(StandardCharsets.US_ASCII));
        notes.execute(() -> {
            try {
                var unused = producer.send(note);
            } catch (RuntimeException e) {
                LOG.debug("That a key was used is not noted: {}", e.toString());
            }
        });
    }

    @Override
    public void close() {
        notes.shutdownNow();
        producer.close(java.time.Duration.ofSeconds(1));
    }
}

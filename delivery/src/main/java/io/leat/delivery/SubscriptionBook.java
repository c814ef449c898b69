package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.format.webhook.SecretBox;
import io.leat.format.webhook.SubscriptionJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who wants what: the subscriptions the feed file declares, those made at run time, and how each stands. The latter two
 * live in a compacted topic that every gateway follows. Thread-safe.
 */
public final class SubscriptionBook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionBook.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final TopicPartition partition;
    private final SecretBox box;
    private final Map<String, Subscription> declared = new HashMap<>();
    private final Map<String, JsonNode> written = new TreeMap<>();
    private final Thread thread = new Thread(this::follow, "webhook-subscriptions");
    private final Object seen = new Object();
    private volatile Map<String, Standing> all = Map.of();
    private long seenTo;
    private final AtomicLong version = new AtomicLong();
    private volatile boolean closing;

    /**
     * A book.
     *
     * @param consumer settings of a consumer without a group
     * @param box opens and seals secrets
     */
    public SubscriptionBook(
            Map<String, Object> consumer,
            Producer<byte[], byte[]> producer,
            String topic,
            SecretBox box,
            List<Subscription> declared) {
        this.consumer = new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.producer = producer;
        this.partition = new TopicPartition(topic, 0);
        this.box = box;
        declared.forEach(subscription -> this.declared.put(subscription.name(), subscription));
        thread.setDaemon(true);
    }

    /** Reads all there is; waits for it. */
    public SubscriptionBook open() {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (consumer.position(partition) < end) {
            read();
        }
        publish();
        return this;
    }

    /** Keeps reading from now on. */
    public SubscriptionBook keepReading() {
        thread.start();
        return this;
    }

    private void follow() {
        while (!closing) {
            try {
                if (read()) {
                    publish();
                }
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (RuntimeException e) { // nothing that stands in the topic may end this thread
                LOG.warn("Subscriptions cannot be read at the moment: {}", e.toString());
            }
        }
    }

    private boolean read() {
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
            any = true;
            String name = rec.key() == null ? "" : new String(rec.key(), StandardCharsets.UTF_8);
            synchronized (written) {
                JsonNode entry = rec.value() == null ? null : parse(rec.value());
                if (entry == null) {
                    written.remove(name);
                } else {
                    written.put(name, entry);
                }
            }
        }
        return any;
    }

    private static @Nullable JsonNode parse(byte[] value) {
        try {
            JsonNode entry = JSON.readTree(value);
            return entry.isObject() ? entry : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private void publish() {
        Map<String, Standing> now = new TreeMap<>();
        synchronized (written) {
            declared.forEach((name, subscription) -> now.put(name, Standing.fresh(subscription, true)));
            written.forEach((name, entry) -> {
                Standing standing = standing(name, entry);
                if (standing != null) {
                    now.put(name, standing);
                }
            });
        }
        all = Map.copyOf(now);
        version.incrementAndGet();
        synchronized (seen) {
            seenTo = consumer.position(partition);
            seen.notifyAll();
        }
    }

    /** Waits until what was written is among what is told; on a book that nobody reads, reads it. */
    private void awaitSeen(long offset) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (seen) {
            while (seenTo <= offset && System.nanoTime() < deadline) {
                if (thread.isAlive()) {
                    seen.wait(PATIENCE.toMillis());
                } else if (read()) {
                    publish();
                }
            }
        }
    }

    private @Nullable Standing standing(String name, JsonNode entry) {
        try {
            Subscription subscription = declared.get(name);
            boolean isDeclared = subscription != null;
            if (subscription == null) {
                JsonNode made = entry.get("subscription");
                if (made == null) {
                    return null;
                }
                subscription = SubscriptionJson.read(made, box);
            }
            return new Standing(
                    subscription,
                    Standing.State.valueOf(
                            entry.path("state").asString("active").toUpperCase(Locale.ROOT)),
                    entry.path("reason").asString(""),
                    entry.path("epoch").asLong(0),
                    entry.path("replay_from").asLong(0),
                    isDeclared);
        } catch (IllegalArgumentException e) {
            LOG.error("Subscription {} cannot be read and is left out: {}", name, e.getMessage());
            return null;
        }
    }

    /** Every subscription by its name. */
    public Map<String, Standing> all() {
        return all;
    }

    /** Another number after every change. */
    public long version() {
        return version.get();
    }

    /** Writes down how a subscription stands; waits until this book tells so. */
    public void put(Standing standing) {
        ObjectNode entry = JSON.createObjectNode();
        entry.put("state", standing.state().word());
        entry.put("reason", standing.reason());
        entry.put("epoch", standing.epoch());
        entry.put("replay_from", standing.replayFromMillis());
        if (!standing.declared()) {
            entry.set("subscription", SubscriptionJson.write(standing.subscription(), box));
        }
        write(standing.subscription().name(), entry.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets a subscription that was made at run time; waits until this book tells so. */
    public void remove(String name) {
        write(name, null);
    }

    private void write(String name, byte @Nullable [] value) {
        try {
            awaitSeen(producer.send(
                            new ProducerRecord<>(partition.topic(), 0, name.getBytes(StandardCharsets.UTF_8), value))
                    .get()
                    .offset());
        } catch (ExecutionException e) {
            throw new KafkaException("the subscription cannot be written", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            if (thread.isAlive()) {
                consumer.wakeup();
                thread.join(2_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}

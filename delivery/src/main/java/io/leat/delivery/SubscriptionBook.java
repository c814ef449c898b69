package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import io.leat.format.webhook.SecretBox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
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
import tools.jackson.databind.JsonNode;

/**
 * Who wants what: the subscriptions the feed file declares, those made at run time, and how each stands. The latter two
 * live in a compacted topic that every gateway follows. Thread-safe.
 */
public final class SubscriptionBook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionBook.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final TopicPartition partition;
    private final SecretBox box;
    private final Map<String, Subscription> declared = new HashMap<>();
    private final Map<String, Entry> written = new TreeMap<>();
    private final Object seen = new Object();
    private volatile Map<String, Standing> all = Map.of();
    private long seenTo;
    private final AtomicLong version = new AtomicLong();
    private volatile @Nullable Kept kept;
    private volatile boolean closing;

    /** The value of the newest record of a key. */
    private record Entry(JsonNode json, long offset) {}

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
        this(
                new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                producer,
                topic,
                box,
                declared);
    }

    SubscriptionBook(
            Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer,
            String topic,
            SecretBox box,
            List<Subscription> declared) {
        this.consumer = consumer;
        this.producer = producer;
        this.partition = new TopicPartition(topic, 0);
        this.box = box;
        declared.forEach(subscription -> this.declared.put(subscription.name(), subscription));
    }

    /** Reads all there is; waits for it. */
    public SubscriptionBook open() {
        consumer.assign(List.of(partition));
        readFromTheBeginning();
        return this;
    }

    private void readFromTheBeginning() {
        synchronized (written) {
            written.clear();
        }
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (consumer.position(partition) < end) {
            read();
        }
        publish();
    }

    /**
     * Keeps reading from now on.
     *
     * @param name of the work
     */
    public SubscriptionBook keepReading(String name, Keeper keeper) {
        boolean[] hasDied = {false};
        kept = keeper.keep(name, () -> {
            boolean again = hasDied[0];
            hasDied[0] = true;
            follow(again);
        });
        return this;
    }

    /** @param again whether it died in the middle of what it had read */
    private void follow(boolean again) throws InterruptedException {
        boolean isWhole = !again;
        while (!closing) {
            try {
                if (isWhole) {
                    readNow();
                } else {
                    readFromTheBeginning();
                    isWhole = true;
                }
            } catch (WakeupException e) {
                LOG.debug("woken");
            } catch (InterruptException e) {
                throw new InterruptedException();
            } catch (KafkaException e) {
                LOG.warn("Subscriptions cannot be read at the moment: {}", e.toString());
                Thread.sleep(POLL.toMillis());
            }
        }
    }

    private boolean read() {
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
            any = true;
            String name = rec.key() == null ? "" : new String(rec.key(), StandardCharsets.UTF_8);
            synchronized (written) {
                JsonNode entry = rec.value() == null ? null : StandingJson.parse(rec.value());
                if (entry == null) {
                    written.remove(name);
                } else {
                    written.put(name, new Entry(entry, rec.offset()));
                }
            }
        }
        return any;
    }

    private void publish() {
        Map<String, Standing> now = new TreeMap<>();
        synchronized (written) {
            declared.forEach((name, subscription) -> now.put(name, Standing.declared(subscription)));
            written.forEach((name, entry) -> {
                Standing standing = standing(name, entry);
                if (standing != null) {
                    now.put(name, standing);
                }
            });
            now.replaceAll((name, standing) -> {
                Entry disabled = written.get(Disabling.key(name));
                return disabled == null
                        ? standing
                        : Disabling.read(disabled.json()).on(standing, disabled.offset());
            });
        }
        all = Map.copyOf(now);
        version.incrementAndGet();
        tellSeen();
    }

    private void tellSeen() {
        synchronized (seen) {
            seenTo = consumer.position(partition);
            seen.notifyAll();
        }
    }

    /** Waits until what was written at an offset is among what is told; on a book that nobody reads, reads it. */
    void awaitSeen(long offset) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (seen) {
            while (seenTo <= offset) {
                if (System.nanoTime() >= deadline) {
                    throw new KafkaException("the subscriptions cannot be read at the moment");
                }
                if (kept == null) {
                    readNow();
                    continue;
                }
                try {
                    seen.wait(POLL.toMillis());
                } catch (InterruptedException e) {
                    throw new InterruptException(e);
                }
            }
        }
    }

    private void readNow() {
        if (read()) {
            publish();
        } else {
            tellSeen();
        }
    }

    private @Nullable Standing standing(String name, Entry entry) {
        if (Disabling.subscription(name) != null) {
            return null;
        }
        try {
            Standing standing = StandingJson.read(entry.json(), declared.get(name), box);
            return standing == null ? null : standing.at(entry.offset());
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
        awaitSeen(write(standing.subscription().name(), StandingJson.write(standing, box)));
    }

    /** Writes down that a subscription is to be disabled, unless a person has changed it meanwhile. */
    void disable(Standing standing, String reason) {
        awaitSeen(write(
                Disabling.key(standing.subscription().name()),
                Disabling.of(standing, reason).write()));
    }

    /** Forgets a subscription that was made at run time; waits until this book tells so. */
    public void remove(String name) {
        write(Disabling.key(name), null);
        awaitSeen(write(name, null));
    }

    private long write(String key, byte @Nullable [] value) {
        try {
            return producer.send(
                            new ProducerRecord<>(partition.topic(), 0, key.getBytes(StandardCharsets.UTF_8), value))
                    .get()
                    .offset();
        } catch (ExecutionException e) {
            throw new KafkaException("the subscription cannot be written", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        closing = true;
        Kept reading = kept;
        if (reading != null) {
            reading.end(consumer::wakeup, CLOSE_WITHIN);
        }
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}

package io.leat.gateway.access;

import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import io.leat.gateway.log.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All keys, followed as they are made and revoked. Thread-safe. */
public final class KeyRing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final TopicPartition PARTITION = new TopicPartition(KeyBook.TOPIC, 0);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final Map<String, KeyEntry> keys = new ConcurrentHashMap<>();
    private final Map<String, Long> used = new ConcurrentHashMap<>();
    private final Keeper keeper;
    private volatile @Nullable Kept reading;
    private volatile boolean loaded;
    private volatile @Nullable KafkaConsumer<?, ?> consumer;
    private final CountDownLatch loading = new CountDownLatch(1);
    private volatile boolean closing;

    /** @param keeper keeps the keys being read */
    public KeyRing(KafkaSettings kafka, Keeper keeper) {
        this.kafka = kafka;
        this.keeper = keeper;
    }

    /** Starts to read. */
    public void start() {
        reading = keeper.keep("leat-gateway-keys", this::run);
    }

    /**
     * Whether every key made before the start is known, and what is revoked is heard of. As long as it is not so nobody can
     * be judged: a ring that nobody reads would take a key that has been revoked.
     */
    public boolean isLoaded() {
        Kept kept = reading;
        return loaded && kept != null && kept.isAlive();
    }

    /** Waits until they are; says whether that came in time. */
    public boolean awaitLoaded(Duration patience) {
        try {
            return loading.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether no key was ever made. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** A key, good or not; {@code null} if there never was one with this id. */
    public @Nullable KeyEntry find(String id) {
        return keys.get(id);
    }

    /** All keys, good or not. */
    public Collection<KeyEntry> all() {
        return List.copyOf(keys.values());
    }

    /** When a key was last used, as far as has been noted; milliseconds since 1970, 0 for never. */
    public long usedAt(String id) {
        return used.getOrDefault(id, 0L);
    }

    private void run() throws InterruptedException {
        loaded = false;
        boolean complained = false;
        while (!closing) {
            try {
                KeyBook.prepare(kafka);
                try (KafkaConsumer<String, byte[]> opened = new KafkaConsumer<>(
                        kafka.reader(Map.of("client.id", "leat-gateway-keys")),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
                    consumer = opened;
                    follow(opened);
                }
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (KafkaException | ExecutionException e) {
                if (!complained) {
                    LOG.warn("The keys cannot be read at the moment: {}", e.toString());
                }
                complained = true;
                Thread.sleep(POLL.toMillis());
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> opened) {
        opened.assign(List.of(PARTITION));
        opened.seekToBeginning(List.of(PARTITION));
        long end = opened.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        while (!closing) {
            for (ConsumerRecord<String, byte[]> rec : opened.poll(POLL)) {
                take(rec.key(), rec.value());
            }
            if (opened.position(PARTITION) >= end) {
                loaded = true;
                loading.countDown();
            }
        }
    }

    private void take(@Nullable String name, byte @Nullable [] value) {
        if (name == null || value == null) {
            return;
        }
        if (name.startsWith(KeyBook.USED)) {
            String moment = new String(value, StandardCharsets.US_ASCII);
            if (moment.matches("\\d{1,18}")) {
                used.merge(name.substring(KeyBook.USED.length()), Long.parseLong(moment), Math::max);
            }
            return;
        }
        KeyEntry key = KeyEntry.read(value);
        if (key != null && key.id().equals(name)) {
            keys.put(name, key);
        }
    }

    @Override
    public void close() {
        Kept kept = reading;
        if (kept != null) {
            kept.end(this::wake, CLOSE_WITHIN);
        }
    }

    private void wake() {
        closing = true;
        KafkaConsumer<?, ?> woken = consumer;
        if (woken != null) {
            woken.wakeup();
        }
    }
}

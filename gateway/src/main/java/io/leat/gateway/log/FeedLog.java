package io.leat.gateway.log;

import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The change log of one feed. One thread reads its head for everybody; whoever is further back is served by a few shared
 * consumers. Opens as soon as the topic is there. Thread-safe.
 */
public final class FeedLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedLog.class);
    private static final int RING_COUNT = 8_192;
    private static final long RING_BYTES = 16L << 20;
    private static final int PAST_CONSUMERS = 2;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final String topic;
    private final InstantSource clock;
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private final Keeper keeper;
    private volatile @Nullable Kept reading;
    private volatile @Nullable Open open;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean closing;

    /** What there is once the topic has been found. */
    private record Open(Ring ring, BackReader past, BackReader searches, int partitions, long thinnedAfterMillis) {}

    /** @param keeper keeps the head being read */
    public FeedLog(KafkaSettings kafka, String topic, InstantSource clock, Keeper keeper) {
        this.kafka = kafka;
        this.topic = topic;
        this.clock = clock;
        this.keeper = keeper;
    }

    /** Starts to read. */
    public void start() {
        reading = keeper.keep("leat-gateway-head-" + topic, this::run);
    }

    /** Whether the topic has been found. */
    public boolean isOpen() {
        return open != null;
    }

    /** How many partitions it has; 0 until it is open. */
    public int partitions() {
        Open now = open;
        return now == null ? 0 : now.partitions();
    }

    /**
     * The number from which a reader at this place can follow the head.
     *
     * @return -1 if it is too far back
     */
    public long follow(Place place) {
        Open now = open;
        return now == null ? -1 : now.ring().coverFrom(place);
    }

    /** Changes at the head from a number on; {@code null} if the first of them has been dropped. */
    public @Nullable List<Told> head(long number, int atMost) {
        return mustBeOpen().ring().from(number, atMost);
    }

    /** Where a reader stands who has seen everything. */
    public Place end() {
        return mustBeOpen().ring().end();
    }

    /** Some changes from a place on; none if there were none in time. */
    public Future<Batch> past(Place from) {
        return mustBeOpen().past().read(from);
    }

    /** What of the log is there. */
    public Future<Ends> ends() {
        Open now = mustBeOpen();
        return now.past().ends(clock.millis() - now.thinnedAfterMillis());
    }

    /** Where changes written at a moment or later begin; milliseconds since 1970. */
    public Future<Place> since(long millis) {
        return mustBeOpen().past().since(millis);
    }

    /** Which changes of a snapshot, from a place in it on, are the last of their key. */
    public Future<Survivors> survivors(Place from) {
        return mustBeOpen().searches().survivors(from);
    }

    /** Has this run whenever the head has moved; it must return at once. Called on the reading thread. */
    public void onMore(Runnable run) {
        waiting.add(run);
    }

    /** Ends that. */
    public void forget(Runnable run) {
        waiting.remove(run);
    }

    private Open mustBeOpen() {
        Open now = open;
        if (now == null) {
            throw new IllegalStateException("the change log is not there yet");
        }
        return now;
    }

    private void run() throws InterruptedException {
        boolean complained = false;
        while (!closing) {
            try (KafkaConsumer<byte[], byte[]> opened = new KafkaConsumer<>(
                    kafka.reader(Map.of("max.poll.records", "5000", "client.id", "leat-gateway-" + topic)),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                consumer = opened;
                follow(opened);
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (KafkaException e) {
                if (!complained) {
                    LOG.warn("The head of {} cannot be read at the moment: {}", topic, e.toString());
                }
                complained = true;
                Thread.sleep(RETRY.toMillis());
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> opened) {
        int count = opened.partitionsFor(topic).size();
        if (count == 0) {
            throw new UnknownTopicOrPartitionException("no such topic");
        }
        List<TopicPartition> partitions = BackReader.partitions(topic, count);
        opened.assign(partitions);
        Open now = open;
        Place from = now == null ? ends(opened, partitions) : now.ring().end();
        partitions.forEach(partition -> opened.seek(partition, from.next(partition.partition())));
        if (now == null) {
            now = new Open(
                    new Ring(from, RING_COUNT, RING_BYTES),
                    new BackReader(kafka, topic, count, PAST_CONSUMERS),
                    new BackReader(kafka, topic, count, 1),
                    count,
                    compactionLag());
            open = now;
        }
        while (!closing) {
            var records = opened.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> rec : records) {
                if (rec.value() != null && rec.key() != null) {
                    now.ring().add(rec.partition(), rec.offset(), rec.key(), rec.value());
                }
            }
            if (!records.isEmpty()) {
                waiting.forEach(Runnable::run);
            }
        }
    }

    private static Place ends(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        long[] next = new long[partitions.size()];
        consumer.endOffsets(partitions).forEach((partition, end) -> next[partition.partition()] = end);
        return Place.at(next);
    }

    /** How long the topic keeps every change; without the right to ask, no place is taken to be thinned out. */
    private long compactionLag() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin =
                Admin.create(kafka.with(Map.of("default.api.timeout.ms", "4000", "request.timeout.ms", "3000")))) {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            var entry = config == null ? null : config.get(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG);
            return entry == null ? clock.millis() : Math.min(Long.parseLong(entry.value()), clock.millis());
        } catch (ExecutionException e) {
            LOG.warn("The settings of {} cannot be read: {}", topic, String.valueOf(e.getCause()));
            return clock.millis();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void wake() {
        closing = true;
        KafkaConsumer<byte[], byte[]> woken = consumer;
        if (woken != null) {
            woken.wakeup();
        }
    }

    @Override
    public void close() {
        Kept kept = reading;
        if (kept != null) {
            kept.end(this::wake, CLOSE_WITHIN);
        }
        Open now = open;
        if (now != null) {
            now.past().close();
            now.searches().close();
        }
    }
}

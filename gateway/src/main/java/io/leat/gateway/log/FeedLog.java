package io.leat.gateway.log;

import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
 * The change log of one feed. One thread reads its head for everybody, and rests while nobody is there; whoever is further
 * back is served by a few shared consumers. Opens as soon as the topic is there, and again when it is made anew. Thread-safe.
 */
public final class FeedLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedLog.class);
    private static final int RING_COUNT = 8_192;
    private static final long RING_BYTES = 16L << 20;
    private static final int PAST_CONSUMERS = 2;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofMillis(500);
    /** Readers that come again soon find the head as they left it. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final String topic;
    private final InstantSource clock;
    private final Keeper keeper;
    private volatile @Nullable Kept reading;
    private volatile @Nullable OpenLog open;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean closing;

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

    /** The log that is there now; {@code null} as long as there is none. */
    public @Nullable OpenLog now() {
        return open;
    }

    private void run() throws InterruptedException {
        boolean complained = false;
        while (!closing) {
            try (KafkaConsumer<byte[], byte[]> opened = new KafkaConsumer<>(
                            kafka.reader(Map.of("max.poll.records", "5000", "client.id", "leat-gateway-" + topic)),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer());
                    TopicIdentity identity = new TopicIdentity(admin(), topic)) {
                consumer = opened;
                follow(opened, identity);
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

    /** Reads until it is to end, or the topic is another. */
    private void follow(KafkaConsumer<byte[], byte[]> opened, TopicIdentity topicIdentity) throws InterruptedException {
        int count = opened.partitionsFor(topic).size();
        if (count == 0) {
            throw new UnknownTopicOrPartitionException("no such topic");
        }
        List<TopicPartition> partitions = BackReader.partitions(topic, count);
        opened.assign(partitions);
        String identity = topicIdentity.ask();
        OpenLog log = open;
        if (log == null || (!identity.isEmpty() && !identity.equals(log.identity()))) {
            log = anew(log, identity, ends(opened, partitions));
        }
        seek(opened, log.end());
        long awaited = System.nanoTime() - LINGER.toNanos();
        while (!closing && !topicIdentity.isOther(log.identity())) {
            if (log.hasReaders()) {
                awaited = System.nanoTime();
            } else if (System.nanoTime() - awaited >= LINGER.toNanos()) {
                log.rest(POLL);
                continue;
            }
            if (log.isResting()) {
                log.goOnFrom(ends(opened, partitions));
                seek(opened, log.end());
            }
            var records = opened.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> rec : records) {
                if (rec.value() != null && rec.key() != null) {
                    log.add(rec.partition(), rec.offset(), rec.key(), rec.value());
                }
            }
            if (!records.isEmpty()) {
                log.moved();
            }
        }
    }

    private static void seek(KafkaConsumer<byte[], byte[]> opened, Place from) {
        opened.assignment().forEach(partition -> opened.seek(partition, from.next(partition.partition())));
    }

    /** Readers of the log there was end, and come again. */
    private OpenLog anew(@Nullable OpenLog former, String identity, Place end) {
        int count = end.next().length;
        OpenLog log = new OpenLog(
                identity,
                count,
                new Ring(end, RING_COUNT, RING_BYTES),
                new BackReader(kafka, topic, count, PAST_CONSUMERS),
                new BackReader(kafka, topic, count, 1),
                compactionLag(),
                clock);
        open = log;
        if (former != null) {
            LOG.warn("{} has been made anew: its readers begin anew too", topic);
            former.finish();
        }
        return log;
    }

    private static Place ends(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        long[] next = new long[partitions.size()];
        consumer.endOffsets(partitions).forEach((partition, end) -> next[partition.partition()] = end);
        return Place.at(next);
    }

    private Admin admin() {
        return Admin.create(kafka.with(Map.of("default.api.timeout.ms", "4000", "request.timeout.ms", "3000")));
    }

    /** How long the topic keeps every change; without the right to ask, no place is taken to be thinned out. */
    private long compactionLag() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
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
        OpenLog now = open;
        if (now != null) {
            now.finish();
        }
    }
}

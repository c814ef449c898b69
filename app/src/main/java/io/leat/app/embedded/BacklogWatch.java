package io.leat.app.embedded;

import io.leat.app.embedded.Figures.Behind;
import io.leat.core.EventProgress.Extent;
import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import io.leat.job.read.Lookout;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Sees what the raw partitions hold that the job has not read: asks the broker where they end, and when it took the oldest
 * record that waits. Works on a thread of its own; any thread may ask {@link #behind}.
 *
 * <p>Limits: of the partitions that are behind it asks the {@value #MOST_ASKED} with most records for their oldest.
 */
final class BacklogWatch implements AutoCloseable {

    private static final int MOST_ASKED = 16;
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final long PARTITIONS_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long STALE_MILLIS = 10_000;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int ANSWER_SECONDS = 5;

    private final Broker broker;
    private final String topic;
    private final Supplier<Map<Integer, Long>> nextOffsets;
    private final InstantSource clock;
    private final Kept work;
    private volatile boolean ending;

    private volatile Seen seen = new Seen(0, Map.of(), Long.MAX_VALUE, -1);

    /**
     * What the broker said.
     *
     * @param at when, milliseconds since 1970; 0 for never
     * @param takenMillis when it took the oldest record that was not read then; {@link Long#MAX_VALUE} if there was none
     * @param partition where that one stands
     */
    private record Seen(long at, Map<Integer, Extent> extents, long takenMillis, int partition) {}

    /**
     * Begins to look.
     *
     * @param nextOffsets how far the job has read
     * @param keeper keeps the thread
     */
    BacklogWatch(
            Broker broker, String topic, Supplier<Map<Integer, Long>> nextOffsets, InstantSource clock, Keeper keeper) {
        this.broker = broker;
        this.topic = topic;
        this.nextOffsets = nextOffsets;
        this.clock = clock;
        this.work = keeper.keep("backlog of " + topic, this::look);
    }

    /**
     * What is not read yet; {@link Behind#UNKNOWN} if the broker has not said for long where the partitions end.
     *
     * @param next how far the job has read
     */
    Behind behind(Map<Integer, Long> next) {
        Seen last = seen;
        long now = clock.millis();
        if (now - last.at() > STALE_MILLIS) {
            return Behind.UNKNOWN;
        }
        List<Unread> unread = unread(last.extents(), next);
        if (unread.isEmpty()) {
            return Behind.NOTHING;
        }
        long records = unread.stream().mapToLong(Unread::records).sum();
        return last.partition() < 0
                ? new Behind(
                        true,
                        records,
                        Math.max(0, now - last.at()),
                        unread.get(0).partition())
                : new Behind(true, records, Math.max(0, now - last.takenMillis()), last.partition());
    }

    private void look() throws InterruptedException {
        Properties client = new Properties();
        client.putAll(broker.settings(Map.of(
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "allow.auto.create.topics", "false",
                "max.partition.fetch.bytes", "1",
                "request.timeout.ms", "4000",
                "default.api.timeout.ms", "5000")));
        try (Admin admin = broker.admin();
                Lookout lookout = new Lookout(client, () -> System.nanoTime() / 1_000_000, LOOK_EVERY_MILLIS);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = Set.of();
            long partitionsAt = 0;
            while (!ending) {
                if (partitions.isEmpty() || System.nanoTime() - partitionsAt > PARTITIONS_EVERY_NANOS) {
                    partitions = partitions(admin);
                    partitionsAt = System.nanoTime();
                }
                Lookout.Sight sight = lookout.look(partitions);
                if (sight != null) {
                    seen = oldest(sight.extents(), consumer);
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not say where " + topic + " ends", e);
        }
    }

    private Set<TopicPartition> partitions(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<TopicPartition> all = new HashSet<>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .values()
                .forEach(found -> found.partitions()
                        .forEach(partition -> all.add(new TopicPartition(topic, partition.partition()))));
        return all;
    }

    private record Unread(int partition, long from, long records) {}

    /** Those with most records first. */
    private static List<Unread> unread(Map<Integer, Extent> extents, Map<Integer, Long> next) {
        return extents.entrySet().stream()
                .map(each -> {
                    long from = Math.max(
                            next.getOrDefault(each.getKey(), 0L),
                            each.getValue().first());
                    return new Unread(each.getKey(), from, each.getValue().next() - from);
                })
                .filter(each -> each.records() > 0)
                .sorted(Comparator.comparingLong(Unread::records).reversed())
                .toList();
    }

    private Seen oldest(Map<Integer, Extent> extents, KafkaConsumer<byte[], byte[]> consumer) {
        List<Unread> unread = unread(extents, nextOffsets.get());
        long oldest = Long.MAX_VALUE;
        int worst = -1;
        for (Unread each : unread.subList(0, Math.min(MOST_ASKED, unread.size()))) {
            Long taken = taken(each, consumer);
            if (taken != null && taken < oldest) {
                oldest = taken;
                worst = each.partition();
            }
        }
        return new Seen(clock.millis(), Map.copyOf(extents), oldest, worst);
    }

    /** When the broker took the first record from there on; {@code null} if it does not say. */
    private @Nullable Long taken(Unread unread, KafkaConsumer<byte[], byte[]> consumer) {
        TopicPartition place = new TopicPartition(topic, unread.partition());
        consumer.assign(List.of(place));
        consumer.seek(place, unread.from());
        for (int i = 0; i < POLLS; i++) {
            for (ConsumerRecord<byte[], byte[]> first : consumer.poll(POLL)) {
                return first.timestamp();
            }
        }
        return null;
    }

    @Override
    public void close() {
        work.end(() -> ending = true, PATIENCE);
    }
}

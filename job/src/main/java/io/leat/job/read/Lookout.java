package io.leat.job.read;

import io.leat.core.EventProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Looks where partitions begin and end. Behind the last record may stand what no reader is given, such as the marks of
 * transactions; of a partition that has stopped growing they are told apart. Used by one thread, but for {@link #close}.
 */
public final class Lookout implements AutoCloseable {

    private static final long FIRST_STRETCH = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Properties client;
    private final IsolationLevel isolation;
    private final LongSupplier millis;
    private final long lookEveryMillis;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, Long> lastRecords = new HashMap<>();
    private long lookedAt = Long.MIN_VALUE;
    private volatile @Nullable Admin admin;

    /** Where partitions were seen to begin and end. */
    public record Sight(Map<Integer, EventProgress.Extent> extents) {}

    /**
     * @param client settings of the Kafka clients, with the broker's address
     * @param millis a clock that stands still for nobody
     * @param lookEveryMillis how often it is meant to look; what comes much sooner is made up for a standstill and skipped
     */
    public Lookout(Properties client, LongSupplier millis, long lookEveryMillis) {
        this.client = new Properties();
        this.client.putAll(client);
        this.isolation = "read_committed".equals(client.getProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG))
                ? IsolationLevel.READ_COMMITTED
                : IsolationLevel.READ_UNCOMMITTED;
        this.millis = millis;
        this.lookEveryMillis = lookEveryMillis;
    }

    /** @return {@code null} if there is nothing to look at now */
    public @Nullable Sight look(Set<TopicPartition> places) throws ExecutionException, InterruptedException {
        long now = millis.getAsLong();
        if (places.isEmpty() || (lookedAt != Long.MIN_VALUE && now - lookedAt < lookEveryMillis / 2)) {
            return null;
        }
        lookedAt = now;
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        places.forEach(place -> {
            earliest.put(place, OffsetSpec.earliest());
            latest.put(place, OffsetSpec.latest());
        });
        Admin asking = admin();
        var first = asking.listOffsets(earliest, new ListOffsetsOptions(isolation));
        var next = asking.listOffsets(latest, new ListOffsetsOptions(isolation));
        Map<Integer, EventProgress.Extent> extents = new HashMap<>();
        for (TopicPartition place : places) {
            long from = first.partitionResult(place).get().offset();
            long end = next.partitionResult(place).get().offset();
            extents.put(place.partition(), new EventProgress.Extent(from, lastRecordEnd(place, from, end)));
        }
        return new Sight(extents);
    }

    private long lastRecordEnd(TopicPartition place, long from, long end) {
        Long before = ends.put(place, end);
        if (before == null || before != end || from >= end) {
            lastRecords.remove(place);
            return end;
        }
        return lastRecords.computeIfAbsent(place, any -> findLastRecordEnd(place, from, end));
    }

    private long findLastRecordEnd(TopicPartition place, long from, long end) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(reading(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(place));
            for (long stretch = FIRST_STRETCH; ; stretch *= FIRST_STRETCH) {
                long start = Math.max(from, end - stretch);
                long found = lastRecordEnd(consumer, place, start, end);
                if (found > start || start == from) {
                    return found;
                }
            }
        }
    }

    /** @return {@code start} if no record stands there or beyond; {@code end} if that is not known */
    private long lastRecordEnd(KafkaConsumer<byte[], byte[]> consumer, TopicPartition place, long start, long end) {
        consumer.seek(place, start);
        long found = start;
        long until = millis.getAsLong() + PATIENCE.toMillis();
        while (consumer.position(place) < end) {
            if (millis.getAsLong() > until) {
                return end;
            }
            for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(Duration.ofMillis(100))) {
                found = rec.offset() + 1;
            }
        }
        return found;
    }

    private Properties reading() {
        Properties reading = new Properties();
        reading.putAll(client);
        reading.remove(ConsumerConfig.GROUP_ID_CONFIG);
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return reading;
    }

    private Admin admin() {
        Admin open = admin;
        if (open == null) {
            open = Admin.create(client);
            admin = open;
        }
        return open;
    }

    @Override
    public void close() {
        Admin open = admin;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }
}

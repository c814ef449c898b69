package io.leat.app.log;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A part of a raw topic, by the broker's time.
 *
 * @param topic its name
 * @param from the first moment, {@code null} for the oldest record there is
 * @param to the first moment that is no longer part of it, {@code null} for the end as it is at the start of reading
 */
public record RawRange(String topic, @Nullable Instant from, @Nullable Instant to) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * Reads it once, in no group, and leaves no trace.
     *
     * @param stop whether to end early
     * @throws Failure if there is no such topic
     */
    public void read(Broker broker, Consumer<ConsumerRecord<byte[], byte[]>> taker, BooleanSupplier stop) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.settings(Map.of(
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "allow.auto.create.topics", "false",
                        "max.poll.records", "5000")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    TopicPartitions.of(consumer, topic, "There is no topic '%s'.".formatted(topic));
            consumer.assign(partitions);
            Map<TopicPartition, Long> starts =
                    places(consumer, partitions, from, consumer.beginningOffsets(partitions));
            Map<TopicPartition, Long> ends = places(consumer, partitions, to, consumer.endOffsets(partitions));
            starts.forEach(consumer::seek);
            while (!stop.getAsBoolean()
                    && partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                for (ConsumerRecord<byte[], byte[]> scrape : consumer.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(scrape.topic(), scrape.partition());
                    if (scrape.offset() < ends.getOrDefault(partition, 0L)) {
                        taker.accept(scrape);
                    }
                }
            }
        }
    }

    private static Map<TopicPartition, Long> places(
            KafkaConsumer<?, ?> consumer,
            List<TopicPartition> partitions,
            @Nullable Instant moment,
            Map<TopicPartition, Long> otherwise) {
        if (moment == null) {
            return otherwise;
        }
        Map<TopicPartition, Long> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, moment.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked, PATIENCE);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> places = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            places.put(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
        }
        return places;
    }
}

package io.leat.gateway.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is in a topic of one partition. Uses the caller's thread. */
public final class StoredTopic {

    private static final Duration POLL = Duration.ofMillis(200);

    private StoredTopic() {}

    /**
     * Reads everything up to the end as it is now.
     *
     * @param settings of a consumer without a group
     * @param sinceMillis the first moment of interest, milliseconds since 1970; 0 for the beginning
     */
    public static void read(
            Map<String, Object> settings,
            String topic,
            long sinceMillis,
            Consumer<ConsumerRecord<byte[], byte[]>> records) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            OffsetAndTimestamp first =
                    consumer.offsetsForTimes(Map.of(partition, sinceMillis)).get(partition);
            consumer.seek(partition, first == null ? end : first.offset());
            while (consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(records);
            }
        }
    }
}

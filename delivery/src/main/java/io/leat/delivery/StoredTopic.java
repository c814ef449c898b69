package io.leat.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is in a topic of one partition. Uses the caller's thread. */
final class StoredTopic {

    private static final Duration POLL = Duration.ofMillis(200);

    private StoredTopic() {}

    /**
     * Where to begin: at both, whatever is later.
     *
     * @param offset 0 for the beginning
     * @param sinceMillis milliseconds since 1970; 0 for the beginning
     */
    record Place(long offset, long sinceMillis) {
        static final Place BEGINNING = new Place(0, 0);
    }

    /**
     * Reads up to the end as it is now, or until the reader has enough.
     *
     * @param settings of a consumer without a group
     * @param reader takes a record; false if it is to be the last
     * @return the offset to go on at
     */
    static long read(
            Map<String, Object> settings, String topic, Place from, Predicate<ConsumerRecord<byte[], byte[]>> reader) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(partition, from.sinceMillis()))
                    .get(partition);
            consumer.seek(partition, Math.max(from.offset(), first == null ? end : first.offset()));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
                    if (!reader.test(rec)) {
                        return rec.offset() + 1;
                    }
                }
            }
            return Math.max(end, from.offset());
        }
    }
}

package io.leat.app.feeding;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where a raw topic ended at one moment.
 *
 * @param offsets the offset after the last record, for each partition that holds records
 */
record RawEnd(Map<Integer, Long> offsets) {

    RawEnd {
        offsets = Map.copyOf(offsets);
    }

    static RawEnd of(Broker broker, String topic, int partitions) {
        Map<Integer, Long> offsets = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.settings(Map.of(
                        "enable.auto.commit",
                        "false",
                        "allow.auto.create.topics",
                        "false",
                        "isolation.level",
                        "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            for (int partition = 0; partition < partitions; partition++) {
                ConsumerRecord<byte[], byte[]> last =
                        RawTail.last(consumer, new TopicPartition(topic, partition), any -> true);
                if (last != null) {
                    offsets.put(partition, last.offset() + 1);
                }
            }
            return new RawEnd(offsets);
        } catch (KafkaException e) {
            throw unknown(topic, e);
        }
    }

    static int partitions(Broker broker, String topic) {
        try (Admin admin = broker.admin()) {
            var found =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            return found == null ? 0 : found.partitions().size();
        } catch (ExecutionException e) {
            throw unknown(topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(topic, e);
        }
    }

    private static Failure unknown(String topic, Exception cause) {
        return Failure.runtime(
                        "LEAT-414",
                        "Kafka does not say where the topic %s ends: %s.".formatted(topic, cause.getMessage()),
                        "Check that the broker is up; the same command goes on where this one stopped.")
                .because(cause);
    }

    /** Whether everything before it has been read. */
    boolean isReached(Map<Integer, Long> nextOffsets) {
        return offsets.entrySet().stream()
                .allMatch(end -> nextOffsets.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
}

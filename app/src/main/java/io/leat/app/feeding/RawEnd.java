package io.leat.app.feeding;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

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
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            earliest.put(new TopicPartition(topic, partition), OffsetSpec.earliest());
        }
        try (Admin admin = broker.admin()) {
            Map<TopicPartition, ListOffsetsResultInfo> last =
                    admin.listOffsets(latest).all().get();
            Map<Integer, Long> offsets = new HashMap<>();
            admin.listOffsets(earliest).all().get().forEach((partition, first) -> {
                ListOffsetsResultInfo end = last.get(partition);
                if (end != null && end.offset() > first.offset()) {
                    offsets.put(partition.partition(), end.offset());
                }
            });
            return new RawEnd(offsets);
        } catch (ExecutionException e) {
            throw unknown(topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

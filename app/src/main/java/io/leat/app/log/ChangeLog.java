package io.leat.app.log;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a change log: committed changes only, every partition, in no group. For one thread. */
public final class ChangeLog implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> endAtStart;

    private ChangeLog(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> endAtStart) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.endAtStart = endAtStart;
    }

    /** Where to begin. */
    public sealed interface Start {

        /** The oldest change that is kept. */
        record Earliest() implements Start {}

        /** What comes from now on. */
        record Now() implements Start {}

        /** Changes written at this moment or later. */
        record At(Instant moment) implements Start {}
    }

    /**
     * Opens a change log.
     *
     * @throws Failure if there is none
     */
    public static ChangeLog open(Broker broker, String topic, Start start) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.settings(Map.of(
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "allow.auto.create.topics", "false",
                        "fetch.max.wait.ms", "100",
                        "max.poll.records", "5000")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions =
                    TopicPartitions.of(consumer, topic, "There is no change log '%s' yet.".formatted(topic));
            consumer.assign(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions, PATIENCE);
            seek(consumer, partitions, end, start);
            return new ChangeLog(consumer, partitions, end);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private static void seek(
            KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> end, Start start) {
        if (start instanceof Start.Now) {
            end.forEach(consumer::seek);
        } else if (start instanceof Start.At at) {
            Map<TopicPartition, Long> moments = new java.util.HashMap<>();
            partitions.forEach(partition -> moments.put(partition, at.moment().toEpochMilli()));
            Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(moments, PATIENCE);
            for (TopicPartition partition : partitions) {
                OffsetAndTimestamp first = found.get(partition);
                consumer.seek(partition, first == null ? end.getOrDefault(partition, 0L) : first.offset());
            }
        } else {
            consumer.seekToBeginning(partitions);
        }
    }

    /** The values of the next changes, none if there are none in time. */
    public List<byte[]> poll(Duration patience) {
        return records(patience).stream().map(ConsumerRecord::value).toList();
    }

    /** The next changes with their headers, none if there are none in time. */
    public List<ConsumerRecord<byte[], byte[]>> records(Duration patience) {
        List<ConsumerRecord<byte[], byte[]>> changes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> change : consumer.poll(patience)) {
            if (change.value() != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Passes over all that comes before the newest changes: about so many of each partition are left to be read. */
    public void skipTo(int newest) {
        consumer.endOffsets(partitions, PATIENCE)
                .forEach((partition, end) ->
                        consumer.seek(partition, Math.max(consumer.position(partition), end - newest)));
    }

    /** Whether everything that was there at the opening has been read. Transaction markers have a place and no value. */
    public boolean isAtEnd() {
        return partitions.stream()
                .allMatch(partition -> consumer.position(partition) >= endAtStart.getOrDefault(partition, 0L));
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}

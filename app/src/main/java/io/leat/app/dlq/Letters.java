package io.leat.app.dlq;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import io.leat.format.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The dead letters of a feed, as they stand in its topic: each once, however often a replay wrote it, and none that was sent
 * again. Memory is needed for their ids only. Uses the caller's thread.
 */
public final class Letters {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Broker broker;
    private final String topic;

    public Letters(Broker broker, String topic) {
        this.broker = broker;
        this.topic = topic;
    }

    /**
     * Gives every letter that the filter takes, in the order of the topic.
     *
     * @throws Failure if there is no such topic
     */
    public void forEach(LetterFilter filter, Consumer<Letter> reader) {
        Map<String, String> newest = new HashMap<>();
        Set<String> redriven = new HashSet<>();
        scan(rec -> {
            String key = key(rec);
            if (key.startsWith(DeadLetterHeaders.MARK)) {
                redriven.add(key.substring(DeadLetterHeaders.MARK.length()));
            } else {
                newest.put(key, place(rec));
            }
        });
        scan(rec -> {
            String key = key(rec);
            if (rec.value() != null && !redriven.contains(key) && place(rec).equals(newest.get(key))) {
                Letter letter = Letter.of(key, rec);
                if (filter.takes(letter)) {
                    reader.accept(letter);
                }
            }
        });
    }

    private static String key(ConsumerRecord<byte[], byte[]> rec) {
        return rec.key() == null ? "" : new String(rec.key(), StandardCharsets.UTF_8);
    }

    private static String place(ConsumerRecord<byte[], byte[]> rec) {
        return rec.partition() + "-" + rec.offset();
    }

    private void scan(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (Reading reading = open()) {
            Map<TopicPartition, Long> end = reading.consumer().endOffsets(reading.partitions(), PATIENCE);
            reading.consumer().seekToBeginning(reading.partitions());
            while (reading.partitions().stream()
                    .anyMatch(partition -> reading.consumer().position(partition) < end.getOrDefault(partition, 0L))) {
                reading.consumer().poll(POLL).forEach(reader);
            }
        } catch (KafkaException e) {
            throw Failure.runtime(
                            "LEAT-430",
                            "The dead letters cannot be read: %s.".formatted(e.getMessage()),
                            "Check that the broker is up and that reading '%s' is allowed.".formatted(topic))
                    .because(e);
        }
    }

    private record Reading(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
            implements AutoCloseable {
        @Override
        public void close() {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }

    private Reading open() {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.settings(Map.of(
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "allow.auto.create.topics", "false")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var found = consumer.listTopics(PATIENCE).get(topic);
        if (found == null || found.isEmpty()) {
            consumer.close();
            throw Failure.environment(
                    "LEAT-431",
                    "There are no dead letters under '%s'.".formatted(topic),
                    "Start the feed with 'leat run', with the same --data or --kafka.");
        }
        List<TopicPartition> partitions = found.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        return new Reading(consumer, partitions);
    }
}

package io.leat.app.trace;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import io.leat.app.log.TopicPartitions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What a topic holds at the moment, once: committed records, from where each partition begins to where it ended at the opening.
 * Each partition is in its order; among partitions the broker's time decides. In no group, and without a trace. For one thread.
 */
public final class PastTopic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MOST_AHEAD = 5_000;

    private final String topic;
    private final Patience patience;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Part> parts = new ArrayList<>();

    /** A partition and its records that were read ahead. */
    private record Part(TopicPartition partition, long first, long end, Deque<ConsumerRecord<byte[], byte[]>> ahead) {}

    private PastTopic(String topic, Patience patience, KafkaConsumer<byte[], byte[]> consumer) {
        this.topic = topic;
        this.patience = patience;
        this.consumer = consumer;
    }

    /**
     * Opens it.
     *
     * @throws Failure if there is no such topic
     */
    public static PastTopic open(Broker broker, String topic, Patience patience) {
        PastTopic past = new PastTopic(
                topic,
                patience,
                new KafkaConsumer<>(
                        broker.settings(Map.of(
                                "isolation.level", "read_committed",
                                "enable.auto.commit", "false",
                                "auto.offset.reset", "earliest",
                                "allow.auto.create.topics", "false",
                                "max.poll.records", "5000")),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()));
        try {
            past.assign();
            return past;
        } catch (RuntimeException e) {
            past.close();
            throw e;
        }
    }

    /**
     * One record; {@code null} if there is none at that place.
     *
     * @throws Failure if there is no such topic
     */
    static @Nullable ConsumerRecord<byte[], byte[]> at(
            Broker broker, String topic, int partition, long offset, Patience patience) {
        try (PastTopic past = open(broker, topic, patience)) {
            TopicPartition place = new TopicPartition(topic, partition);
            past.parts.removeIf(part -> !part.partition().equals(place));
            if (past.parts.isEmpty() || offset < past.parts.get(0).first()) {
                return null;
            }
            past.consumer.assign(List.of(place));
            past.consumer.seek(place, offset);
            ConsumerRecord<byte[], byte[]> found = past.take();
            return found == null || found.offset() != offset ? null : found;
        }
    }

    private void assign() {
        List<TopicPartition> partitions =
                TopicPartitions.of(consumer, topic, "There is no topic '%s'.".formatted(topic));
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions, PATIENCE);
        for (TopicPartition each : partitions) {
            long begins = first.getOrDefault(each, 0L);
            consumer.seek(each, begins);
            parts.add(new Part(each, begins, end.getOrDefault(each, 0L), new ArrayDeque<>()));
        }
    }

    /** Where each partition begins and ends. */
    List<Trace.Span> spans() {
        return parts.stream()
                .map(part -> new Trace.Span(part.partition().partition(), part.first(), part.end()))
                .toList();
    }

    /** The first offset of each partition. */
    Map<Integer, Long> firstOffsets() {
        Map<Integer, Long> first = new TreeMap<>();
        parts.forEach(part -> first.put(part.partition().partition(), part.first()));
        return first;
    }

    /** The next record, without taking it; {@code null} at the end. */
    public @Nullable ConsumerRecord<byte[], byte[]> peek() {
        Part next = next();
        return next == null ? null : next.ahead().peekFirst();
    }

    /** Takes the next record; {@code null} at the end. */
    public @Nullable ConsumerRecord<byte[], byte[]> take() {
        Part next = next();
        return next == null ? null : next.ahead().pollFirst();
    }

    private @Nullable Part next() {
        while (parts.stream().anyMatch(this::isWanting)) {
            read();
        }
        Part next = null;
        for (Part part : parts) {
            ConsumerRecord<byte[], byte[]> head = part.ahead().peekFirst();
            ConsumerRecord<byte[], byte[]> best =
                    next == null ? null : next.ahead().peekFirst();
            if (head != null && (best == null || head.timestamp() < best.timestamp())) {
                next = part;
            }
        }
        return next;
    }

    private boolean isWanting(Part part) {
        return part.ahead().isEmpty() && !isRead(part);
    }

    private boolean isRead(Part part) {
        return consumer.position(part.partition()) >= part.end();
    }

    private void read() {
        patience.check();
        for (Part part : parts) {
            if (isRead(part) || part.ahead().size() >= MOST_AHEAD) {
                consumer.pause(List.of(part.partition()));
            } else {
                consumer.resume(List.of(part.partition()));
            }
        }
        var records = consumer.poll(POLL);
        for (Part part : parts) {
            records.records(part.partition()).stream()
                    .filter(rec -> rec.offset() < part.end())
                    .forEach(part.ahead()::add);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}

package io.leat.job.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the committed records of all partitions up to where they ended at the beginning. What former writers have open there is
 * ended by the subtasks that own the partitions.
 */
final class WholeLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final LogOffsets offsets;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> places;

    WholeLog(LogSettings settings, LogOffsets offsets) {
        this.offsets = offsets;
        this.consumer = new KafkaConsumer<>(Clients.tailConsumer(settings));
        this.places = consumer.partitionsFor(settings.topic()).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
    }

    void read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        places.forEach(place -> ends.put(place, offsets.end(place)));
        consumer.assign(places);
        consumer.seekToBeginning(places);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ends.isEmpty()) {
            boolean moved = false;
            for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
                moved = true;
                Long end = ends.get(new TopicPartition(rec.topic(), rec.partition()));
                if (end != null && rec.offset() < end) {
                    each.accept(rec);
                }
            }
            moved |= ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            consumer.pause(
                    places.stream().filter(place -> !ends.containsKey(place)).toList());
            if (moved) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no progress reading " + ends.keySet());
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}

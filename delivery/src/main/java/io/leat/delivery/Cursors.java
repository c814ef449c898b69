package io.leat.delivery;

import io.leat.delivery.lane.Cursor;
import io.leat.delivery.lane.CursorText;
import io.leat.format.webhook.WebhookTopics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * How far each client is: offsets of a consumer group of its own, so that Kafka's tools show its lag. Thread-safe.
 */
final class Cursors {

    private final Admin admin;
    private final WebhookTopics topics;
    private final String changes;

    Cursors(Admin admin, WebhookTopics topics, String changes) {
        this.admin = admin;
        this.topics = topics;
        this.changes = changes;
    }

    CompletionStage<Void> commit(String subscription, int partition, Cursor cursor) {
        TopicPartition at = new TopicPartition(changes, partition);
        OffsetAndMetadata offset = new OffsetAndMetadata(cursor.position(), CursorText.write(cursor));
        return admin.alterConsumerGroupOffsets(topics.cursors(subscription), Map.of(at, offset))
                .partitionResult(at)
                .toCompletionStage();
    }

    /** The cursors there are, by subscription and partition. Waits for the broker. */
    Map<String, Map<Integer, Cursor>> load(Collection<String> subscriptions, Collection<Integer> partitions) {
        Map<String, Map<Integer, Cursor>> found = new HashMap<>();
        if (subscriptions.isEmpty() || partitions.isEmpty()) {
            return found;
        }
        List<TopicPartition> asked =
                partitions.stream().map(p -> new TopicPartition(changes, p)).toList();
        Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
        subscriptions.forEach(
                name -> specs.put(topics.cursors(name), new ListConsumerGroupOffsetsSpec().topicPartitions(asked)));
        try {
            var all = admin.listConsumerGroupOffsets(specs).all().get();
            for (String name : subscriptions) {
                Map<Integer, Cursor> mine = new HashMap<>();
                all.getOrDefault(topics.cursors(name), Map.of()).forEach((partition, offset) -> {
                    if (offset != null) {
                        mine.put(partition.partition(), CursorText.read(offset.offset(), offset.metadata()));
                    }
                });
                found.put(name, mine);
            }
            return found;
        } catch (ExecutionException e) {
            throw new org.apache.kafka.common.KafkaException("the cursors cannot be read", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

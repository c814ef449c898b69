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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * How far each client is: offsets of a consumer group of its own, so that Kafka's tools show its lag. Thread-safe.
 */
final class Cursors {

    private static final String REVISION = "r";
    private static final char END = ';';

    private final Admin admin;
    private final WebhookTopics topics;
    private final String changes;

    Cursors(Admin admin, WebhookTopics topics, String changes) {
        this.admin = admin;
        this.topics = topics;
        this.changes = changes;
    }

    /**
     * Commits.
     *
     * @param subscription its {@link Standing#id}
     * @param revision what the lane follows, so that others can tell
     */
    CompletionStage<Void> commit(String subscription, int partition, Cursor cursor, long revision) {
        TopicPartition at = new TopicPartition(changes, partition);
        OffsetAndMetadata offset = new OffsetAndMetadata(
                cursor.position(), REVISION + Long.toString(revision) + END + CursorText.write(cursor));
        return admin.alterConsumerGroupOffsets(topics.cursors(subscription), Map.of(at, offset))
                .partitionResult(at)
                .toCompletionStage();
    }

    /**
     * A cursor as it was committed.
     *
     * @param revision of the subscription as its lane followed it; {@link Standing#UNWRITTEN} if that was not said
     */
    record Committed(Cursor cursor, long revision) {}

    /** The cursors there are, by {@link Standing#id} and partition. Waits for the broker. */
    Map<String, Map<Integer, Committed>> load(Collection<String> subscriptions, Collection<Integer> partitions) {
        Map<String, Map<Integer, Committed>> found = new HashMap<>();
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
                Map<Integer, Committed> mine = new HashMap<>();
                all.getOrDefault(topics.cursors(name), Map.of()).forEach((partition, offset) -> {
                    if (offset != null) {
                        mine.put(partition.partition(), read(offset.offset(), offset.metadata()));
                    }
                });
                found.put(name, mine);
            }
            return found;
        } catch (ExecutionException e) {
            throw new KafkaException("the cursors cannot be read", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Committed read(long offset, String metadata) {
        int end = metadata.startsWith(REVISION) ? metadata.indexOf(END) : -1;
        if (end < 0) {
            return new Committed(CursorText.read(offset, metadata), Standing.UNWRITTEN);
        }
        try {
            long revision = Long.parseLong(metadata.substring(REVISION.length(), end));
            return new Committed(CursorText.read(offset, metadata.substring(end + 1)), revision);
        } catch (NumberFormatException e) {
            return new Committed(Cursor.at(0, offset), Standing.UNWRITTEN);
        }
    }

    /** Forgets how far a subscription was that is no more. Waits for the broker. */
    void forget(String subscription) {
        try {
            admin.deleteConsumerGroups(List.of(topics.cursors(subscription)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new KafkaException("the cursor cannot be forgotten", e.getCause());
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

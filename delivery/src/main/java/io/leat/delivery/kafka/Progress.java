package io.leat.delivery.kafka;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one partition of a sink is, in the client's cluster itself: the offset of a group of its own, moved in the
 * transaction that writes the changes. Its metadata says of which log, epoch and topic it speaks; the offset is one of our
 * log, put down under the client's topic since Kafka takes it for topics that are there. Waits for the cluster.
 */
final class Progress {

    private final Cluster cluster;
    private final TopicPartition place;
    private final String id;
    private final String log;
    private final long epoch;

    /** @param log the id of the change log: another one of the same feed and sink has ids of its own */
    Progress(Cluster cluster, String topic, String sink, String log, int partition, long epoch) {
        this.cluster = cluster;
        this.place = new TopicPartition(topic, 0);
        this.id = sink + "-" + log + "-" + partition;
        this.log = log;
        this.epoch = epoch;
    }

    /** The transactional id of its writer, and its group. */
    String id() {
        return id;
    }

    /**
     * Where the changes that are written end; to be asked by who has fenced all others.
     *
     * @param from what holds if nothing is known
     * @throws IOException if the subscription was begun anew elsewhere
     */
    long find(String topicId, long from) throws IOException, ExecutionException, InterruptedException {
        OffsetAndMetadata found = cluster.offset(id, place);
        String[] words = found == null ? new String[0] : found.metadata().split(" ", -1);
        if (found == null || words.length != 3 || !words[0].equals(log) || !words[2].equals(topicId)) {
            return from;
        }
        long known = Long.parseLong(words[1]);
        if (known > epoch) {
            throw new IOException("the subscription was begun anew elsewhere");
        }
        return known < epoch ? from : Math.max(from, found.offset());
    }

    /** Moves it within the producer's transaction. */
    void move(Producer<byte[], byte[]> producer, String topicId, long position) {
        move(producer, id, place, new OffsetAndMetadata(position, log + " " + epoch + " " + topicId));
    }

    /** Moves any group within the producer's transaction. */
    @SuppressWarnings("removal") // the one way to name a group without joining it
    static void move(Producer<byte[], byte[]> producer, String group, TopicPartition place, OffsetAndMetadata offset) {
        producer.sendOffsetsToTransaction(
                Map.of(place, offset), new ConsumerGroupMetadata(group, -1, "", Optional.empty()));
    }
}

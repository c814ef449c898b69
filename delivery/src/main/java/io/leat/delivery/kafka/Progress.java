package io.leat.delivery.kafka;

import java.io.IOException;
import java.util.Base64;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one partition of a sink is, in the client's cluster itself: the offset of a group of its own, moved in the
 * transaction that writes the changes. Its metadata says of which log, epoch and topic it speaks, and where the last batch began; the
 * offset is one of our log, put down under the client's topic since Kafka takes it for topics that are there. Waits for the cluster.
 */
final class Progress {

    /** What the metadata says at least: log, epoch, topic, where the batch began, how many partitions. */
    private static final int WORDS = 5;

    private static final int HASH_BASE = 31;

    private final TopicPartition place;
    private final String id;
    private final String log;
    private final long epoch;

    /** @param log the id of the change log: another one of the same feed and sink has ids of its own */
    Progress(String topic, String sink, String log, int partition, long epoch) {
        this.place = place(topic);
        this.id = sink + "-" + log + "-" + partition;
        this.log = log;
        this.epoch = epoch;
    }

    /** Under what it is put down. */
    static TopicPartition place(String topic) {
        return new TopicPartition(topic, 0);
    }

    /** The transactional id of its writer, and its group. */
    String id() {
        return id;
    }

    /**
     * How far it is; to be asked by who has fenced all others.
     *
     * @param from what holds if nothing is known
     * @throws IOException if the subscription was begun anew elsewhere, or a transaction may still change it
     */
    Reached find(Markers markers, String topicId, long from)
            throws IOException, ExecutionException, InterruptedException {
        OffsetAndMetadata found = markers.offset();
        String[] words = found == null ? new String[0] : found.metadata().split(" ", -1);
        if (found == null || words.length < WORDS || !words[0].equals(log) || !words[2].equals(topicId)) {
            return Reached.nothingSince(from);
        }
        long known = Long.parseLong(words[1]);
        if (known > epoch) {
            throw new IOException("the subscription was begun anew elsewhere");
        }
        if (known < epoch || found.offset() < from) {
            return Reached.nothingSince(from);
        }
        Reached batch =
                Reached.batch(Math.max(from, Long.parseLong(words[3])), found.offset(), Integer.parseInt(words[4]));
        return words.length == WORDS
                ? batch
                : batch.without(BitSet.valueOf(Base64.getDecoder().decode(words[WORDS])));
    }

    /** Moves it within the producer's transaction. */
    void move(Producer<byte[], byte[]> producer, String topicId, Reached to) {
        String metadata = String.join(
                " ", log, Long.toString(epoch), topicId, Long.toString(to.begun()), Integer.toString(to.partitions()));
        String missing = to.missing().isEmpty()
                ? ""
                : " " + Base64.getEncoder().encodeToString(to.missing().toByteArray());
        move(producer, id, place, new OffsetAndMetadata(to.end(), metadata + missing));
    }

    /** Moves a group that nobody reads and that lies where ours does, within the producer's transaction. */
    void touchNeighbour(Producer<byte[], byte[]> producer) {
        move(producer, neighbour(id), place, new OffsetAndMetadata(0));
    }

    /** Another name with the same hash, by which Kafka chooses where a group lies. */
    static String neighbour(String group) {
        int last = group.length() - 1;
        return group.substring(0, last - 1)
                + (char) (group.charAt(last - 1) - 1)
                + (char) (group.charAt(last) + HASH_BASE);
    }

    /** Moves any group within the producer's transaction. */
    @SuppressWarnings("removal") // the one way to name a group without joining it
    static void move(Producer<byte[], byte[]> producer, String group, TopicPartition place, OffsetAndMetadata offset) {
        producer.sendOffsetsToTransaction(
                Map.of(place, offset), new ConsumerGroupMetadata(group, -1, "", Optional.empty()));
    }
}

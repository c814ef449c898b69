package io.leat.delivery.kafka;

import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.kafka.Markers.End;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a cluster has left open of a writer's last transaction ({@link Markers}), with no more rights than the writer has: the
 * end of a later transaction of the same producer ends it too, where both have written. Only the last one can hang, since a batch
 * counts as written only when it is shown. Should the process and a broker die once more while it is at work, changes of that
 * batch may be there twice.
 */
final class HangingTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);

    private final Producer<byte[], byte[]> producer;
    private final Progress progress;
    private final Markers markers;
    private final String topic;

    /** @param producer has fenced all others, and no transaction */
    HangingTransactions(Producer<byte[], byte[]> producer, Progress progress, Markers markers, String topic) {
        this.producer = producer;
        this.progress = progress;
        this.markers = markers;
        this.topic = topic;
    }

    /**
     * Ends what hangs, and says where the writer goes on. Of a batch that was committed, and is not shown in some partitions, it
     * aborts what those have; that it is to be told to them again is put down first.
     *
     * @param last how the last transaction ended
     * @param from what holds if nothing is known
     * @throws SinkRefusal if one hangs of which nobody knows how it ended
     */
    Reached end(End last, String topicId, long from) throws IOException, ExecutionException, InterruptedException {
        if (!markers.isGroupStable()) {
            endInGroup(last);
        }
        Reached reached = progress.find(markers, topicId, from);
        Map<Integer, Long> open = new TreeMap<>(markers.open());
        if (open.isEmpty()) {
            return reached;
        }
        if (reached.missing().isEmpty() && last == End.UNKNOWN) {
            Map.Entry<Integer, Long> one = open.entrySet().iterator().next();
            throw unknown(topic, Integer.toString(one.getKey()), Long.toString(one.getValue()));
        }
        if (reached.missing().isEmpty() && last == End.COMMITTED && reached.partitions() > 0) {
            reached = reached.without(Markers.set(open.keySet()));
            producer.beginTransaction();
            progress.move(producer, topicId, reached);
            producer.commitTransaction();
        }
        abort(open);
        return reached;
    }

    /** The end of a transaction comes to all groups of a partition of Kafka's own topic; another one there makes it come. */
    private void endInGroup(End last) throws IOException, ExecutionException, InterruptedException {
        if (last == End.UNKNOWN) {
            throw unknown("__consumer_offsets", "of the group " + progress.id(), "that find-hanging names");
        }
        LOG.warn("Ending a transaction that the cluster left open in the group {}", progress.id());
        producer.beginTransaction();
        progress.touchNeighbour(producer);
        if (last == End.COMMITTED) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
        if (!markers.isGroupStable()) {
            throw new IOException("the cluster does not end a transaction");
        }
    }

    /** A record that nobody sees who reads committed ones: it opens what is aborted then. */
    private void abort(Map<Integer, Long> open) throws IOException, ExecutionException, InterruptedException {
        LOG.warn("Ending a transaction that the cluster left open in {}, by partition and offset: {}", topic, open);
        producer.beginTransaction();
        byte[] key = progress.id().getBytes(StandardCharsets.UTF_8);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        open.keySet().forEach(partition -> sent.add(producer.send(new ProducerRecord<>(topic, partition, key, null))));
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            var unused = one.get();
        }
        producer.abortTransaction();
        markers.awaitNoneOpen();
    }

    private static SinkRefusal unknown(String topic, String partition, String offset) {
        return new SinkRefusal(
                SinkCode.TRANSACTION_HANGS,
                ("a transaction has no end in the topic %s, partition %s, and the cluster has forgotten whether it was committed:"
                                + " 'kafka-transactions.sh abort' it at the start offset %s, then 'leat sinks replay' from a time"
                                + " before it")
                        .formatted(topic, partition, offset));
    }
}

package io.leat.delivery.kafka;

import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.batch.BatchWriter;
import io.leat.delivery.batch.Durable;
import io.leat.delivery.batch.Letters;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.lane.Cursor;
import io.leat.delivery.lane.LogEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Writes one partition into a topic: a batch is durable once the cluster has each of its changes. With a place of its own in the
 * cluster, each batch is a transaction that moves it. Whatever fails, the producer is thrown away: the next one fences it, which
 * settles the transaction of unknown outcome, and finds in the cluster how far that one came.
 */
final class TopicWriter implements BatchWriter {

    private final Cluster cluster;
    private final Records records;
    private final @Nullable Supplier<Progress> placing;
    private final Letters letters;
    private final Map<Integer, Long> ends = new HashMap<>();
    private @Nullable Progress progress;
    private @Nullable Producer<byte[], byte[]> open;
    private String topicId;
    private long next;

    /**
     * A writer.
     *
     * @param placing how far it is in the cluster; asked with the first batch, may wait for our broker. {@code null} if a change
     *     may be there twice
     * @param from where the lane begins; its mark is the id of the topic that was written to
     */
    TopicWriter(Cluster cluster, Records records, @Nullable Supplier<Progress> placing, Cursor from, Letters letters) {
        this.cluster = cluster;
        this.records = records;
        this.placing = placing;
        this.letters = letters;
        this.topicId = from.mark();
        this.next = from.position();
    }

    @Override
    public Durable write(Batch batch) throws IOException {
        try {
            Producer<byte[], byte[]> producer = open;
            if (producer == null) {
                producer = open();
            }
            if (next > batch.position()) {
                return new Durable(next, true, topicId);
            }
            List<ProducerRecord<byte[], byte[]>> told = told(batch);
            if (!told.isEmpty()) {
                write(producer, told, batch.position());
            }
            next = batch.position();
            return new Durable(next, false, topicId);
        } catch (ExecutionException | RuntimeException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            drop(false);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Fences whoever was before, and finds its place. */
    private Producer<byte[], byte[]> open() throws IOException, ExecutionException, InterruptedException {
        String found = cluster.topicId();
        if (!topicId.isEmpty() && !topicId.equals(found)) {
            throw anew();
        }
        Progress known = progress;
        if (known == null && placing != null) {
            known = placing.get();
            progress = known;
        }
        Producer<byte[], byte[]> producer = cluster.producer(known == null ? null : known.id());
        open = producer;
        ends.clear();
        if (known != null) {
            producer.initTransactions();
            next = known.find(found, next);
        }
        topicId = found;
        return producer;
    }

    private List<ProducerRecord<byte[], byte[]>> told(Batch batch) throws IOException {
        List<ProducerRecord<byte[], byte[]>> told = new ArrayList<>();
        for (Arrival arrival : batch.arrivals()) {
            LogEntry change = arrival.change();
            if (change != null && arrival.offset() >= next) {
                try {
                    told.add(records.of(change));
                } catch (IllegalArgumentException | StackOverflowError e) {
                    letters.bury(change, "it cannot be read");
                }
            }
        }
        return told;
    }

    private void write(Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> told, long position)
            throws ExecutionException, InterruptedException {
        Progress moving = progress;
        if (moving != null) {
            producer.beginTransaction();
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>(told.size());
        told.forEach(rec -> sent.add(producer.send(rec)));
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            check(one.get());
        }
        if (moving != null) {
            moving.move(producer, topicId, position);
            producer.commitTransaction();
        }
    }

    /** A topic never takes back an offset: one that does is another of its name. */
    private void check(RecordMetadata written) {
        Long last = written.hasOffset() ? ends.put(written.partition(), written.offset()) : null;
        if (last != null && written.offset() <= last) {
            throw anew();
        }
    }

    private static SinkRefusal anew() {
        return new SinkRefusal(
                SinkCode.TOPIC_IS_ANOTHER,
                "the topic is not the one that was written to: it was made anew, or the feed file names another; 'leat sinks"
                        + " replay' begins with it at a time of your choice");
    }

    /** What becomes of a failure. */
    private IOException failed(Exception e) throws IOException {
        drop(e instanceof SinkRefusal || Fault.code(e) != null);
        return cluster.told(e);
    }

    /** @param politely whether the cluster is likely there to be told that a transaction is over */
    private void drop(boolean politely) {
        Producer<byte[], byte[]> producer = open;
        open = null;
        if (producer == null) {
            return;
        }
        try {
            if (politely && progress != null) {
                producer.abortTransaction();
            }
        } catch (RuntimeException e) {
            // there was none, or it ends by itself
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        drop(false);
    }
}

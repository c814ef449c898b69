package io.leat.delivery.kafka;

import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.batch.BatchLost;
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
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Writes one partition into a topic: a batch is durable once the cluster has each of its changes. With a place of its own in the
 * cluster, each batch is a transaction that moves it, and is durable once readers see it. Whatever fails, the producer is thrown
 * away: the next one fences it, which settles the transaction of unknown outcome, and finds in the cluster how far that one came.
 */
final class TopicWriter implements BatchWriter {

    private final Cluster cluster;
    private final Records records;
    private final @Nullable Supplier<Progress> placing;
    private final Letters letters;
    private final Map<Integer, Long> ends = new HashMap<>();
    private final List<ProducerRecord<byte[], byte[]>> again = new ArrayList<>();
    private @Nullable Progress progress;
    private @Nullable Markers markers;
    private Markers.End lastEnd = Markers.End.UNKNOWN;
    private Reached reached;
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
        this.reached = Reached.nothingSince(next);
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
            if (!tellAgain(producer, batch)) {
                return new Durable(next, false, topicId);
            }
            List<ProducerRecord<byte[], byte[]>> told = told(batch, next, Long.MAX_VALUE);
            if (!told.isEmpty()) {
                write(producer, told, batch.position());
            }
            next = batch.position();
            return new Durable(next, false, topicId);
        } catch (IOException | ExecutionException | RuntimeException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            drop(false);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Of a batch that some partitions have lost, tells those what it brought them, all at once as it was.
     *
     * @return false while more of it has to be read
     */
    private boolean tellAgain(Producer<byte[], byte[]> producer, Batch batch)
            throws IOException, ExecutionException, InterruptedException {
        if (reached.next() == reached.end()) {
            return true;
        }
        for (ProducerRecord<byte[], byte[]> rec : told(batch, next, reached.end())) {
            if (reached.isMissing(rec.key())) {
                again.add(rec);
            }
        }
        if (batch.position() < reached.end()) {
            return false;
        }
        write(producer, again, reached.end());
        again.clear();
        next = reached.end();
        return true;
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
        Markers looking = known == null ? null : looking(known);
        Producer<byte[], byte[]> producer = cluster.producer(known == null ? null : known.id());
        open = producer;
        ends.clear();
        if (known != null && looking != null) {
            producer.initTransactions();
            reached = new HangingTransactions(producer, known, looking, cluster.topic()).end(lastEnd, found, next);
            next = reached.next();
        }
        topicId = found;
        return producer;
    }

    /** Before the coordinator forgets how the last transaction ended. */
    private Markers looking(Progress known) throws ExecutionException, InterruptedException {
        Markers looking = markers;
        if (looking == null) {
            looking = cluster.markers(known.id());
            markers = looking;
        }
        Markers.End end = looking.last();
        lastEnd = end == Markers.End.UNKNOWN ? lastEnd : end;
        return looking;
    }

    private List<ProducerRecord<byte[], byte[]>> told(Batch batch, long from, long until) throws IOException {
        List<ProducerRecord<byte[], byte[]>> told = new ArrayList<>();
        for (Arrival arrival : batch.arrivals()) {
            LogEntry change = arrival.change();
            if (change != null && arrival.offset() >= from && arrival.offset() < until) {
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
            throws IOException, ExecutionException, InterruptedException {
        Progress moving = progress;
        if (moving != null) {
            lastEnd = Markers.End.UNKNOWN;
            producer.beginTransaction();
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>(told.size());
        told.forEach(rec -> sent.add(producer.send(rec)));
        producer.flush();
        Map<Integer, Long> written = new HashMap<>();
        for (Future<RecordMetadata> one : sent) {
            RecordMetadata at = one.get();
            check(at);
            written.merge(at.partition(), at.offset() + 1, Math::max);
        }
        if (moving != null) {
            int partitions = producer.partitionsFor(cluster.topic()).size();
            reached = Reached.batch(next, position, partitions);
            moving.move(producer, topicId, reached);
            producer.commitTransaction();
            Objects.requireNonNull(markers).awaitShown(written);
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
        IOException told = e instanceof IOException passing ? passing : cluster.told(e);
        return again.isEmpty() ? told : new BatchLost(told);
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
        if (markers != null) {
            markers.close();
        }
    }
}

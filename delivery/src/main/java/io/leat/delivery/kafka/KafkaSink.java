package io.leat.delivery.kafka;

import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.batch.BatchSink;
import io.leat.delivery.batch.BatchWriter;
import io.leat.delivery.batch.Letters;
import io.leat.delivery.batch.Log;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.lane.Cursor;
import io.leat.delivery.lane.LogEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A topic of a client's cluster. Thread-safe. */
public final class KafkaSink implements BatchSink {

    private final KafkaTopic terms;
    private final String name;
    private final Records records;
    private final Cluster cluster;
    private final Supplier<Log> log;

    /**
     * Opens it. Does not wait.
     *
     * @param sink the subscription's name among all there ever were
     * @param subscription one that goes to a topic
     * @param guard says which addresses may be connected to
     * @param log asks for the change log; may wait for the broker
     */
    public static KafkaSink open(String feed, String sink, Subscription subscription, Guard guard, Supplier<Log> log) {
        return open(feed, sink, subscription, terms -> new Cluster(terms, name(feed, sink), guard), log);
    }

    static KafkaSink open(
            String feed,
            String sink,
            Subscription subscription,
            Function<KafkaTopic, Cluster> reaching,
            Supplier<Log> log) {
        if (!(subscription.sink() instanceof KafkaTopic terms)) {
            throw new IllegalArgumentException(subscription.name() + " does not go to Kafka");
        }
        Records records = new Records(terms, subscription.fields(), feed);
        return new KafkaSink(terms, name(feed, sink), records, reaching.apply(terms), log);
    }

    private KafkaSink(KafkaTopic terms, String name, Records records, Cluster cluster, Supplier<Log> log) {
        this.terms = terms;
        this.name = name;
        this.records = records;
        this.cluster = cluster;
        this.log = log;
    }

    /** What its transactional ids and groups in the client's cluster begin with. */
    public static String name(String feed, String sink) {
        return "leat-" + feed + "-" + sink;
    }

    /** Never: what has come is written at once. */
    @Override
    public @Nullable Duration every() {
        return null;
    }

    @Override
    public boolean looksFirst() {
        return true;
    }

    @Override
    public BatchWriter open(int partition, Cursor from, Letters letters) {
        boolean once = terms.guarantee() == KafkaTopic.Guarantee.EXACTLY_ONCE;
        Supplier<Progress> progress =
                once ? () -> new Progress(terms.topic(), name, log.get().id(), partition, from.epoch()) : null;
        return new TopicWriter(cluster, records, progress, from, letters);
    }

    @Override
    public void look() throws IOException {
        boolean once = terms.guarantee() == KafkaTopic.Guarantee.EXACTLY_ONCE;
        cluster.look(once);
        if (once) {
            cluster.lookAtTransactions(name + "-");
        }
    }

    @Override
    public boolean takesAgain() {
        return true;
    }

    /** Once more at the end of the topic; should this process die before it is known, it may be there twice. */
    @Override
    public @Nullable String again(int partition, LogEntry change) throws IOException {
        ProducerRecord<byte[], byte[]> rec;
        try {
            rec = records.of(change);
        } catch (IllegalArgumentException | StackOverflowError e) {
            return "it cannot be read";
        }
        try (Producer<byte[], byte[]> producer = cluster.producer(null)) {
            var unused = producer.send(rec).get();
            return null;
        } catch (ExecutionException | RuntimeException e) {
            throw cluster.told(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        // each writer has a client of its own
    }
}

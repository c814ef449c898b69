package io.leat.app.guarantee;

import io.leat.core.Change;
import io.leat.core.ChangeId;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.format.ChangeJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes a change log at a steady pace, in small transactions as the job does. */
final class ChangeTeller implements AutoCloseable {

    static final int KEYS = 20;
    private static final int PER_TRANSACTION = 10;

    private final String feed;
    private final int partitions;
    private final int padding;
    private final long pauseNanos;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::run, "teller");
    private volatile long rounds;
    private volatile boolean stopping;

    /** @param perSecond changes a second, about */
    ChangeTeller(String bootstrap, String feed, int partitions, int perSecond, int padding) {
        this.feed = feed;
        this.partitions = partitions;
        this.padding = padding;
        this.pauseNanos = 1_000_000_000L * PER_TRANSACTION / perSecond;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "transactional.id", "teller", "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        thread.start();
    }

    /** How often each key has been told. */
    long rounds() {
        return rounds;
    }

    /** Tells no more; gives how often each key has been told. */
    long stop() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return rounds;
    }

    private void run() {
        long next = System.nanoTime();
        while (!stopping) {
            for (int first = 0; first < KEYS; first += PER_TRANSACTION) {
                producer.beginTransaction();
                for (int key = first; key < first + PER_TRANSACTION; key++) {
                    tell(key, rounds + 1);
                }
                producer.commitTransaction();
                next += pauseNanos;
                java.util.concurrent.locks.LockSupport.parkNanos(next - System.nanoTime());
            }
            rounds++;
        }
    }

    private void tell(int number, long seq) {
        String key = "[\"k%d\"]".formatted(number);
        long at = 1_700_000_000_000_000L + seq;
        Op op = seq == 1 ? Op.NEW : Op.UPDATE;
        String body = "{\"note\":\"%s\",\"told\":%d}".formatted("x".repeat(padding), System.nanoTime());
        Change change = new Change(
                ChangeId.of(feed, key, at, seq, op),
                key,
                seq,
                op,
                List.of("price"),
                null,
                body,
                at,
                seq,
                new Position(feed + ".raw", 0, seq),
                "");
        var unused = producer.send(new ProducerRecord<>(
                feed + ".changes",
                number % partitions,
                key.getBytes(StandardCharsets.UTF_8),
                ChangeJson.write(feed, change).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        stop();
        producer.close();
    }
}

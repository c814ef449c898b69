package io.leat.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends scrapes, at a pace or as fast as it goes, and remembers for each when it was meant to be sent and when the broker
 * appended it. One thread sends; what is remembered may be read after {@link #flush}.
 */
public final class RawTopic implements AutoCloseable {

    private static final int PARTITIONS = 4;
    private static final long NAP_NANOS = 200_000;

    private final String topic;
    private final PriceRecords records;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Longs> intended = new ArrayList<>();
    private final List<Longs> appended = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long lastMicros;

    public RawTopic(String bootstrap, String topic, PriceRecords records) {
        this.topic = topic;
        this.records = records;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "linger.ms",
                        1,
                        "batch.size",
                        64 * 1024,
                        "buffer.memory",
                        64L << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        for (int partition = 0; partition < PARTITIONS; partition++) {
            intended.add(new Longs());
            appended.add(new Longs());
        }
    }

    /** Sends as fast as it goes. */
    public void sendAll(long count) {
        for (long i = 0; i < count; i++) {
            send(Math.max(Wall.micros(), lastMicros + 1));
        }
        flush();
    }

    /** Sends one record each {@code 1/perSecond} s. A record that is late is sent at once, with the time it was due. */
    public void sendPaced(long firstMicros, int perSecond, long count) {
        for (long i = 0; i < count; i++) {
            long due = firstMicros + i * 1_000_000 / perSecond;
            while (Wall.micros() < due) {
                LockSupport.parkNanos(NAP_NANOS);
            }
            send(due);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
    private void send(long atMicros) {
        lastMicros = atMicros;
        PriceRecords.Scrape scrape = records.next(atMicros);
        producer.send(
                new ProducerRecord<>(topic, scrape.key(), scrape.value()),
                (metadata, failed) -> acknowledged(atMicros, metadata, failed));
    }

    private void acknowledged(long atMicros, @Nullable RecordMetadata metadata, @Nullable Exception failed) {
        if (failed != null || metadata == null) {
            failure.compareAndSet(null, failed);
            return;
        }
        intended.get(metadata.partition()).put(metadata.offset(), atMicros);
        appended.get(metadata.partition()).put(metadata.offset(), metadata.timestamp());
    }

    /** Waits until the broker has everything. */
    public void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("sending failed", failed);
        }
    }

    /** When a record was meant to be sent, microseconds since 1970. */
    public long intendedMicros(int partition, long offset) {
        return intended.get(partition).at(offset);
    }

    /** When the broker appended a record, milliseconds since 1970. */
    public long appendedMillis(int partition, long offset) {
        return appended.get(partition).at(offset);
    }

    @Override
    public void close() {
        producer.close();
    }
}

package io.leat.app.guarantee;

import io.leat.testkit.RandomSeed;
import io.leat.testkit.Scrapes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends scrapes to a broker at a steady pace, from a thread of the test, whatever becomes of the jobs. */
final class Scraping implements AutoCloseable {

    private static final int PER_TICK = 50;
    private static final Duration TICK = Duration.ofMillis(20);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Scrapes scrapes;
    private final Thread thread = new Thread(this::send, "scraping");
    private volatile boolean closed;

    Scraping(String bootstrap, RandomSeed seed, long count, int keys) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        scrapes = new Scrapes(Scrapes.Plan.of(seed.value(), count, keys));
        thread.setDaemon(true);
        thread.start();
    }

    private void send() {
        while (scrapes.hasNext() && !closed) {
            for (int i = 0; i < PER_TICK && scrapes.hasNext(); i++) {
                Scrapes.Scrape scrape = scrapes.next();
                producer.send(new ProducerRecord<>(CrashRig.FEED + ".raw", scrape.key(), scrape.value()));
            }
            LockSupport.parkNanos(TICK.toNanos());
        }
        producer.flush();
    }

    /** Waits until everything is sent. */
    void finish() throws InterruptedException {
        thread.join(CrashRig.PATIENCE.toMillis());
        if (thread.isAlive()) {
            throw new AssertionError("the scrapes were not sent in time");
        }
    }

    @Override
    public void close() {
        closed = true;
        producer.close(Duration.ofSeconds(5));
    }
}

package io.leat.app.guarantee;

import io.leat.app.feeding.Placement;
import io.leat.core.Feed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Appends the lines of a file to the raw topic at a pace, on a thread of its own. */
final class PacedScrapes implements AutoCloseable {

    private static final int TOGETHER = 100;

    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean over;

    PacedScrapes(Feed feed, String bootstrap, Path lines, int perSecond) {
        thread = new Thread(() -> run(feed, bootstrap, lines, perSecond), "paced-scrapes");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Feed feed, String bootstrap, Path lines, int perSecond) {
        String topic = feed.source().topic();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
                BufferedReader reader = Files.newBufferedReader(lines)) {
            Placement placement =
                    new Placement(feed, producer.partitionsFor(topic).size());
            long began = System.nanoTime();
            long sent = 0;
            for (String line = reader.readLine(); line != null && !stopped; line = reader.readLine()) {
                byte[] value = line.getBytes(StandardCharsets.UTF_8);
                Placement.Place place = placement.of(value);
                producer.send(new ProducerRecord<>(topic, place.partition(), null, place.key(), value));
                if (++sent % TOGETHER == 0) {
                    LockSupport.parkNanos(began + sent * 1_000_000_000L / perSecond - System.nanoTime());
                }
            }
            producer.flush();
            over = !stopped;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether all are there. */
    boolean isOver() {
        return over;
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}

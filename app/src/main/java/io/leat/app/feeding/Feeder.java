package io.leat.app.feeding;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of a file to the raw topic, byte for byte, and goes on where an earlier run stopped.
 *
 * <p>{@link #feed} runs on one thread; {@link #progress} and {@link #stop} are safe for any.
 */
public final class Feeder {

    private final Feed feed;
    private final Broker broker;
    private final ScrapeFile file;
    private final AtomicLong fed = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean stopping;
    private volatile boolean finished;
    private volatile boolean waits;
    private volatile @Nullable Failure damage;

    public Feeder(Feed feed, Broker broker, ScrapeFile file) {
        this.feed = feed;
        this.broker = broker;
        this.file = file;
    }

    /**
     * How far it is.
     *
     * @param fed lines written by this run
     * @param skipped lines an earlier run had written
     * @param bytesRead of the file as it lies on disk
     * @param bytes its size; 0 if it still comes
     */
    public record Progress(long fed, long skipped, long bytesRead, long bytes, boolean finished) {}

    /** How far it is now. */
    public Progress progress() {
        return new Progress(fed.get(), skipped.get(), file.consumed(), file.size(), finished);
    }

    /** Ends {@link #feed} after the line at hand. */
    public void stop() {
        stopping = true;
    }

    /** Whether it waits for whoever writes its input; the broker has all that came before. */
    public boolean isWaiting() {
        return waits;
    }

    /** Where the file is damaged, if it is: what stands before that has been fed. */
    public @Nullable Failure damage() {
        return damage;
    }

    /**
     * Feeds the file to its end or to its first damage. Returns when the broker has everything up to there.
     *
     * @throws Failure if the broker does not take it
     */
    public void feed() {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            int partitions = producer.partitionsFor(feed.source().topic()).size();
            Resume resume = file.isStream()
                    ? Resume.NOTHING
                    : Resume.read(broker, feed.source().topic(), partitions, file);
            Placement placement = new Placement(feed, partitions);
            for (ScrapeFile.Line line = next(producer); line != null && !stopping; line = next(producer)) {
                write(producer, placement.of(line.bytes()), line, resume);
            }
            producer.flush();
            refuseLoss();
            finished = !stopping;
        } catch (KafkaException e) {
            throw lost(e);
        }
    }

    private ScrapeFile.@Nullable Line next(KafkaProducer<byte[], byte[]> producer) {
        if (!file.isReady()) {
            producer.flush();
            refuseLoss();
            waits = true;
        }
        try {
            return file.next();
        } catch (Failure e) {
            damage = e;
            return null;
        } finally {
            waits = false;
        }
    }

    private void write(
            KafkaProducer<byte[], byte[]> producer, Placement.Place place, ScrapeFile.Line line, Resume resume) {
        if (resume.has(place.partition(), line.number())) {
            skipped.incrementAndGet();
            return;
        }
        refuseLoss();
        var unused = producer.send(
                new ProducerRecord<>(
                        feed.source().topic(),
                        place.partition(),
                        null,
                        place.key(),
                        line.bytes(),
                        Resume.marks(file.name(), line)),
                (metadata, problem) -> {
                    if (problem != null) {
                        failure.compareAndSet(null, problem);
                    }
                });
        fed.incrementAndGet();
    }

    /** A line the broker did not take must not be followed by later ones: the next run would skip it. */
    private void refuseLoss() {
        Exception problem = failure.get();
        if (problem != null) {
            throw lost(problem);
        }
    }

    private static Failure lost(Exception cause) {
        return Failure.runtime(
                        "LEAT-412",
                        "The Kafka broker did not take a line: %s.".formatted(cause.getMessage()),
                        "Run the same command again: it goes on after the last line the broker has.")
                .because(cause);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                broker.settings(Map.of(
                        "enable.idempotence", "true",
                        "acks", "all",
                        "compression.type", "lz4",
                        "linger.ms", "20",
                        "batch.size", Integer.toString(256 << 10),
                        "buffer.memory", Integer.toString(64 << 20),
                        "max.request.size", Integer.toString(8 << 20))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}

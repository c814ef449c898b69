package io.leat.app.demo;

import io.leat.app.embedded.Broker;
import io.leat.app.feeding.Placement;
import io.leat.core.Feed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends what a fleet scrapes at a steady rate, on a thread of its own. A broker that is slow slows the fleet.
 *
 * <p>{@link #silentMillis} is safe for any thread.
 */
public final class FleetDriver implements AutoCloseable {

    private static final long TICK_NANOS = Duration.ofMillis(5).toNanos();

    private final Fleet fleet;
    private final Feed feed;
    private final int perSecond;
    private final InstantSource clock;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Placement placement;
    private final Map<String, Long> lastArrival = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closing;

    /** Starts to send. */
    public FleetDriver(Fleet fleet, Broker broker, Feed feed, int perSecond, InstantSource clock) {
        this.fleet = fleet;
        this.feed = feed;
        this.perSecond = perSecond;
        this.clock = clock;
        this.producer = new KafkaProducer<>(
                broker.settings(Map.of("acks", "all", "linger.ms", "1", "compression.type", "lz4")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.placement = new Placement(
                feed, producer.partitionsFor(feed.source().topic()).size());
        long now = clock.millis();
        Fleet.shops().forEach(shop -> lastArrival.put(shop, now));
        this.thread = new Thread(this::drive, "leat-fleet");
        thread.setDaemon(true);
        thread.start();
    }

    private void drive() {
        Instant begin = clock.instant();
        long sent = 0;
        try {
            while (!closing) {
                Instant now = clock.instant();
                long due = Duration.between(begin, now).toMillis() * perSecond / 1000;
                for (; sent < due && !closing; sent++) {
                    send(fleet.next(now));
                }
                LockSupport.parkNanos(TICK_NANOS);
            }
        } catch (InterruptException e) {
            closing = true;
        }
    }

    private void send(Fleet.Scrape scrape) {
        byte[] value = scrape.json().getBytes(StandardCharsets.UTF_8);
        Placement.Place place = placement.of(value);
        var unused = producer.send(
                new ProducerRecord<>(feed.source().topic(), place.partition(), place.key(), value),
                (metadata, problem) -> {
                    if (problem == null) {
                        lastArrival.put(scrape.shop(), clock.millis());
                    }
                });
    }

    /** How long each shop has been silent: since its last record arrived in the raw topic. */
    public Map<String, Long> silentMillis() {
        long now = clock.millis();
        Map<String, Long> silent = new LinkedHashMap<>();
        Fleet.shops().forEach(shop -> silent.put(shop, Math.max(0, now - lastArrival.getOrDefault(shop, now))));
        return silent;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(1));
    }
}

package io.leat.app.alerts;

import io.leat.app.embedded.Broker;
import io.leat.core.Feed;
import io.leat.core.QuietHours;
import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import io.leat.format.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a feed's alerts to Alertmanager's API, version 2, on a thread of its own. It reads the topic of alerts from its
 * beginning at each start: that is compacted, so it holds how each alert stands. What is open is told again every minute, as
 * Alertmanager wants it; what it does not take is told again after some seconds.
 */
public final class Alertmanager implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Alertmanager.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();

    private final URI api;
    private final Broker broker;
    private final @Nullable QuietHours quiet;
    private final InstantSource clock;
    private final TopicPartition topic;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Kept work;
    private volatile boolean ending;

    /**
     * Begins to tell.
     *
     * @param base where Alertmanager is: {@code http://127.0.0.1:9093}
     * @param feed one that has alerts
     * @param keeper keeps the thread
     * @param clock says whether hours are quiet: then what is open is not told, and so is not news afterwards
     */
    public Alertmanager(URI base, Feed feed, Broker broker, Keeper keeper, InstantSource clock) {
        Feed.Watch watch = feed.watch();
        this.quiet = watch == null ? null : watch.route().quiet();
        this.clock = clock;
        this.api = URI.create(base.toString().replaceAll("/+$", "") + "/api/v2/alerts");
        this.broker = broker;
        this.topic = new TopicPartition(Topics.of(feed).alerts(), 0);
        this.work = keeper.keep("alertmanager of " + feed.name(), this::tell);
    }

    private void tell() throws InterruptedException {
        OpenAlerts alerts = new OpenAlerts();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.settings(Map.of("enable.auto.commit", "false", "allow.auto.create.topics", "false")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            long end = consumer.endOffsets(List.of(topic)).getOrDefault(topic, 0L);
            boolean isNew = true;
            long next = System.nanoTime();
            while (!ending) {
                for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
                    if (rec.value() != null) {
                        alerts.take(rec.value());
                        isNew = true;
                    }
                }
                boolean knowsAll = consumer.position(topic) >= end;
                boolean isDue = System.nanoTime() - next >= 0;
                boolean isQuiet = quiet != null && quiet.has(clock.instant());
                if (!isQuiet && knowsAll && (isNew || isDue) && !alerts.isEmpty()) {
                    isNew = false;
                    next = System.nanoTime() + (post(alerts) ? AGAIN_NANOS : RETRY_NANOS);
                }
            }
        }
    }

    private boolean post(OpenAlerts alerts) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(alerts.toTell()))
                .build();
        try {
            HttpResponse<Void> answer = http.send(request, HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() == 200) {
                alerts.told();
                return true;
            }
            LOG.warn("Alertmanager at {} answers {}; it is told again", api, answer.statusCode());
        } catch (IOException e) {
            LOG.warn("Alertmanager at {} does not answer; it is told again: {}", api, e.toString());
        }
        return false;
    }

    @Override
    public void close() {
        work.end(() -> ending = true, PATIENCE);
    }
}

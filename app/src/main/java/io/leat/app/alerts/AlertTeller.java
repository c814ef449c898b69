package io.leat.app.alerts;

import io.leat.app.embedded.Broker;
import io.leat.core.AlertRoute;
import io.leat.core.Feed;
import io.leat.core.QuietHours;
import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import io.leat.format.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Takes a feed's alerts to an end, each at least once and in their order, on a thread of its own. How far it is, is committed
 * under a group of the end; one that is new begins with what comes from now on. What an end does not take is told again after
 * pauses that double up to a minute, for a day.
 */
public final class AlertTeller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertTeller.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MOST_DOUBLINGS = 6;
    private static final long GIVE_UP_NANOS = Duration.ofDays(1).toNanos();

    private final String name;
    private final Broker broker;
    private final TopicPartition topic;
    private final String group;
    private final AlertEnd end;
    private final @Nullable QuietHours quiet;
    private final InstantSource clock;
    private final Kept work;
    private volatile boolean ending;

    private int failures;
    private long failingSince;
    private long notBefore;

    /**
     * Begins to tell.
     *
     * @param name of the end among those of the feed
     * @param feed one that has alerts
     * @param keeper keeps the thread
     */
    public AlertTeller(
            String name, AlertEnd end, Feed feed, AlertRoute route, Broker broker, Keeper keeper, InstantSource clock) {
        this.name = name;
        this.end = end;
        this.broker = broker;
        this.topic = new TopicPartition(Topics.of(feed).alerts(), 0);
        this.group = topic.topic() + "." + name;
        this.quiet = route.quiet();
        this.clock = clock;
        this.notBefore = System.nanoTime();
        this.work = keeper.keep("alerts of " + feed.name() + " to " + name, this::follow);
    }

    private void follow() throws InterruptedException {
        WaitingAlerts alerts = new WaitingAlerts();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.settings(Map.of(
                        "group.id", group,
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "allow.auto.create.topics", "false")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(topic));
            OffsetAndMetadata known = consumer.committed(Set.of(topic)).get(topic);
            if (known == null) {
                consumer.seekToEnd(List.of(topic));
            } else {
                consumer.seek(topic, known);
            }
            long committed = consumer.position(topic);
            remember(consumer, committed, alerts);
            commit(consumer, committed);
            while (!ending) {
                for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
                    alerts.take(rec.value());
                }
                tell(alerts);
                long position = consumer.position(topic);
                if (alerts.isEmpty() && position != committed) {
                    commit(consumer, position);
                    committed = position;
                }
            }
        }
    }

    /** What people have said before matters for what comes after. */
    private void remember(KafkaConsumer<byte[], byte[]> consumer, long until, WaitingAlerts alerts) {
        consumer.seekToBeginning(List.of(topic));
        while (!ending && consumer.position(topic) < until) {
            for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
                if (rec.offset() < until) {
                    alerts.remember(rec.value());
                }
            }
        }
        consumer.seek(topic, until);
    }

    private void commit(KafkaConsumer<byte[], byte[]> consumer, long position) {
        consumer.commitSync(Map.of(topic, new OffsetAndMetadata(position)), PATIENCE);
    }

    private void tell(WaitingAlerts alerts) throws InterruptedException {
        boolean isQuiet = quiet != null && quiet.has(clock.instant());
        for (JsonNode alert : alerts.due(isQuiet, clock.millis())) {
            if (ending || System.nanoTime() - notBefore < 0) {
                return;
            }
            try {
                end.tell(alert);
                failures = 0;
            } catch (IOException e) {
                if (mayTryAgain(e)) {
                    return;
                }
                LOG.error("The alert {} is not told to {}: a day has passed", alert.path("id"), name);
                failures = 0;
            }
            alerts.told(alert);
        }
    }

    private boolean mayTryAgain(IOException failure) {
        long now = System.nanoTime();
        failingSince = failures == 0 ? now : failingSince;
        long pause = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        notBefore = now + pause;
        LOG.warn("An alert is told to {} again in {} s: {}", name, pause / 1_000_000_000, failure.toString());
        return now - failingSince < GIVE_UP_NANOS;
    }

    @Override
    public void close() {
        work.end(() -> ending = true, PATIENCE);
        end.close();
    }
}

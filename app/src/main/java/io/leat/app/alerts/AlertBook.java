package io.leat.app.alerts;

import io.leat.app.embedded.Broker;
import io.leat.core.Feed;
import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import io.leat.format.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;

/**
 * Knows which alerts of a feed are open, by following their topic from its beginning on a thread of its own; before there is a
 * topic, none is. Thread-safe.
 */
public final class AlertBook implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    /** Who is told of gaps that people call usual. */
    public interface Learner {

        /** @return whether it can be told at the moment; if not, it is told again */
        boolean acceptGap(String site, long sinceMillis);

        /** Nobody. */
        Learner NONE = (site, since) -> true;
    }

    private final OpenAlerts alerts = new OpenAlerts();
    private final Broker broker;
    private final Learner learner;
    private final Set<String> learned = new HashSet<>();
    private final TopicPartition topic;
    private final Kept work;
    private volatile boolean ending;

    /** @param keeper keeps the thread */
    public AlertBook(Feed feed, Broker broker, Learner learner, Keeper keeper) {
        this.learner = learner;
        this.broker = broker;
        this.topic = new TopicPartition(Topics.of(feed).alerts(), 0);
        this.work = keeper.keep("alerts of " + feed.name(), this::follow);
    }

    /** What is open, as the topic has it, the oldest first. */
    public List<JsonNode> open() {
        synchronized (alerts) {
            return alerts.open();
        }
    }

    private void follow() throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.settings(Map.of(
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "allow.auto.create.topics", "false")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            while (!ending && !consumer.listTopics(PATIENCE).containsKey(topic.topic())) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            while (!ending) {
                var records = consumer.poll(POLL);
                synchronized (alerts) {
                    for (ConsumerRecord<byte[], byte[]> rec : records) {
                        if (rec.value() != null) {
                            alerts.take(rec.value());
                        }
                    }
                    alerts.told(); // nobody asks what is over
                    learn();
                }
            }
        }
    }

    private void learn() {
        alerts.acknowledged().forEach((id, said) -> {
            Acknowledgement.Gap gap = Acknowledgement.gap(said);
            if (gap != null && !learned.contains(id) && learner.acceptGap(gap.site(), gap.sinceMillis())) {
                learned.add(id);
            }
        });
        learned.retainAll(alerts.acknowledged().keySet());
    }

    @Override
    public void close() {
        work.end(() -> ending = true, PATIENCE);
    }
}

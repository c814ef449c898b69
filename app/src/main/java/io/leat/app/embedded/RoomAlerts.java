package io.leat.app.embedded;

import io.leat.core.Feed;
import io.leat.format.AlertJson;
import io.leat.format.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes alarms about room to a feed's alerts, if it has any. They are rare, so each opens and closes its own producer. */
final class RoomAlerts implements BiConsumer<Alarm, Long> {

    private static final Logger LOG = LoggerFactory.getLogger(RoomAlerts.class);
    private static final String PATIENCE_MILLIS = "5000";
    private static final String ANSWER_MILLIS = "4000";

    private final Feed feed;
    private final Broker broker;

    RoomAlerts(Feed feed, Broker broker) {
        this.feed = feed;
        this.broker = broker;
    }

    @Override
    public void accept(Alarm alarm, Long atMillis) {
        if (!feed.hasAlerts()) {
            return;
        }
        String what = alarm.what().word();
        String json = AlertJson.room(feed.name(), what, alarm.isOver(), alarm.used(), alarm.limit(), atMillis);
        ProducerRecord<byte[], byte[]> alert = new ProducerRecord<>(
                Topics.of(feed).alerts(),
                AlertJson.roomId(what).getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8));
        Map<String, Object> settings = broker.settings(Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(alert).get();
        } catch (KafkaException | ExecutionException e) {
            LOG.warn("An alert was not written: {}", json, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

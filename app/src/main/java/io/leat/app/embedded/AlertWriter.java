package io.leat.app.embedded;

import io.leat.core.Feed;
import io.leat.format.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to a feed's alerts. They are rare, so each opens and closes its own producer. */
final class AlertWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AlertWriter.class);
    private static final String PATIENCE_MILLIS = "5000";
    private static final String ANSWER_MILLIS = "4000";

    private final Feed feed;
    private final Broker broker;

    AlertWriter(Feed feed, Broker broker) {
        this.feed = feed;
        this.broker = broker;
    }

    /** Writes one, if the feed has any; waits some seconds at most, and then only the log has it. */
    void write(String id, String json) {
        if (!feed.hasAlerts()) {
            return;
        }
        ProducerRecord<byte[], byte[]> alert = new ProducerRecord<>(
                Topics.of(feed).alerts(), id.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
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

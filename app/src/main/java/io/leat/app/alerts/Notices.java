package io.leat.app.alerts;

import io.leat.app.embedded.Broker;
import io.leat.core.Feed;
import io.leat.format.Topics;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes what people say of alerts into their topic. Waits for the broker. Thread-safe. */
public final class Notices {

    /** What came of it. */
    public enum Outcome {
        SAID,
        /** The feed has no such alert, and never had. */
        UNKNOWN,
        /** It tells of no gap that could be usual. */
        NO_GAP
    }

    private final Broker broker;
    private final Feed feed;
    private final InstantSource clock;

    public Notices(Broker broker, Feed feed, InstantSource clock) {
        this.broker = broker;
        this.feed = feed;
        this.clock = clock;
    }

    /** A person has taken notice. */
    public Outcome acknowledge(String id) {
        return say(id, alert -> Acknowledgement.write(alert, false, clock.millis()));
    }

    /** The gap an alert tells of is usual. */
    public Outcome accept(String id) {
        return say(
                id,
                alert -> alert.path("alert").asString("").equals("silence")
                        ? Acknowledgement.write(alert, true, clock.millis())
                        : null);
    }

    /** Nobody is to be told of what an alert is about for so long. */
    public Outcome quiet(String id, long millis) {
        return say(id, alert -> Acknowledgement.quiet(alert, clock.millis() + millis, clock.millis()));
    }

    private interface Words {
        byte @Nullable [] about(JsonNode alert);
    }

    private Outcome say(String id, Words words) {
        JsonNode alert = StoredAlerts.newest(broker, feed, id);
        if (alert == null) {
            return Outcome.UNKNOWN;
        }
        byte[] said = words.about(alert);
        if (said == null) {
            return Outcome.NO_GAP;
        }
        write(id, said);
        return Outcome.SAID;
    }

    private void write(String id, byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                broker.settings(Map.of("acks", "all")), new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(Topics.of(feed).alerts(), Acknowledgement.key(id), value))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("it cannot be written", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

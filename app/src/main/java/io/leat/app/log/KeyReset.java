package io.leat.app.log;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Ruling;
import io.leat.format.ChangeJson;
import io.leat.format.Topics;
import io.leat.job.Rulings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Resets a key with a record of the raw topic, in the partition in which the key's scrapes lie. */
public final class KeyReset {


    private KeyReset() {}

    /**
     * Writes the record; the job takes it from there, now or when it runs.
     *
     * @param key the key as a JSON array
     * @return whether the change log knows the key
     * @throws Failure if the broker does not take the record
     */
    public static boolean write(Broker broker, Feed feed, String key) {
        Change last = last(broker, feed, key);
        if (last == null) {
            return false;
        }
        ProducerRecord<byte[], byte[]> said = new ProducerRecord<>(
                feed.source().topic(),
                last.source().partition(),
                null,
                ChangeJson.reset(last).getBytes(StandardCharsets.UTF_8));
        said.headers().add(Rulings.HEADER, Rulings.word(Ruling.RESET));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(broker.settings(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(said).get();
            return true;
        } catch (ExecutionException e) {
            throw notTaken(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notTaken(e);
        }
    }

    private static @Nullable Change last(Broker broker, Feed feed, String key) {
        String wanted = ChangeJson.spelled(key);
        Change last = null;
        try (ChangeLog log = ChangeLog.open(broker, Topics.of(feed).changes(), new ChangeLog.Start.Earliest())) {
            while (!log.isAtEnd()) {
                for (byte[] value : log.poll(Duration.ofMillis(100))) {
                    Change change = ChangeJson.read(value);
                    last = change.key().equals(wanted) ? change : last;
                }
            }
        }
        return last;
    }

    private static Failure notTaken(Exception cause) {
        return Failure.runtime(
                        "LEAT-416",
                        "The broker did not take the ruling: %s.".formatted(cause.getMessage()),
                        "Check that the broker is up and that Leat may write to the raw topic.")
                .because(cause);
    }
}

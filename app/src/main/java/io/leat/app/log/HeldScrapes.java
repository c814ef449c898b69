package io.leat.app.log;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import io.leat.core.ChangeId;
import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Verdict;
import io.leat.format.ChangeJson;
import io.leat.format.ScrapeReader;
import io.leat.format.Topics;
import io.leat.job.Rulings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The implausible scrapes of a feed that wait to be confirmed, and what a person says of them. */
public final class HeldScrapes {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private HeldScrapes() {}

    /**
     * One that waits.
     *
     * @param id names it
     * @param json the record about it
     * @param line the same for people, fit for a terminal
     * @param partition where the scrape stands in the raw topic
     * @param offset where it stands in the partition
     */
    public record Waiting(String id, String json, String line, int partition, long offset) {}

    /** All that wait, in the order in which they were held. */
    public static List<Waiting> waiting(Broker broker, Feed feed) {
        Map<String, Waiting> waiting = new LinkedHashMap<>();
        try (ChangeLog log = ChangeLog.open(broker, Topics.of(feed).held(), new ChangeLog.Start.Earliest())) {
            while (!log.isAtEnd()) {
                for (byte[] value : log.poll(Duration.ofMillis(100))) {
                    JsonNode note = ChangeJson.tree(value);
                    String id = note.required("id").stringValue();
                    waiting.remove(id);
                    if (note.required("status").stringValue().equals("waiting")) {
                        waiting.put(id, waiting(id, note, new String(value, StandardCharsets.UTF_8)));
                    }
                }
            }
        }
        return new ArrayList<>(waiting.values());
    }

    private static Waiting waiting(String id, JsonNode note, String json) {
        List<String> doubts = new ArrayList<>();
        note.required("doubts")
                .forEach(doubt -> doubts.add("%s: %s → %s (%s)"
                        .formatted(
                                doubt.required("field").stringValue(),
                                ChangeJson.text(doubt.required("last")),
                                ChangeJson.text(doubt.required("value")),
                                doubt.required("rule").stringValue())));
        String line = "%s  %s  %s  %s"
                .formatted(
                        id, note.required("event_time").stringValue(), ChangeJson.text(note.required("key")), String.join(", ", doubts));
        JsonNode source = note.required("source");
        return new Waiting(
                id,
                json,
                SafeText.of(line),
                source.required("partition").intValue(),
                source.required("offset").longValue());
    }

    /**
     * Writes what a person says into the raw topic, behind the scrape: the job takes it from there, now or when it runs.
     *
     * @throws Failure if the scrape is gone, or the broker does not take the record
     */
    public static void rule(Broker broker, Feed feed, Waiting waiting, Ruling ruling) {
        TopicPartition place = new TopicPartition(feed.source().topic(), waiting.partition());
        ConsumerRecord<byte[], byte[]> scrape = scrape(broker, place, waiting.offset());
        if (scrape == null || !isHeld(feed, waiting, scrape)) {
            throw Failure.runtime(
                    "LEAT-416",
                    "The scrape of %s, once at %s, offset %d, is gone from the raw topic."
                            .formatted(waiting.id(), place, waiting.offset()),
                    "A later scrape that shows the same value confirms it.");
        }
        ProducerRecord<byte[], byte[]> said =
                new ProducerRecord<>(place.topic(), place.partition(), scrape.key(), scrape.value());
        said.headers().add(Rulings.HEADER, Rulings.word(ruling));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(broker.settings(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(said).get();
        } catch (ExecutionException e) {
            throw notTaken(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notTaken(e);
        }
    }

    /** Whether a record is the scrape that waits: a raw topic that was made anew has others in the same places. */
    private static boolean isHeld(Feed feed, Waiting waiting, ConsumerRecord<byte[], byte[]> scrape) {
        Position place = new Position(scrape.topic(), scrape.partition(), scrape.offset());
        return new ScrapeReader(feed).read(scrape.value(), scrape.timestamp(), place) instanceof Verdict.Kept kept
                && ChangeId.held(
                                feed.name(),
                                kept.item().key(),
                                kept.item().eventTime(),
                                kept.item().tie())
                        .equals(waiting.id());
    }

    private static @Nullable ConsumerRecord<byte[], byte[]> scrape(Broker broker, TopicPartition place, long offset) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.settings(Map.of("enable.auto.commit", "false", "max.poll.records", "1")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(place));
            Long beginning = consumer.beginningOffsets(List.of(place), PATIENCE).get(place);
            Long end = consumer.endOffsets(List.of(place), PATIENCE).get(place);
            if (beginning == null || end == null || offset < beginning || offset >= end) {
                return null;
            }
            consumer.seek(place, offset);
            while (consumer.position(place) == offset) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofMillis(100))) {
                    return found.offset() == offset ? found : null;
                }
            }
            return null;
        }
    }

    private static Failure notTaken(Exception cause) {
        return Failure.runtime(
                        "LEAT-416",
                        "The broker did not take the ruling: %s.".formatted(cause.getMessage()),
                        "Check that the broker is up and that Leat may write to the raw topic.")
                .because(cause);
    }
}

package io.leat.gateway.ingest;

import io.leat.core.Feed;
import io.leat.core.Refusal;
import io.leat.format.KeyReader;
import io.leat.format.Traceparent;
import io.leat.gateway.log.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts scrapes into raw topics, each key into one partition. Everything has an end within seconds: a broker that is full
 * or away is an answer, not a wait. Thread-safe.
 */
final class RawLog implements AutoCloseable {

    /** By feed; feeds that are reached alike share one. */
    private final Map<String, KafkaProducer<byte[], byte[]>> producers = new HashMap<>();

    private final Map<String, Feed> feeds;
    private final ThreadLocal<Map<String, KeyReader>> readers =
            ThreadLocal.withInitial(HashMap<String, KeyReader>::new);

    RawLog(Function<Feed, KafkaSettings> kafka, Map<String, Feed> feeds, long bufferBytes) {
        this.feeds = Map.copyOf(feeds);
        Map<KafkaSettings, KafkaProducer<byte[], byte[]>> alike = new HashMap<>();
        feeds.forEach((name, feed) -> producers.put(
                name, alike.computeIfAbsent(kafka.apply(feed), settings -> producer(settings, bufferBytes))));
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaSettings kafka, long bufferBytes) {
        return new KafkaProducer<>(
                kafka.with(Map.ofEntries(
                        Map.entry("enable.idempotence", "true"),
                        Map.entry("acks", "all"),
                        Map.entry("compression.type", "lz4"),
                        Map.entry("linger.ms", "2"),
                        Map.entry("batch.size", Integer.toString(256 << 10)),
                        Map.entry("buffer.memory", Long.toString(bufferBytes)),
                        Map.entry("max.request.size", Integer.toString(8 << 20)),
                        Map.entry("max.block.ms", "700"),
                        Map.entry("request.timeout.ms", "2000"),
                        Map.entry("delivery.timeout.ms", "3000"),
                        Map.entry("reconnect.backoff.max.ms", "500"),
                        Map.entry("client.id", "leat-gateway-raw"))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Sends records in their order. Blocks for at most the producer's patience; not for an event loop.
     *
     * @param trace the trace they belong to; {@code null} for none
     */
    CompletableFuture<List<Outcome>> send(String feed, List<byte[]> records, @Nullable String trace) {
        List<Header> headers = trace == null
                ? List.of()
                : List.of(new RecordHeader(Traceparent.HEADER, trace.getBytes(StandardCharsets.US_ASCII)));
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>(records.size());
        boolean blocked = false;
        for (byte[] value : records) {
            CompletableFuture<Outcome> outcome =
                    blocked ? CompletableFuture.completedFuture(new Outcome.NotTaken()) : send(feed, value, headers);
            outcomes.add(outcome);
            blocked = blocked || (outcome.isDone() && outcome.join() instanceof Outcome.NotTaken);
        }
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> outcomes.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<Outcome> send(String name, byte[] value, List<Header> headers) {
        Feed feed = Objects.requireNonNull(feeds.get(name));
        KeyReader.Address address =
                readers.get().computeIfAbsent(name, same -> new KeyReader(feed)).address(value);
        if (address instanceof KeyReader.NoRecord none) {
            return CompletableFuture.completedFuture(new Outcome.Refused(none.code()));
        }
        String key = ((KeyReader.Keyed) address).key();
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        try {
            var unused = Objects.requireNonNull(producers.get(name))
                    .send(
                            new ProducerRecord<>(
                                    feed.source().topic(),
                                    null,
                                    key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                                    value,
                                    headers),
                            (metadata, problem) -> outcome.complete(
                                    problem == null
                                            ? new Outcome.Taken(metadata.partition(), metadata.offset())
                                            : ofProblem(problem)));
        } catch (KafkaException | IllegalStateException e) {
            outcome.complete(ofProblem(e));
        }
        return outcome;
    }

    private static Outcome ofProblem(Exception problem) {
        return problem instanceof org.apache.kafka.common.errors.RecordTooLargeException
                ? new Outcome.Refused(Refusal.Code.TOO_LARGE)
                : new Outcome.NotTaken();
    }

    @Override
    public void close() {
        Set.copyOf(producers.values()).forEach(producer -> producer.close(Duration.ofSeconds(3)));
    }
}

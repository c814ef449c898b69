package io.leat.delivery;

import io.leat.delivery.lane.LogEntry;
import io.leat.delivery.lane.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Keeps deliveries that were given up, by client and change, until someone sends them again. Thread-safe. */
final class DeadLetters {

    static final String SUBSCRIPTION = "leat.subscription";
    static final String REASON = "leat.reason";
    static final String PARTITION = "leat.partition";
    static final String OFFSET = "leat.offset";

    private final Outbox outbox;
    private final String topic;

    DeadLetters(Outbox outbox, String topic) {
        this.outbox = outbox;
        this.topic = topic;
    }

    /** Done when the broker has them all. */
    CompletionStage<Void> write(String subscription, int partition, Verdict.GivenUp givenUp, String reason) {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        givenUp.changes().forEach(change -> {
            LogEntry entry = change.entry();
            ProducerRecord<byte[], byte[]> letter =
                    new ProducerRecord<>(topic, utf8(subscription + "/" + entry.id()), entry.value());
            letter.headers()
                    .add(SUBSCRIPTION, utf8(subscription))
                    .add(REASON, utf8(reason))
                    .add(PARTITION, utf8(Integer.toString(partition)))
                    .add(OFFSET, utf8(Long.toString(entry.offset())));
            writes.add(outbox.write(letter).toCompletableFuture());
        });
        return CompletableFuture.allOf(writes.toArray(new CompletableFuture<?>[0]));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

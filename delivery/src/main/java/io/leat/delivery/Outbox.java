package io.leat.delivery;

import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Hands records to the producer on a thread of its own: a producer that knows no broker keeps whoever asks it waiting, and
 * lanes must not wait. Thread-safe.
 */
final class Outbox implements AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final BlockingQueue<Letter> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Kept kept;
    private volatile boolean closing;

    private record Letter(ProducerRecord<byte[], byte[]> rec, CompletableFuture<Void> written) {}

    Outbox(String name, Producer<byte[], byte[]> producer, Keeper keeper) {
        this.producer = producer;
        this.kept = keeper.keep(name, this::run);
    }

    /** Done when the broker has it; fails at once if too many wait already. Never blocks. */
    CompletionStage<Void> write(ProducerRecord<byte[], byte[]> rec) {
        Letter letter = new Letter(rec, new CompletableFuture<>());
        if (!waiting.offer(letter)) {
            letter.written().completeExceptionally(new KafkaException("too many records wait for the broker"));
        }
        return letter.written();
    }

    private void run() throws InterruptedException {
        while (!closing || !waiting.isEmpty()) {
            Letter letter = waiting.poll(100, TimeUnit.MILLISECONDS);
            if (letter != null) {
                send(letter);
            }
        }
    }

    private void send(Letter letter) {
        try {
            var unused = producer.send(letter.rec(), (metadata, failure) -> {
                if (failure == null) {
                    letter.written().complete(null);
                } else {
                    letter.written().completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            letter.written().completeExceptionally(e);
        }
    }

    /** Sends what waits, for two seconds at most. */
    @Override
    public void close() {
        kept.end(() -> closing = true, CLOSE_WITHIN);
    }
}

package io.leat.job.log;

import io.leat.job.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads the committed records of a partition up to its end, once all former writers are fenced. */
final class CommittedTail implements AutoCloseable {

    /** Stands for the partition's first offset. */
    static final long BEGINNING = -1;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration MARKERS_TAKE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final LogSettings settings;
    private final LogOffsets offsets;
    private final HangingTransactions hanging;
    private final KafkaConsumer<byte[], byte[]> consumer;

    CommittedTail(LogSettings settings, LogOffsets offsets, HangingTransactions hanging) {
        this.settings = settings;
        this.offsets = offsets;
        this.hanging = hanging;
        this.consumer = new KafkaConsumer<>(Clients.tailConsumer(settings));
    }

    /**
     * Reads from an offset to the end.
     *
     * @return the end
     */
    long read(int partition, long from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        TopicPartition place = new TopicPartition(settings.topic(), partition);
        long beginning = offsets.beginning(place);
        long end = stableEnd(place, from);
        long start = from == BEGINNING ? beginning : from;
        if (start < beginning) {
            refuseUnlessAccepted(
                    Refusal.Code.TAIL_DELETED,
                    "%s starts at offset %s, the checkpoint needs it from %s.".formatted(place, beginning, start));
            start = beginning;
        }
        if (start > end) {
            refuseUnlessAccepted(
                    Refusal.Code.LOG_BEHIND,
                    "%s ends at offset %s, the checkpoint had seen it at %s.".formatted(place, end, start));
            start = end;
        }
        consumer.assign(List.of(place));
        consumer.seek(place, start);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(place) < end) {
            long before = consumer.position(place);
            for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
                if (rec.offset() < end) {
                    each.accept(rec);
                }
            }
            if (consumer.position(place) > before) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no progress reading " + place + " at offset " + before);
            }
        }
        return end;
    }

    /** The end, once everything below it is either committed or aborted. */
    private long stableEnd(TopicPartition place, long reflected) {
        long started = System.nanoTime();
        while (true) {
            long end = offsets.end(place);
            long stable = offsets.stable(place);
            if (stable >= end) {
                return end;
            }
            long waited = System.nanoTime() - started;
            if (waited > PATIENCE.toNanos()) {
                throw new Refusal(
                        Refusal.Code.OPEN_TRANSACTION,
                        "%s has a transaction open at offset %s that does not end.".formatted(place, stable));
            }
            if (waited > MARKERS_TAKE.toNanos()) {
                hanging.abort(place, reflected);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void refuseUnlessAccepted(Refusal.Code code, String message) {
        if (!settings.accepted().contains(code)) {
            throw new Refusal(code, message);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}

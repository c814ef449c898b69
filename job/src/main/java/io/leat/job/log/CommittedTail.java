package io.leat.job.log;

import io.leat.job.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Reads the committed records of a partition up to its end, once all former writers are fenced. */
final class CommittedTail implements AutoCloseable {

    /** Stands for the partition's first offset. */
    static final long BEGINNING = -1;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LogSettings settings;
    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;

    CommittedTail(LogSettings settings, Admin admin) {
        this.settings = settings;
        this.admin = admin;
        this.consumer = new KafkaConsumer<>(Clients.tailConsumer(settings));
    }

    /**
     * Reads from an offset to the end.
     *
     * @return the end
     */
    long read(int partition, long from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        TopicPartition place = new TopicPartition(settings.topic(), partition);
        long beginning = offset(place, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        long end = stableEnd(place);
        long start = from == BEGINNING ? beginning : from;
        if (start < beginning) {
            refuseUnlessAccepted(
                    Refusal.Code.TAIL_DELETED,
                    "%s starts at offset %d, the checkpoint needs it from %d.".formatted(place, beginning, start));
            start = beginning;
        }
        if (start > end) {
            refuseUnlessAccepted(
                    Refusal.Code.LOG_BEHIND,
                    "%s ends at offset %d, the checkpoint had seen it at %d.".formatted(place, end, start));
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
    private long stableEnd(TopicPartition place) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long end = offset(place, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
            long stable = offset(place, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
            if (stable >= end) {
                return end;
            }
            if (System.nanoTime() > deadline) {
                throw new Refusal(
                        Refusal.Code.OPEN_TRANSACTION,
                        "%s has a transaction open at offset %d, and it is not this feed's.".formatted(place, stable));
            }
        }
    }

    private long offset(TopicPartition place, OffsetSpec spec, IsolationLevel isolation) {
        try {
            return admin.listOffsets(Map.of(place, spec), new ListOffsetsOptions(isolation))
                    .partitionResult(place)
                    .get()
                    .offset();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read the offsets of " + place, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
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

package io.leat.job.log;

import io.leat.core.Change;
import io.leat.core.HeldNote;
import io.leat.format.ChangeJson;
import io.leat.job.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The change log in Kafka.
 *
 * <p>Each partition has one {@link PartitionWriter} with transactional ids of its own. Key groups and partitions nest, so
 * a partition moves to another subtask as a whole, and its new owner fences the old one by opening the same ids: the
 * subtasks need not talk to each other.
 */
public final class KafkaChangeLog implements ChangeLog {

    private final LogSettings settings;
    private final Map<Integer, PartitionWriter> writers = new HashMap<>();
    private final Admin admin;
    private final LogOffsets offsets;

    private KafkaChangeLog(LogSettings settings, List<Integer> partitions, Owner owner) {
        this.settings = settings;
        this.admin = Admin.create(Clients.common(settings.bootstrap(), settings.client()));
        this.offsets = new LogOffsets(admin);
        for (int partition : partitions) {
            writers.put(partition, new PartitionWriter(settings, offsets, partition, owner));
        }
    }

    /** Opens logs with these settings. */
    public static Opener opener(LogSettings settings) {
        return (partitions, owner) -> new KafkaChangeLog(settings, partitions, owner);
    }

    @Override
    public void takeOver(Map<Integer, Long> from, Tail tail) {
        settings.watch().reached(LogStep.FENCING);
        List<Future<?>> fenced = new ArrayList<>();
        for (PartitionWriter writer : writers.values()) {
            fenced.add(writer.fence());
        }
        try {
            for (Future<?> each : fenced) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw Ownership.explain(settings, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fencing", e);
        }
        settings.watch().reached(LogStep.READING_TAIL);
        HangingTransactions hanging = new HangingTransactions(settings, admin, offsets);
        hanging.abortNotes(writers.keySet());
        try (CommittedTail reader = new CommittedTail(settings, offsets, hanging)) {
            for (PartitionWriter writer : writers.values()) {
                int partition = writer.partition();
                boolean fromBeginning = !from.containsKey(partition);
                long end = reader.read(
                        partition,
                        from.getOrDefault(partition, CommittedTail.BEGINNING),
                        rec -> tail.told(
                                partition,
                                rec.offset(),
                                parse(rec),
                                SamenessHeader.read(rec.headers().lastHeader(SamenessHeader.NAME)),
                                fromBeginning));
                writer.start(end);
            }
        }
    }

    @Override
    public void readAll(Everything each) {
        try (WholeLog whole = new WholeLog(settings, offsets)) {
            whole.read(rec ->
                    each.told(parse(rec), SamenessHeader.read(rec.headers().lastHeader(SamenessHeader.NAME))));
        }
    }

    @Override
    public void append(int partition, Change change, long takenMillis) {
        writer(partition).append(change, takenMillis);
    }

    @Override
    public void append(int partition, HeldNote note) {
        writer(partition).append(note);
    }

    private PartitionWriter writer(int partition) {
        PartitionWriter writer = writers.get(partition);
        if (writer == null) {
            throw new IllegalStateException("partition " + partition + " is not owned here");
        }
        return writer;
    }

    /** Upholds I1: what is committed is waited for until readers can see it, so that no restart can find it undone. */
    @Override
    public Map<Integer, Long> commit() {
        Map<Integer, CompletableFuture<Long>> ends = new HashMap<>();
        writers.forEach((partition, writer) -> ends.put(partition, writer.sync()));
        Map<Integer, Long> result = new HashMap<>();
        writers.forEach((partition, writer) ->
                result.put(partition, writer.await(Objects.requireNonNull(ends.get(partition)))));
        result.forEach((partition, end) -> offsets.awaitVisible(new TopicPartition(settings.topic(), partition), end));
        settings.watch().reached(LogStep.BEFORE_BARRIER);
        return result;
    }

    @Override
    public void close() {
        writers.values().forEach(PartitionWriter::close);
        admin.close(Duration.ZERO);
    }

    private Change parse(ConsumerRecord<byte[], byte[]> rec) {
        try {
            return ChangeJson.read(rec.value());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new Refusal(
                    Refusal.Code.FOREIGN_RECORD,
                    "%s partition %s offset %s is not a change of feed %s."
                            .formatted(rec.topic(), rec.partition(), rec.offset(), settings.feed()));
        }
    }
}

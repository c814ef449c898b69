package io.leat.delivery;

import io.leat.delivery.lane.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Where in the change log a moment is. Waits for the broker. Thread-safe. */
final class Places {

    private static final ListOffsetsOptions COMMITTED = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

    private final Admin admin;
    private final String changes;
    private final Cursors cursors;

    Places(Admin admin, String changes, Cursors cursors) {
        this.admin = admin;
        this.changes = changes;
        this.cursors = cursors;
    }

    /** How many partitions the change log has; 0 if there is none yet. */
    int partitions() {
        try {
            return wait(admin.describeTopics(List.of(changes)).allTopicNames())
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
        } catch (UnknownTopicOrPartitionException e) {
            return 0;
        }
    }

    /** The end of a topic's first partition. */
    long end(String topic) {
        TopicPartition first = new TopicPartition(topic, 0);
        return wait(admin.listOffsets(Map.of(first, OffsetSpec.latest())).partitionResult(first))
                .offset();
    }

    /** Behind all that has been told. */
    Start now() {
        return new Start(0, offsets(OffsetSpec.latest(), partition -> 0L));
    }

    /**
     * Where a subscription begins anew that is to get again what was told at a moment or later: never behind what it has
     * not got yet.
     */
    Start again(Standing standing, long sinceMillis) {
        List<Long> end = offsets(OffsetSpec.latest(), partition -> 0L);
        List<Long> since = offsets(OffsetSpec.forTimestamp(sinceMillis), end::get);
        List<Integer> partitions = IntStream.range(0, since.size()).boxed().toList();
        Map<Integer, Cursors.Committed> committed =
                cursors.load(List.of(standing.id()), partitions).getOrDefault(standing.id(), Map.of());
        List<Long> again = new ArrayList<>();
        for (int partition : partitions) {
            Cursors.Committed known = committed.get(partition);
            Cursor cursor = known == null ? null : known.cursor();
            long owed = cursor == null || cursor.epoch() < standing.start().epoch()
                    ? notBegun(standing, partition, end.get(partition))
                    : cursor.position();
            again.add(Math.min(owed, since.get(partition)));
        }
        return new Start(standing.start().epoch() + 1, again);
    }

    /** Where one begins that has committed nothing. */
    static long notBegun(Standing standing, int partition, long end) {
        return standing.start().isFixed() || !standing.beginsNow()
                ? standing.start().offset(partition)
                : end;
    }

    private List<Long> offsets(OffsetSpec spec, IntFunction<Long> otherwise) {
        int partitions = partitions();
        if (partitions == 0) {
            return List.of();
        }
        Map<TopicPartition, OffsetSpec> asked = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(changes, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                wait(admin.listOffsets(asked, COMMITTED).all());
        List<Long> offsets = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            ListOffsetsResultInfo info = found.get(new TopicPartition(changes, partition));
            long offset = info == null ? -1 : info.offset();
            offsets.add(offset < 0 ? otherwise.apply(partition) : Long.valueOf(offset));
        }
        return offsets;
    }

    private static <T> T wait(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException kafka) {
                throw kafka;
            }
            throw new KafkaException("the broker does not answer", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

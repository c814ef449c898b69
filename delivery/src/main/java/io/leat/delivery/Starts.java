package io.leat.delivery;

import io.leat.delivery.lane.Cursor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Where lanes begin: where their clients were, or where their subscriptions say. On the reading thread. */
final class Starts {

    private final Consumer<byte[], byte[]> consumer;
    private final Cursors cursors;

    Starts(Consumer<byte[], byte[]> consumer, Cursors cursors) {
        this.consumer = consumer;
        this.cursors = cursors;
    }

    /** Those of some subscriptions in one partition, each with the revision it was committed under. Waits for the broker. */
    Map<Standing, Cursors.Committed> of(TopicPartition partition, Collection<Standing> subscriptions) {
        Map<String, Map<Integer, Cursors.Committed>> committed =
                cursors.load(subscriptions.stream().map(Standing::id).toList(), List.of(partition.partition()));
        Map<Standing, Cursors.Committed> starts = new HashMap<>();
        for (Standing standing : subscriptions) {
            Cursors.Committed known =
                    committed.getOrDefault(standing.id(), Map.of()).get(partition.partition());
            starts.put(standing, start(partition, standing, known));
        }
        return starts;
    }

    private Cursors.Committed start(TopicPartition partition, Standing standing, Cursors.@Nullable Committed known) {
        long epoch = standing.start().epoch();
        if (known != null && known.cursor().epoch() >= epoch) {
            Cursor cursor = known.cursor().within(beginning(partition), end(partition));
            return new Cursors.Committed(cursor, known.revision());
        }
        long offset = !standing.start().isFixed() && standing.beginsNow()
                ? end(partition)
                : Math.max(standing.start().offset(partition.partition()), beginning(partition));
        return new Cursors.Committed(Cursor.at(epoch, offset), Standing.UNWRITTEN);
    }

    long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private long beginning(TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }
}

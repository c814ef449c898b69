package io.leat.job.read;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.util.clock.SystemClock;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Deals out partitions as Kafka's own does, and tells the readers every now and then where these end. A broker that does
 * not answer proves nothing: then nobody is told.
 */
final class PacedEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

    private static final long FIRST_LOOK_MILLIS = 100;

    private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> dealer;
    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private final Lookout lookout;
    private final long lookEveryMillis;

    private volatile Set<TopicPartition> places = Set.of();

    /** @param lookout is closed with this */
    PacedEnumerator(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> dealer,
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            Lookout lookout,
            long lookEveryMillis) {
        this.dealer = dealer;
        this.context = context;
        this.lookout = lookout;
        this.lookEveryMillis = lookEveryMillis;
    }

    @Override
    public void start() {
        dealer.start();
        context.callAsync(this::look, this::tell, FIRST_LOOK_MILLIS, lookEveryMillis);
    }

    /** What the broker said, and when it was asked. */
    private record Seen(Lookout.@Nullable Sight sight, long at) {}

    private Seen look() throws Exception {
        long at = SystemClock.getInstance().absoluteTimeMillis();
        return new Seen(lookout.look(places), at);
    }

    private void tell(@Nullable Seen seen, @Nullable Throwable failed) {
        Lookout.Sight sight = seen == null ? null : seen.sight();
        KafkaSourceEnumState dealt;
        try {
            dealt = dealer.snapshotState(0);
        } catch (Exception e) {
            throw new IllegalStateException("Kafka's enumerator does not say what it has dealt out", e);
        }
        Set<TopicPartition> all = new HashSet<>();
        dealt.assignedSplits().forEach(split -> all.add(split.getTopicPartition()));
        places = all;
        if (failed == null && seen != null && sight != null) {
            boolean isDealt =
                    dealt.initialDiscoveryFinished() && dealt.unassignedSplits().isEmpty() && !all.isEmpty();
            Extents extents = new Extents(sight.extents(), seen.at(), isDealt);
            context.registeredReaders().keySet().forEach(reader -> context.sendEventToSourceReader(reader, extents));
        }
    }

    @Override
    public void handleSplitRequest(int reader, @Nullable String host) {
        dealer.handleSplitRequest(reader, host);
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int reader) {
        dealer.addSplitsBack(splits, reader);
    }

    @Override
    public void addReader(int reader) {
        dealer.addReader(reader);
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpoint) throws Exception {
        return dealer.snapshotState(checkpoint);
    }

    @Override
    public void handleSourceEvent(int reader, SourceEvent event) {
        dealer.handleSourceEvent(reader, event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        dealer.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        dealer.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void close() throws IOException {
        try {
            dealer.close();
        } finally {
            lookout.close();
        }
    }
}

package io.leat.job;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a partition that no checkpoint knows from its first record. An offset that is gone is an error and never a silent
 * jump, unless a person has accepted the loss.
 */
@SuppressWarnings("deprecation") // the connector's interface still speaks of it
final class FromTheStart implements OffsetsInitializer {

    private static final long serialVersionUID = 1L;

    private final boolean lossAccepted;

    FromTheStart(boolean lossAccepted) {
        this.lossAccepted = lossAccepted;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        return OffsetsInitializer.earliest().getPartitionOffsets(partitions, retriever);
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return lossAccepted ? OffsetResetStrategy.EARLIEST : OffsetResetStrategy.NONE;
    }
}

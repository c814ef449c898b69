package io.leat.job.read;

import io.leat.core.EventProgress.Reached;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** A partition as a checkpoint holds it: from where it is to be read, and how far event time had come in it. */
final class PacedSplit extends KafkaPartitionSplit {

    private final Reached reached;

    PacedSplit(KafkaPartitionSplit split, Reached reached) {
        super(
                split.getTopicPartition(),
                split.getStartingOffset(),
                split.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
        this.reached = reached;
    }

    /** How far event time had come in a partition; nothing is known of one that is dealt out for the first time. */
    static Reached reached(KafkaPartitionSplit split) {
        return split instanceof PacedSplit paced ? paced.reached : Reached.NOTHING;
    }
}

package io.leat.job.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.EventProgress.Reached;
import java.io.IOException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PacedSplitSerializerTest {

    private static final KafkaPartitionSplit SPLIT = new KafkaPartitionSplit(new TopicPartition("raw", 3), 42);

    private final KafkaPartitionSplitSerializer kafka = new KafkaPartitionSplitSerializer();
    private final PacedSplitSerializer serializer = new PacedSplitSerializer(kafka);

    @Test
    void howFarEventTimeHadComeIsKept() throws IOException {
        KafkaPartitionSplit read = readAgain(new PacedSplit(SPLIT, new Reached(1_700_000_000_000L, true)));
        assertThat(PacedSplit.reached(read)).isEqualTo(new Reached(1_700_000_000_000L, true));
        assertThat(read.getTopicPartition()).isEqualTo(SPLIT.getTopicPartition());
        assertThat(read.getStartingOffset()).isEqualTo(42);
        assertThat(read.getStoppingOffset()).isEmpty();
    }

    @Test
    void aPartitionThatWasNotReadYetIsKeptToo() throws IOException {
        assertThat(PacedSplit.reached(readAgain(SPLIT))).isEqualTo(Reached.NOTHING);
    }

    @Test
    void whatAnEarlierVersionWroteIsRead() throws IOException {
        assertThat(serializer.deserialize(kafka.getVersion(), kafka.serialize(SPLIT)))
                .isEqualTo(SPLIT);
    }

    private KafkaPartitionSplit readAgain(KafkaPartitionSplit split) throws IOException {
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
    }
}

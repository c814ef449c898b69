package io.leat.job.read;

import io.leat.core.EventProgress.Reached;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes a partition as Kafka's own serializer does, behind how far event time had come. What that serializer wrote alone, as
 * earlier versions did, is read too.
 */
final class PacedSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {

    /** Far beyond the versions of the serializer within. */
    private static final int FIRST_VERSION = 1_000;

    private final SimpleVersionedSerializer<KafkaPartitionSplit> kafka;

    PacedSplitSerializer(SimpleVersionedSerializer<KafkaPartitionSplit> kafka) {
        this.kafka = kafka;
    }

    @Override
    public int getVersion() {
        return FIRST_VERSION + kafka.getVersion();
    }

    @Override
    public byte[] serialize(KafkaPartitionSplit split) throws IOException {
        Reached reached = PacedSplit.reached(split);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(reached.newest());
            out.writeBoolean(reached.isEnded());
            out.write(kafka.serialize(split));
        }
        return bytes.toByteArray();
    }

    @Override
    public KafkaPartitionSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version < FIRST_VERSION) {
            return kafka.deserialize(version, bytes);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Reached reached = new Reached(in.readLong(), in.readBoolean());
            return new PacedSplit(kafka.deserialize(version - FIRST_VERSION, in.readAllBytes()), reached);
        }
    }
}

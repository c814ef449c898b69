package io.leat.job.wire;

import io.leat.core.Refusal;
import io.leat.job.DeadLetter;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Dead letters on the wire. */
public final class DeadLetterSerializer extends WireSerializer<DeadLetter> {

    private static final long serialVersionUID = 1L;

    static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();

    @Override
    public DeadLetter createInstance() {
        return new DeadLetter(RawRecordSerializer.INSTANCE.createInstance(), Refusal.of(Refusal.Code.INTERNAL, ""));
    }

    @Override
    public void serialize(DeadLetter letter, DataOutputView out) throws IOException {
        RawRecordSerializer.INSTANCE.serialize(letter.rec(), out);
        ScrapeSerializer.refusal(letter.refusal(), out);
    }

    @Override
    public DeadLetter deserialize(DataInputView in) throws IOException {
        return new DeadLetter(RawRecordSerializer.INSTANCE.deserialize(in), ScrapeSerializer.refusal(in));
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

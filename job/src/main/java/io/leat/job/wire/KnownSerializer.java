package io.leat.job.wire;

import io.leat.core.Compared;
import io.leat.core.Known;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is known of a key, in checkpoints and savepoints.
 *
 * <p>Every value starts with the version of its layout, so that a later build reads what an earlier one wrote. Each
 * thread has its own: it remembers the paths it read last.
 */
public final class KnownSerializer extends WireSerializer<Known> {

    private static final long serialVersionUID = 1L;

    private static final byte VERSION = 1;

    private transient List<String> lastPaths = List.of();

    @Override
    public KnownSerializer duplicate() {
        return new KnownSerializer();
    }

    @Override
    public Known createInstance() {
        return new Known(0, 0, 0, new Compared(List.of(), List.of()));
    }

    @Override
    public void serialize(Known known, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(known.eventTime());
        out.writeLong(known.tie());
        out.writeLong(known.seq());
        Wire.compared(known.compared(), out);
    }

    @Override
    public Known deserialize(DataInputView in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("state layout " + version + " is newer than this build, which knows " + VERSION);
        }
        long eventTime = in.readLong();
        long tie = in.readLong();
        long seq = in.readLong();
        Compared compared = Wire.compared(in, lastPaths == null ? List.of() : lastPaths);
        lastPaths = compared.paths();
        return new Known(eventTime, tie, seq, compared);
    }

    @Override
    public TypeSerializerSnapshot<Known> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Known> {
        public Snapshot() {
            super(KnownSerializer::new);
        }
    }
}

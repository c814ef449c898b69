package io.leat.job.wire;

import io.leat.core.Compared;
import io.leat.core.Known;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key, in checkpoints and savepoints.
 *
 * <p>Every value starts with the version of its layout, so that a later build reads what an earlier one wrote. Each
 * thread has its own: it remembers the paths it read last.
 */
public final class KnownSerializer extends WireSerializer<Known> {

    private static final long serialVersionUID = 1L;

    private static final byte VERSION = 2;
    private static final byte LAYOUT_1 = 1;
    private static final int SCRATCH_BYTES = 256;

    private transient List<String> lastPaths = List.of();
    private transient @Nullable DataOutputSerializer scratch;

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
        DataOutputSerializer whole = scratch;
        if (whole == null) {
            whole = new DataOutputSerializer(SCRATCH_BYTES);
            scratch = whole;
        }
        whole.clear();
        whole.writeByte(VERSION);
        whole.writeLong(known.eventTime());
        whole.writeLong(known.tie());
        whole.writeLong(known.seq());
        Wire.compared(known.compared(), whole);
        out.write(whole.getSharedBuffer(), 0, whole.length()); // checkpoints take one large write far faster
    }

    @Override
    public Known deserialize(DataInputView in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION && version != LAYOUT_1) {
            throw new IOException("state layout " + version + " is newer than this build, which knows " + VERSION);
        }
        long eventTime = in.readLong();
        long tie = in.readLong();
        long seq = in.readLong();
        List<String> last = lastPaths == null ? List.of() : lastPaths;
        Compared compared = version == LAYOUT_1 ? Wire.comparedOfLayout1(in, last) : Wire.compared(in, last);
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

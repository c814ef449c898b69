package io.leat.job.wire;

import io.leat.core.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Who waits of a key, in checkpoints and savepoints. Starts with the version of its layout. */
public final class WaitingSerializer extends WireSerializer<Waiting> {

    private static final long serialVersionUID = 1L;

    private static final byte VERSION = 1;

    private final ItemSerializer items = new ItemSerializer();

    @Override
    public WaitingSerializer duplicate() {
        return new WaitingSerializer();
    }

    @Override
    public Waiting createInstance() {
        return Waiting.NONE;
    }

    @Override
    public void serialize(Waiting waiting, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(waiting.gone());
        out.writeInt(waiting.entries().size());
        for (Waiting.Entry entry : waiting.entries()) {
            items.serialize(entry.item(), out);
            out.writeLong(entry.arrived());
            out.writeLong(entry.due());
        }
        out.writeInt(waiting.peaks().size());
        for (Waiting.Peak peak : waiting.peaks()) {
            out.writeLong(peak.arrived());
            out.writeLong(peak.eventTime());
        }
    }

    @Override
    public Waiting deserialize(DataInputView in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("state layout " + version + " is newer than this build, which knows " + VERSION);
        }
        long gone = in.readLong();
        int count = in.readInt();
        List<Waiting.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new Waiting.Entry(items.deserialize(in), in.readLong(), in.readLong()));
        }
        int peakCount = in.readInt();
        List<Waiting.Peak> peaks = new ArrayList<>(peakCount);
        for (int i = 0; i < peakCount; i++) {
            peaks.add(new Waiting.Peak(in.readLong(), in.readLong()));
        }
        return new Waiting(gone, entries, peaks);
    }

    @Override
    public TypeSerializerSnapshot<Waiting> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Waiting> {
        public Snapshot() {
            super(WaitingSerializer::new);
        }
    }
}

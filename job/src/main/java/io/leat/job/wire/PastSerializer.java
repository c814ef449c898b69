package io.leat.job.wire;

import io.leat.core.Change;
import io.leat.core.Known;
import io.leat.format.ChangeJson;
import io.leat.job.Past;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What the counters still have to hear of a key, in checkpoints and savepoints. */
public final class PastSerializer extends WireSerializer<Past> {

    private static final long serialVersionUID = 1L;

    private static final byte VERSION = 1;
    private static final int BEHIND = 1;
    private static final int KNOWN = 2;

    private final KnownSerializer known = new KnownSerializer();

    @Override
    public PastSerializer duplicate() {
        return new PastSerializer();
    }

    @Override
    public Past createInstance() {
        return Past.NONE;
    }

    @Override
    public void serialize(Past past, DataOutputView out) throws IOException {
        Known then = past.known();
        out.writeByte(VERSION);
        out.writeByte((past.isBehind() ? BEHIND : 0) | (then == null ? 0 : KNOWN));
        if (then != null) {
            known.serialize(new KnownCell(then), out);
        }
        out.writeInt(past.departures().size());
        for (Change gone : past.departures()) {
            Wire.text(ChangeJson.write("", gone), out);
        }
        out.writeInt(past.told().size());
        for (long place : past.told()) {
            out.writeLong(place);
        }
    }

    @Override
    public Past deserialize(DataInputView in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("state layout " + version + " is newer than this build, which knows " + VERSION);
        }
        int flags = in.readByte();
        Known then = (flags & KNOWN) == 0 ? null : known.deserialize(in).known();
        List<Change> departures = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            departures.add(ChangeJson.read(Wire.text(in).getBytes(StandardCharsets.UTF_8)));
        }
        List<Long> told = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            told.add(in.readLong());
        }
        return new Past(then, (flags & BEHIND) != 0, departures, told);
    }

    @Override
    public TypeSerializerSnapshot<Past> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Past> {
        public Snapshot() {
            super(PastSerializer::new);
        }
    }
}

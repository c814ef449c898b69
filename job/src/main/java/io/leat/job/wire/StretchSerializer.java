package io.leat.job.wire;

import io.leat.core.drift.Look;
import io.leat.core.drift.Observation;
import io.leat.core.drift.Observation.Seen;
import io.leat.job.Stretch;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Stretches on the wire. Looks that follow one another and are one object are written once. */
public final class StretchSerializer extends WireSerializer<Stretch> {

    private static final long serialVersionUID = 1L;

    static final StretchSerializer INSTANCE = new StretchSerializer();

    @Override
    public Stretch createInstance() {
        return Stretch.of("");
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // one object stands for records that look alike
    public void serialize(Stretch stretch, DataOutputView out) throws IOException {
        out.writeInt(stretch.readers());
        if (stretch.isAtHead()) {
            out.writeInt(stretch.reader());
            out.writeLong(stretch.moment(0));
            return;
        }
        Wire.text(stretch.site(), out);
        out.writeInt(stretch.moments());
        for (int i = 0; i < stretch.moments(); i++) {
            out.writeLong(stretch.moment(i));
            out.writeLong(stretch.records(i));
        }
        out.writeLong(stretch.refused());
        out.writeLong(stretch.bytes());
        out.writeInt(stretch.looks());
        Observation last = null;
        for (int i = 0; i < stretch.looks(); i++) {
            Observation look = stretch.look(i);
            out.writeLong(stretch.times()[i]);
            out.writeBoolean(look != last);
            if (look != last) {
                write(look, out);
                last = look;
            }
        }
    }

    @Override
    public Stretch deserialize(DataInputView in) throws IOException {
        int readers = in.readInt();
        if (readers > 0) {
            return Stretch.atHead(in.readInt(), readers, in.readLong());
        }
        Stretch stretch = Stretch.of(Wire.text(in));
        for (int left = in.readInt(); left > 0; left--) {
            stretch.moment(in.readLong(), in.readLong());
        }
        stretch.weighs(in.readLong(), in.readLong());
        Observation last = new Observation(stretch.site(), Map.of());
        for (int left = in.readInt(); left > 0; left--) {
            long time = in.readLong();
            last = in.readBoolean() ? read(stretch.site(), in) : last;
            stretch.look(last, time);
        }
        return stretch;
    }

    static void write(Observation look, DataOutputView out) throws IOException {
        out.writeInt(look.fields().size());
        for (Map.Entry<String, Seen> field : look.fields().entrySet()) {
            String sample = field.getValue().sample();
            Wire.text(field.getKey(), out);
            out.writeByte(field.getValue().look().place());
            out.writeBoolean(sample != null);
            if (sample != null) {
                Wire.text(sample, out);
            }
        }
    }

    static Observation read(String site, DataInputView in) throws IOException {
        int size = in.readInt();
        Map<String, Seen> fields = new HashMap<>(2 * size);
        for (int i = 0; i < size; i++) {
            String path = Wire.text(in);
            Look look = Look.at(in.readByte());
            fields.put(path, new Seen(look, in.readBoolean() ? Wire.text(in) : null));
        }
        return new Observation(site, fields);
    }

    @Override
    public TypeSerializerSnapshot<Stretch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Stretch> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

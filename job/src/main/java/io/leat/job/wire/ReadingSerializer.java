package io.leat.job.wire;

import io.leat.core.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Readings on the wire. */
public final class ReadingSerializer extends WireSerializer<Reading> {

    private static final long serialVersionUID = 1L;

    static final ReadingSerializer INSTANCE = new ReadingSerializer();

    @Override
    public Reading createInstance() {
        return new Reading(0, "", 0, 0, 0, List.of());
    }

    @Override
    public void serialize(Reading reading, DataOutputView out) throws IOException {
        out.writeInt(reading.window());
        Wire.text(reading.group(), out);
        out.writeLong(reading.eventTime());
        out.writeLong(reading.tie());
        out.writeLong(reading.closed());
        out.writeInt(reading.values().size());
        for (String value : reading.values()) {
            Wire.text(value, out);
        }
    }

    @Override
    public Reading deserialize(DataInputView in) throws IOException {
        int window = in.readInt();
        String group = Wire.text(in);
        long eventTime = in.readLong();
        long tie = in.readLong();
        long closed = in.readLong();
        int count = in.readInt();
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(Wire.text(in));
        }
        return new Reading(window, group, eventTime, tie, closed, values);
    }

    @Override
    public TypeSerializerSnapshot<Reading> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Reading> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

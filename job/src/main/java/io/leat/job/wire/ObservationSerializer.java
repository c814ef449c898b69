package io.leat.job.wire;

import io.leat.core.drift.Look;
import io.leat.core.drift.Observation;
import io.leat.core.drift.Observation.Seen;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Observations on the wire. */
public final class ObservationSerializer extends WireSerializer<Observation> {

    private static final long serialVersionUID = 1L;

    static final ObservationSerializer INSTANCE = new ObservationSerializer();

    @Override
    public Observation createInstance() {
        return new Observation("", 0, Map.of());
    }

    @Override
    public void serialize(Observation observation, DataOutputView out) throws IOException {
        Wire.text(observation.site(), out);
        out.writeLong(observation.timeMillis());
        out.writeInt(observation.fields().size());
        for (Map.Entry<String, Seen> field : observation.fields().entrySet()) {
            String sample = field.getValue().sample();
            Wire.text(field.getKey(), out);
            out.writeByte(field.getValue().look().place());
            out.writeBoolean(sample != null);
            if (sample != null) {
                Wire.text(sample, out);
            }
        }
    }

    @Override
    public Observation deserialize(DataInputView in) throws IOException {
        String site = Wire.text(in);
        long timeMillis = in.readLong();
        int size = in.readInt();
        Map<String, Seen> fields = new HashMap<>(2 * size);
        for (int i = 0; i < size; i++) {
            String path = Wire.text(in);
            Look look = Look.at(in.readByte());
            fields.put(path, new Seen(look, in.readBoolean() ? Wire.text(in) : null));
        }
        return new Observation(site, timeMillis, fields);
    }

    @Override
    public TypeSerializerSnapshot<Observation> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Observation> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

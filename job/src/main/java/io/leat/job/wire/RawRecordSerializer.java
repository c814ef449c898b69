package io.leat.job.wire;

import io.leat.job.RawRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Raw records on the wire. */
public final class RawRecordSerializer extends WireSerializer<RawRecord> {

    private static final long serialVersionUID = 1L;

    static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

    @Override
    public RawRecord createInstance() {
        return new RawRecord("", 0, 0, 0, null, null, List.of());
    }

    @Override
    public void serialize(RawRecord rec, DataOutputView out) throws IOException {
        Wire.text(rec.topic(), out);
        out.writeInt(rec.partition());
        out.writeLong(rec.offset());
        out.writeLong(rec.timestamp());
        Wire.bytes(rec.key(), out);
        Wire.bytes(rec.value(), out);
        out.writeInt(rec.headers().size());
        for (RawRecord.Header header : rec.headers()) {
            Wire.text(header.name(), out);
            Wire.bytes(header.value(), out);
        }
    }

    @Override
    public RawRecord deserialize(DataInputView in) throws IOException {
        String topic = Wire.text(in);
        int partition = in.readInt();
        long offset = in.readLong();
        long timestamp = in.readLong();
        byte[] key = Wire.bytes(in);
        byte[] value = Wire.bytes(in);
        int count = in.readInt();
        List<RawRecord.Header> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(new RawRecord.Header(Wire.text(in), Wire.bytes(in)));
        }
        return new RawRecord(topic, partition, offset, timestamp, key, value, headers);
    }

    @Override
    public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

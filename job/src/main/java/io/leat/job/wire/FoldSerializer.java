package io.leat.job.wire;

import io.leat.core.Series;
import io.leat.job.window.Fold;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** What is known of a span, in checkpoints and savepoints. Starts with the version of its layout. */
public final class FoldSerializer extends WireSerializer<Fold> {

    private static final long serialVersionUID = 1L;

    private static final byte VERSION = 1;

    static final FoldSerializer INSTANCE = new FoldSerializer();

    /** A fold grows; what a checkpoint is writing must not. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Fold copy(Fold fold) {
        return fold.copy();
    }

    @Override
    public Fold copy(Fold fold, Fold reuse) {
        return fold.copy();
    }

    @Override
    public Fold createInstance() {
        return Fold.of(0, List.of(), List.of());
    }

    @Override
    public void serialize(Fold fold, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(fold.items());
        out.writeInt(fold.series().size());
        for (Series series : fold.series()) {
            series(series, out);
        }
        List<byte[]> sketches = fold.sketches();
        out.writeInt(sketches.size());
        for (byte[] sketch : sketches) {
            Wire.bytes(sketch, out);
        }
    }

    @Override
    public Fold deserialize(DataInputView in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("state layout " + version + " is newer than this build, which knows " + VERSION);
        }
        long items = in.readLong();
        int seriesCount = in.readInt();
        List<Series> series = new ArrayList<>(seriesCount);
        for (int i = 0; i < seriesCount; i++) {
            series.add(series(in));
        }
        int sketchCount = in.readInt();
        List<byte[]> sketches = new ArrayList<>(sketchCount);
        for (int i = 0; i < sketchCount; i++) {
            sketches.add(Objects.requireNonNull(Wire.bytes(in)));
        }
        return Fold.of(items, series, sketches);
    }

    private static void series(Series series, DataOutputView out) throws IOException {
        out.writeLong(series.count());
        out.writeLong(series.numbers());
        Wire.text(series.sum().toString(), out);
        number(series.least(), out);
        number(series.greatest(), out);
        point(series.first(), out);
        point(series.last(), out);
    }

    private static Series series(DataInputView in) throws IOException {
        return new Series(
                in.readLong(),
                in.readLong(),
                new BigDecimal(Wire.text(in)),
                number(in),
                number(in),
                point(in),
                point(in));
    }

    private static void number(@Nullable BigDecimal number, DataOutputView out) throws IOException {
        Wire.text(number == null ? "" : number.toString(), out);
    }

    private static @Nullable BigDecimal number(DataInputView in) throws IOException {
        String text = Wire.text(in);
        return text.isEmpty() ? null : new BigDecimal(text);
    }

    private static void point(Series.@Nullable Point point, DataOutputView out) throws IOException {
        out.writeBoolean(point != null);
        if (point != null) {
            out.writeLong(point.eventTime());
            out.writeLong(point.tie());
            Wire.text(point.value(), out);
        }
    }

    private static Series.@Nullable Point point(DataInputView in) throws IOException {
        return in.readBoolean() ? new Series.Point(in.readLong(), in.readLong(), Wire.text(in)) : null;
    }

    @Override
    public TypeSerializerSnapshot<Fold> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Fold> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

package io.leat.job.wire;

import io.leat.core.Averages;
import io.leat.core.Compared;
import io.leat.core.Floor;
import io.leat.core.Footing;
import io.leat.core.Held;
import io.leat.core.Known;
import io.leat.core.Settling;
import java.io.IOException;
import java.util.ArrayList;
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
 * <p>Every value starts with the version of its layout, so that a later build reads what an earlier one wrote; what does not need the
 * newest one has the one before. Each
 * thread has its own: it remembers the paths it read last.
 */
public final class KnownSerializer extends WireSerializer<KnownCell> {

    private static final long serialVersionUID = 1L;

    private static final byte VERSION = 6;
    private static final byte LAYOUT_1 = 1;
    private static final byte LAYOUT_2 = 2;
    private static final byte LAYOUT_4 = 4;
    private static final byte LAYOUT_5 = 5;

    /** What else there is of a key, one bit each. */
    private static final int HELD = 1;

    private static final int REJECTED = 2;
    private static final int SETTLING = 4;
    private static final int GONE = 8;
    private static final int RESET = 16;
    private static final int AVERAGES = 32;
    private static final int TOLD = 64;

    private static final int SCRATCH_BYTES = 256;

    private transient List<String> lastPaths = List.of();
    /** Most keys stand on one. */
    private transient Footing lastFooting = Footing.UNMARKED;

    private transient @Nullable DataOutputSerializer scratch;

    @Override
    public KnownSerializer duplicate() {
        return new KnownSerializer();
    }

    @Override
    public KnownCell createInstance() {
        return new KnownCell(new Known(0, 0, 0, new Compared(List.of(), List.of())));
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public KnownCell copy(KnownCell cell) {
        return new KnownCell(cell);
    }

    @Override
    public KnownCell copy(KnownCell cell, KnownCell reuse) {
        return new KnownCell(cell);
    }

    @Override
    public void serialize(KnownCell cell, DataOutputView out) throws IOException {
        Known known = cell.known();
        DataOutputSerializer whole = scratch;
        if (whole == null) {
            whole = new DataOutputSerializer(SCRATCH_BYTES);
            scratch = whole;
        }
        whole.clear();
        whole.writeByte(known.footing().equals(Footing.UNMARKED) ? LAYOUT_5 : VERSION);
        whole.writeLong(known.eventTime());
        whole.writeLong(known.tie());
        whole.writeLong(known.seq());
        Wire.compared(known.compared(), whole);
        whole.writeLong(known.firstSeen());
        whole.writeLong(known.unchanged());
        rest(known, whole);
        out.write(whole.getSharedBuffer(), 0, whole.length()); // checkpoints take one large write far faster
    }

    @Override
    public KnownCell deserialize(DataInputView in) throws IOException {
        return new KnownCell(known(in));
    }

    private Known known(DataInputView in) throws IOException {
        byte version = in.readByte();
        if (version < LAYOUT_1 || version > VERSION) {
            throw new IOException("state layout " + version + " is newer than this build, which knows " + VERSION);
        }
        long eventTime = in.readLong();
        long tie = in.readLong();
        long seq = in.readLong();
        List<String> last = lastPaths == null ? List.of() : lastPaths;
        Compared compared = version == LAYOUT_1 ? Wire.comparedOfLayout1(in, last) : Wire.compared(in, last);
        lastPaths = compared.paths();
        if (version <= LAYOUT_2) {
            return new Known(eventTime, tie, seq, compared);
        }
        long firstSeen = in.readLong();
        long unchanged = in.readLong();
        int flags = in.readByte();
        Held held = (flags & HELD) == 0 ? null : held(in, (flags & REJECTED) != 0);
        List<Settling> settling = (flags & SETTLING) == 0 ? List.of() : settling(in);
        Floor floor = (flags & RESET) == 0 ? null : floor(in, version);
        Averages averages = (flags & AVERAGES) == 0 ? null : new Averages(in.readLong(), Wire.compared(in, List.of()));
        Footing footing = version <= LAYOUT_5 ? Footing.UNMARKED : footing(in, (flags & TOLD) != 0);
        return new Known(
                eventTime,
                tie,
                seq,
                compared,
                firstSeen,
                unchanged,
                settling,
                (flags & GONE) != 0,
                held,
                floor,
                averages,
                footing);
    }

    private Footing footing(DataInputView in, boolean hasTold) throws IOException {
        int sameness = in.readInt();
        if (hasTold) {
            return new Footing(sameness, Wire.compared(in, List.of()));
        }
        if (lastFooting == null || lastFooting.sameness() != sameness) {
            lastFooting = new Footing(sameness, null);
        }
        return lastFooting;
    }

    private static void rest(Known known, DataOutputView out) throws IOException {
        Held held = known.held();
        int flags = (held == null ? 0 : HELD)
                | (held != null && held.rejected() ? REJECTED : 0)
                | (known.settling().isEmpty() ? 0 : SETTLING)
                | (known.gone() ? GONE : 0)
                | (known.floor() == null ? 0 : RESET)
                | (known.averages() == null ? 0 : AVERAGES)
                | (known.footing().told() == null ? 0 : TOLD);
        out.writeByte(flags);
        if (held != null) {
            Wire.compared(held.values(), out);
        }
        if (!known.settling().isEmpty()) {
            out.writeInt(known.settling().size());
            for (Settling each : known.settling()) {
                Wire.text(each.path(), out);
                Wire.text(each.value(), out);
                out.writeLong(each.since());
            }
        }
        Floor floor = known.floor();
        if (floor != null) {
            Wire.text(floor.topicId(), out);
            out.writeInt(floor.partition());
            out.writeLong(floor.offset());
        }
        Averages averages = known.averages();
        if (averages != null) {
            out.writeLong(averages.since());
            Wire.compared(averages.means(), out);
        }
        Footing footing = known.footing();
        if (!footing.equals(Footing.UNMARKED)) {
            out.writeInt(footing.sameness());
            if (footing.told() != null) {
                Wire.compared(footing.told(), out);
            }
        }
    }

    private static Floor floor(DataInputView in, byte version) throws IOException {
        String topicId = version <= LAYOUT_4 ? "" : Wire.text(in);
        return new Floor(topicId, in.readInt(), in.readLong());
    }

    private static Held held(DataInputView in, boolean rejected) throws IOException {
        return new Held(Wire.compared(in, List.of()), rejected);
    }

    private static List<Settling> settling(DataInputView in) throws IOException {
        int size = in.readInt();
        List<Settling> settling = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            settling.add(new Settling(Wire.text(in), Wire.text(in), in.readLong()));
        }
        return settling;
    }

    @Override
    public TypeSerializerSnapshot<KnownCell> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<KnownCell> {
        public Snapshot() {
            super(KnownSerializer::new);
        }
    }
}

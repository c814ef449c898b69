package io.leat.job.wire;

import io.leat.core.CrawlEnded;
import io.leat.core.Refusal;
import io.leat.core.Verdict;
import io.leat.core.drift.Observation;
import io.leat.job.RawRecord;
import io.leat.job.Scrape;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Scrapes on the wire. Each thread has its own. */
public final class ScrapeSerializer extends WireSerializer<Scrape> {

    private static final long serialVersionUID = 1L;

    private static final byte NOTHING = 0;
    private static final byte KEPT = 1;
    private static final byte REFUSED = 2;
    private static final byte ENDED = 3;

    static final ScrapeSerializer INSTANCE = new ScrapeSerializer();

    private final ItemSerializer items = new ItemSerializer();

    @Override
    public ScrapeSerializer duplicate() {
        return new ScrapeSerializer();
    }

    @Override
    public Scrape createInstance() {
        return new Scrape(new RawRecord("", 0, 0, 0, null, null, List.of()), null, null, 0);
    }

    @Override
    public void serialize(Scrape scrape, DataOutputView out) throws IOException {
        RawRecordSerializer.INSTANCE.serialize(scrape.raw(), out);
        Observation look = scrape.look();
        out.writeBoolean(look != null);
        if (look != null) {
            Wire.text(look.site(), out);
            StretchSerializer.write(look, out);
            out.writeLong(scrape.takenMillis());
        }
        Verdict verdict = scrape.verdict();
        if (verdict instanceof Verdict.Kept kept) {
            out.writeByte(KEPT);
            items.serialize(kept.item(), out);
        } else if (verdict instanceof Verdict.Refused refused) {
            out.writeByte(REFUSED);
            refusal(refused.refusal(), out);
        } else if (verdict instanceof Verdict.Ended ended) {
            out.writeByte(ENDED);
            Wire.text(ended.end().site(), out);
            out.writeLong(ended.end().started());
            out.writeLong(ended.end().ended());
        } else {
            out.writeByte(NOTHING);
        }
    }

    @Override
    public Scrape deserialize(DataInputView in) throws IOException {
        RawRecord raw = RawRecordSerializer.INSTANCE.deserialize(in);
        boolean isSeen = in.readBoolean();
        Observation look = isSeen ? StretchSerializer.read(Wire.text(in), in) : null;
        long takenMillis = isSeen ? in.readLong() : 0;
        return new Scrape(raw, verdict(in), look, takenMillis);
    }

    private @Nullable Verdict verdict(DataInputView in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case NOTHING -> null;
            case KEPT -> new Verdict.Kept(items.deserialize(in));
            case REFUSED -> new Verdict.Refused(refusal(in));
            case ENDED -> new Verdict.Ended(new CrawlEnded(Wire.text(in), in.readLong(), in.readLong()));
            default -> throw new IOException("no verdict has the number " + kind);
        };
    }

    static void refusal(Refusal refusal, DataOutputView out) throws IOException {
        Wire.text(refusal.code().name(), out);
        Wire.text(refusal.field(), out);
        Wire.text(refusal.message(), out);
        Wire.text(refusal.contract(), out);
    }

    static Refusal refusal(DataInputView in) throws IOException {
        return new Refusal(Refusal.Code.valueOf(Wire.text(in)), Wire.text(in), Wire.text(in), Wire.text(in));
    }

    @Override
    public TypeSerializerSnapshot<Scrape> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Scrape> {
        public Snapshot() {
            super(ScrapeSerializer::new);
        }
    }
}

package io.leat.job.wire;

import io.leat.core.Compared;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Sighting;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Items on the wire. Each thread has its own: it remembers the paths it read last. */
public final class ItemSerializer extends WireSerializer<Item> {

    private static final long serialVersionUID = 1L;

    /** Set in the ruling's byte where a sighting follows. */
    private static final byte SIGHTED = 0x40;

    static final ItemSerializer INSTANCE = new ItemSerializer();

    private transient List<String> lastPaths = List.of();

    @Override
    public ItemSerializer duplicate() {
        return new ItemSerializer();
    }

    @Override
    public Item createInstance() {
        return new Item("", 0, 0, new Compared(List.of(), List.of()), "", new Position("", 0, 0), "");
    }

    @Override
    public void serialize(Item item, DataOutputView out) throws IOException {
        Wire.text(item.key(), out);
        out.writeLong(item.eventTime());
        out.writeLong(item.tie());
        Wire.compared(item.compared(), out);
        Wire.text(item.body(), out);
        Wire.text(item.source().topic(), out);
        out.writeInt(item.source().partition());
        out.writeLong(item.source().offset());
        Wire.text(item.contract(), out);
        Wire.text(item.scraped(), out);
        Sighting sighting = item.sighting();
        out.writeByte(number(item.ruling()) | (sighting == null ? 0 : SIGHTED));
        if (sighting != null) {
            out.writeLong(sighting.high());
            out.writeLong(sighting.low());
            Wire.bytes(sighting.unread(), out);
        }
    }

    @Override
    public Item deserialize(DataInputView in) throws IOException {
        String key = Wire.text(in);
        long eventTime = in.readLong();
        long tie = in.readLong();
        Compared compared = Wire.compared(in, lastPaths == null ? List.of() : lastPaths);
        lastPaths = compared.paths().isEmpty() ? lastPaths : compared.paths();
        String body = Wire.text(in);
        Position source = new Position(Wire.text(in), in.readInt(), in.readLong());
        String contract = Wire.text(in);
        String scraped = Wire.text(in);
        byte last = in.readByte();
        Sighting sighting = (last & SIGHTED) == 0 ? null : new Sighting(in.readLong(), in.readLong(), Wire.bytes(in));
        Ruling ruling = ruling((byte) (last & ~SIGHTED));
        return new Item(key, eventTime, tie, compared, body, source, contract, scraped, ruling, sighting);
    }

    private static int number(Ruling ruling) {
        return switch (ruling) {
            case NONE -> 0;
            case RELEASE -> 1;
            case REJECT -> 2;
            case CRAWL_ENDED -> 3;
            case RESET -> 4;
            case INPUT_ENDED -> 5;
        };
    }

    private static Ruling ruling(byte number) throws IOException {
        return switch (number) {
            case 0 -> Ruling.NONE;
            case 1 -> Ruling.RELEASE;
            case 2 -> Ruling.REJECT;
            case 3 -> Ruling.CRAWL_ENDED;
            case 4 -> Ruling.RESET;
            case 5 -> Ruling.INPUT_ENDED;
            default -> throw new IOException("no ruling has the number " + number);
        };
    }

    @Override
    public TypeSerializerSnapshot<Item> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Item> {
        public Snapshot() {
            super(ItemSerializer::new);
        }
    }
}

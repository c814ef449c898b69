package io.leat.job.quick;

import io.leat.core.Changes;
import io.leat.core.Compared;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Verdict;
import io.leat.format.ChangeJson;
import io.leat.format.HeldJson;
import io.leat.format.ResetReader;
import io.leat.format.ScrapeReader;
import io.leat.job.wire.ItemSerializer;
import io.leat.job.wire.KnownCell;
import io.leat.job.wire.KnownSerializer;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/** One way from scrapes to what is told, known and counted, as contract and change stage go it, in one thread. */
final class Way {

    private final Feed feed;
    private final ScrapeReader first;
    private final ScrapeReader second;
    private final Changes changes;
    private final boolean isQuick;
    private final Map<String, KnownCell> known = new HashMap<>();
    private final ItemSerializer wire = new ItemSerializer();

    /** How many scrapes were not read to their end. */
    private long repeats;

    Way(Feed feed, boolean isQuick) {
        this.feed = feed;
        this.isQuick = isQuick;
        this.first = new ScrapeReader(feed, isQuick);
        this.second = new ScrapeReader(feed);
        this.changes = new Changes(feed);
    }

    long repeats() {
        return repeats;
    }

    /** What becomes of a scrape, in words that say everything. */
    String take(byte[] scrape, long brokerMillis, Position position, Ruling ruling, boolean overTheWire)
            throws IOException {
        if (ruling == Ruling.RESET) {
            Item reset = ResetReader.read(scrape, brokerMillis, position);
            return reset == null ? "no reset" : decide(reset);
        }
        Verdict verdict = first.read(scrape, brokerMillis, position);
        if (verdict instanceof Verdict.Kept kept) {
            Item item = ruling == Ruling.NONE ? kept.item() : kept.item().with(ruling);
            return decide(overTheWire ? sent(item) : item);
        }
        return verdict.toString();
    }

    /** A key stops appearing, if it is there. */
    String leave(String key, long at, Position position) {
        KnownCell cell = known.get(key);
        Decision.Told told = cell == null ? null : changes.gone(cell.known(), key, at, position);
        if (cell == null || told == null) {
            return "not there";
        }
        cell.become(told.next());
        return ChangeJson.write(feed.name(), told.change());
    }

    /** A checkpoint is taken and the way goes on from it in another process. */
    void restore() throws IOException {
        for (Map.Entry<String, KnownCell> each : known.entrySet()) {
            each.setValue(new KnownSerializer().deserialize(new DataInputDeserializer(bytes(each.getValue()))));
        }
    }

    private String decide(Item item) {
        KnownCell cell = known.get(item.key());
        if (isQuick && cell != null && cell.takesRepeat(item, changes)) {
            repeats++;
            return "Unchanged";
        }
        Item whole = second.read(item);
        Known before = cell == null ? null : cell.known();
        Decision decision = changes.decide(before, whole);
        StringBuilder said = new StringBuilder();
        for (HeldNote note : changes.notes(before, whole, decision)) {
            said.append(HeldJson.write(feed.name(), note)).append('\n');
        }
        if (decision instanceof Decision.Told told) {
            said.append(ChangeJson.write(feed.name(), told.change()));
        } else {
            said.append(decision.getClass().getSimpleName());
        }
        remember(cell, whole, decision.next());
        return said.toString();
    }

    private void remember(@Nullable KnownCell cell, Item item, @Nullable Known next) {
        if (next == null) {
            return;
        }
        KnownCell kept = cell == null ? new KnownCell(next) : cell;
        kept.become(next);
        kept.sighted(next.compared().equals(item.compared()) ? item.sighting() : null);
        known.put(item.key(), kept);
    }

    /** All that is known, as a checkpoint holds it. */
    Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        for (Map.Entry<String, KnownCell> each : known.entrySet()) {
            state.put(each.getKey(), HexFormat.of().formatHex(bytes(each.getValue())));
        }
        return state;
    }

    /** The keys that are known. */
    List<String> keys() {
        return known.keySet().stream().sorted().toList();
    }

    private Item sent(Item item) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(512);
        wire.serialize(item, out);
        Item received = wire.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        boolean isUnread = item.sighting() != null && item.sighting().unread() != null;
        if (isUnread && !received.compared().equals(Compared.NOTHING)) {
            throw new IllegalStateException("an unread item has no values");
        }
        return received;
    }

    private static byte[] bytes(KnownCell cell) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        new KnownSerializer().serialize(cell, out);
        return out.getCopyOfBuffer();
    }
}

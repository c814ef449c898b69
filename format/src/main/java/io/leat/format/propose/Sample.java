package io.leat.format.propose;

import io.leat.core.FieldPath;
import io.leat.core.Limits;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import org.jspecify.annotations.Nullable;

/**
 * A part of the records that fits the memory. If not all do, it holds whole histories: every record of as many items as
 * there is room for, chosen by chance, so that what happens to an item is seen from the first record to the last.
 */
final class Sample {

    private static final int MOST_ROWS = 60_000;
    private static final int BLOCKS = 12;
    private static final long MOST_READ = 4_000_000;

    private final DocumentReader reader = new DocumentReader(Limits.DEFAULT);
    private Table table = new Table();
    private long read;
    private long unread;
    private boolean isWhole = true;

    private @Nullable FieldPath crawl;

    private Sample() {}

    /** Reads the records once or twice. */
    static Sample of(Scrapes scrapes) {
        Sample sample = new Sample();
        sample.takeBlocks(scrapes);
        Layout layout = new Layout(sample.table);
        Column crawl = layout.crawl();
        sample.crawl = crawl == null ? null : crawl.path();
        Column anchor = layout.anchor();
        if (!sample.isWhole && scrapes.isRepeatable() && anchor != null) {
            sample.takeHistories(scrapes, anchor.path());
        }
        return sample;
    }

    Table table() {
        return table;
    }

    /** How many records were looked at. */
    long read() {
        return read;
    }

    /** How many of them were no JSON objects. */
    long unread() {
        return unread;
    }

    /** Whether every record is in it. */
    boolean isWhole() {
        return isWhole;
    }

    /** What all records of a crawl share, {@code null} if nothing does. */
    @Nullable
    FieldPath crawl() {
        return crawl;
    }

    private void takeBlocks(Scrapes scrapes) {
        int perBlock = MOST_ROWS / BLOCKS;
        int[] block = {0, 0};
        scrapes.read((value, share) -> {
            if (scrapes.isRepeatable() && block[1] >= perBlock && share * BLOCKS >= block[0] + 1) {
                block[0] = (int) (share * BLOCKS);
                block[1] = 0;
            }
            boolean hasRoom = block[1] < perBlock || !scrapes.isRepeatable();
            if (!hasRoom) {
                isWhole = false;
                return true;
            }
            read++;
            if (reader.read(value) == null && reader.document().kind(Document.ROOT) == JsonKind.OBJECT) {
                table.add(reader.document());
                block[1]++;
            } else {
                unread++;
            }
            boolean isFull = table.size() >= MOST_ROWS;
            isWhole &= !isFull;
            return !isFull;
        });
    }

    private void takeHistories(Scrapes scrapes, FieldPath anchor) {
        Name[] path = anchor.names().stream().map(Name::of).toArray(Name[]::new);
        table = new Table();
        read = 0;
        unread = 0;
        int[] oneOf = {1};
        scrapes.read((value, share) -> {
            read++;
            if (reader.read(value) != null || reader.document().kind(Document.ROOT) != JsonKind.OBJECT) {
                unread++;
                return read < MOST_READ;
            }
            Document rec = reader.document();
            int at = rec.at(path);
            if (rec.kind(at) == JsonKind.ABSENT || !isChosen(text(rec, at), oneOf[0])) {
                return read < MOST_READ;
            }
            table.add(rec);
            if (table.size() > MOST_ROWS) {
                oneOf[0] *= 2;
                Column column = table.at(anchor);
                if (column != null) {
                    table.keep(column, cell -> isChosen(cell.text(), oneOf[0]));
                }
            }
            return read < MOST_READ;
        });
    }

    private static String text(Document rec, int value) {
        return Cell.of(rec.kind(value), rec.kind(value) == JsonKind.STRING ? rec.text(value) : rec.canonical(value))
                .text();
    }

    private static boolean isChosen(String text, int oneOf) {
        int mixed = text.hashCode() * 0x9E3779B9;
        return (mixed >>> 4) % oneOf == 0;
    }
}

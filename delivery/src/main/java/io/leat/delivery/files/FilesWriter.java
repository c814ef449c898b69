package io.leat.delivery.files;

import io.leat.core.delivery.JsonFiles;
import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.batch.BatchWriter;
import io.leat.delivery.batch.Durable;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.lane.LogEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes one partition as files: first the files of a chunk, then its manifest, and only then is the chunk durable. The
 * manifest is the fence: it can be made once for each first offset, so whoever comes second goes on where that one ends.
 */
final class FilesWriter implements BatchWriter {

    private static final byte[] NO_LINE = {};
    private static final long LEFT_AFTER_MILLIS = Duration.ofDays(1).toMillis();

    private final JsonFiles terms;
    private final ObjectStore store;
    private final Function<LogEntry, byte[]> lines;
    private final Supplier<Place> placing;
    private @Nullable Place place;
    private @Nullable Chunk open;
    private long next;
    private long idleTold;

    /**
     * A writer.
     *
     * @param lines a change as it is told
     * @param placing where it writes; asked with the first batch, may wait for the broker
     */
    FilesWriter(JsonFiles terms, ObjectStore store, Function<LogEntry, byte[]> lines, Supplier<Place> placing) {
        this.terms = terms;
        this.store = store;
        this.lines = lines;
        this.placing = placing;
    }

    @Override
    public Durable write(Batch batch) throws IOException {
        Place here = place(batch.nowMillis());
        for (Arrival arrival : batch.arrivals()) {
            if (arrival.offset() < next) {
                continue; // taken when the batch was given before
            }
            OptionalLong elsewhere = add(here, arrival, batch.nowMillis());
            if (elsewhere.isPresent()) {
                return new Durable(elsewhere.getAsLong() + 1, true);
            }
        }
        next = Math.max(next, batch.position());
        OptionalLong elsewhere = settle(here, batch.settledMillis());
        if (elsewhere.isPresent()) {
            return new Durable(elsewhere.getAsLong() + 1, true);
        }
        return Durable.below(open == null ? next : open.firstOffset());
    }

    private Place place(long nowMillis) throws IOException {
        Place known = place;
        if (known == null) {
            Spool.sweep(
                    store.spool(), nowMillis - LEFT_AFTER_MILLIS - terms.every().toMillis());
            known = placing.get();
            place = known;
        }
        return known;
    }

    /** @return where somebody else has ended a chunk that begins as ours */
    private OptionalLong add(Place here, Arrival arrival, long nowMillis) throws IOException {
        Chunk chunk = open;
        if (chunk != null) {
            boolean over = chunk.isOverBy(arrival);
            if (over || chunk.isFullFor(arrival)) {
                OptionalLong elsewhere = publish(here, chunk, over);
                if (elsewhere.isPresent()) {
                    return elsewhere;
                }
                chunk = null;
            }
        }
        if (chunk == null) {
            chunk = new Chunk(terms, store.spool(), arrival, nowMillis);
            open = chunk;
        }
        LogEntry change = arrival.change();
        chunk.add(arrival, change == null ? NO_LINE : lines.apply(change));
        next = arrival.offset() + 1;
        return OptionalLong.empty();
    }

    private OptionalLong settle(Place here, long settledMillis) throws IOException {
        Chunk chunk = open;
        if (chunk != null) {
            return chunk.isOverAt(settledMillis)
                    ? publish(here, chunk, settledMillis >= chunk.endMillis())
                    : OptionalLong.empty();
        }
        if (settledMillis > idleTold) {
            byte[] manifest = Manifest.idle(here, next, settledMillis);
            create(here.idle(next, settledMillis), manifest);
            idleTold = settledMillis;
        }
        return OptionalLong.empty();
    }

    /** @return where somebody else has ended this chunk, if that is not where it ends here */
    private OptionalLong publish(Place here, Chunk chunk, boolean closesWindow) throws IOException {
        Map<String, Spool> names = new TreeMap<>();
        for (Map.Entry<String, Spool> entry : chunk.files().entrySet()) {
            Spool file = entry.getValue();
            String sha256 = file.finish();
            String name = here.data(
                    entry.getKey(),
                    file.first().offset(),
                    sha256,
                    terms.compression().suffix());
            if (!store.create(name, file.path(), sha256)) {
                check(name, sha256);
            }
            names.put(name, file);
        }
        String name = here.manifest(chunk.firstOffset());
        OptionalLong elsewhere = create(name, Manifest.of(here, chunk, names, closesWindow))
                ? OptionalLong.empty()
                : differs(name, chunk.lastOffset());
        if (closesWindow) {
            idleTold = Math.max(idleTold, chunk.endMillis());
        }
        chunk.close();
        open = null;
        return elsewhere;
    }

    /** A file that is there already is one of ours, made before: its name says what it has. */
    private void check(String name, String sha256) throws IOException {
        String there = store.sha256(name);
        if (there != null && !there.equals(sha256)) {
            throw new SinkRefusal(
                    SinkCode.FILE_IS_ANOTHER, "the file %s is there and has something else in it".formatted(name));
        }
    }

    private boolean create(String name, byte[] content) throws IOException {
        try (Spool spool = new Spool(store.spool(), JsonFiles.Compression.NONE)) {
            spool.add(content);
            return store.create(name, spool.path(), spool.finish());
        }
    }

    private OptionalLong differs(String name, long lastOffset) throws IOException {
        byte[] there = store.read(name);
        if (there == null) {
            throw new IOException("the manifest " + name + " was there and is not");
        }
        try {
            long last = Manifest.lastOffset(there);
            return last == lastOffset ? OptionalLong.empty() : OptionalLong.of(last);
        } catch (IllegalArgumentException e) {
            throw new SinkRefusal(
                    SinkCode.NOT_A_MANIFEST, "the manifest %s is there and cannot be read".formatted(name));
        }
    }

    @Override
    public void close() {
        Chunk chunk = open;
        if (chunk != null) {
            chunk.close();
            open = null;
        }
    }
}

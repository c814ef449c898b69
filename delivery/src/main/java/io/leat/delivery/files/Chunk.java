package io.leat.delivery.files;

import io.leat.core.delivery.JsonFiles;
import io.leat.delivery.batch.Arrival;
import io.leat.delivery.lane.LogEntry;
import io.leat.format.EventTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A run of the log that goes into files together: from its first offset on as long as the running maximum of append times
 * stays in one window, and there is room. So the log and the first offset say where it ends, unless append times run ahead of
 * the clock: then its age ends it, and whose manifest is first says where. For one thread at a time.
 */
final class Chunk implements AutoCloseable {

    /** Directories open at once; one more closes the chunk. */
    static final int MOST_DIRECTORIES = 64;

    private final JsonFiles terms;
    private final Path directory;
    private final long window;
    private final long firstOffset;
    private final long openedMillis;
    private final Map<String, Spool> files = new TreeMap<>();
    private long lastOffset;
    private long bytes;

    /**
     * A chunk without anything in it.
     *
     * @param directory where files are prepared
     * @param nowMillis milliseconds since 1970
     */
    Chunk(JsonFiles terms, Path directory, Arrival first, long nowMillis) {
        this.terms = terms;
        this.directory = directory;
        this.window = Math.floorDiv(first.appendedMillis(), terms.every().toMillis());
        this.firstOffset = first.offset();
        this.lastOffset = first.offset();
        this.openedMillis = nowMillis;
    }

    /** Whether what comes next belongs to a later window. */
    boolean isOverBy(Arrival next) {
        return Math.floorDiv(next.appendedMillis(), terms.every().toMillis()) > window;
    }

    /** Whether nothing can come any more, by the clock: its window is over, or it is as old as a window is long. */
    boolean isOverAt(long settledMillis) {
        return settledMillis >= endMillis()
                || settledMillis - openedMillis >= terms.every().toMillis();
    }

    /** Whether there is no room for a change, though its window goes on. */
    boolean isFullFor(Arrival next) {
        LogEntry change = next.change();
        return bytes >= terms.size()
                || (change != null && files.size() >= MOST_DIRECTORIES && !files.containsKey(directory(change)));
    }

    /**
     * Takes what stands at the next offset.
     *
     * @param line the change as it is told, empty if there is none
     */
    void add(Arrival arrival, byte[] line) throws IOException {
        LogEntry change = arrival.change();
        if (change != null) {
            String name = directory(change);
            Spool file = files.get(name);
            if (file == null) {
                file = new Spool(directory, terms.compression());
                files.put(name, file);
            }
            file.add(change, line);
            bytes += line.length + 1;
        }
        lastOffset = arrival.offset();
    }

    private String directory(LogEntry change) {
        if (terms.by() == JsonFiles.By.NOTHING) {
            return "";
        }
        long day = Math.floorDiv(EventTimes.parse(change.time()), TimeUnit.DAYS.toMicros(1));
        return "date=" + LocalDate.ofEpochDay(day).atStartOfDay(ZoneOffset.UTC).toLocalDate() + "/";
    }

    /** When its window begins, by the broker's clock, milliseconds since 1970. */
    long beginMillis() {
        return window * terms.every().toMillis();
    }

    /** When its window ends. */
    long endMillis() {
        return beginMillis() + terms.every().toMillis();
    }

    long firstOffset() {
        return firstOffset;
    }

    long lastOffset() {
        return lastOffset;
    }

    /** Its files by directory, {@code ""} or one that ends with a slash. */
    Map<String, Spool> files() {
        return files;
    }

    @Override
    public void close() {
        files.values().forEach(Spool::close);
        files.clear();
    }
}

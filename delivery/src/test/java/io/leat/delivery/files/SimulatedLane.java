package io.leat.delivery.files;

import io.leat.core.delivery.JsonFiles;
import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.batch.Durable;
import io.leat.delivery.lane.LogEntry;
import java.io.IOException;
import java.util.List;

/** Feeds a writer as its lane does, on a clock that stands still, and keeps the cursor that outlives it. */
final class SimulatedLane {

    private final SimulatedLog log;
    private final JsonFiles terms;
    private final ObjectStore store;
    private final int batch;
    private FilesWriter writer;
    private long cursor;
    private long position;

    SimulatedLane(SimulatedLog log, JsonFiles terms, ObjectStore store, int batch) {
        this.log = log;
        this.terms = terms;
        this.store = store;
        this.batch = batch;
        this.writer = writer();
    }

    private FilesWriter writer() {
        return new FilesWriter(terms, store, LogEntry::value, () -> new Place("shop", "archive", "log", 0, 3, 4));
    }

    /** A process in which nothing is known but the cursor. */
    SimulatedLane restart() {
        writer = writer();
        position = cursor;
        return this;
    }

    /** Ends as a process does that is asked to. */
    SimulatedLane close() {
        writer.close();
        return this;
    }

    /** Reads all there is; the clock says nothing. */
    SimulatedLane read() throws IOException {
        return readAt(0);
    }

    /**
     * Reads all there is at a moment.
     *
     * @throws IOException if the store fails; the cursor is where it was, and the next call gives the same again
     */
    SimulatedLane readAt(long nowMillis) throws IOException {
        while (true) {
            List<Arrival> arrivals = log.read(position, batch);
            boolean last = arrivals.size() < batch;
            long to = last ? log.readable() : arrivals.get(arrivals.size() - 1).offset() + 1;
            boolean settled = last && to >= log.end();
            take(writer.write(new Batch(arrivals, to, settled ? nowMillis : 0, nowMillis)), to);
            if (last) {
                return this;
            }
        }
    }

    /** The same, with the cursor lost that was to be committed at the end. */
    void readAndLoseTheCursor() throws IOException {
        long kept = cursor;
        read();
        cursor = kept;
    }

    private void take(Durable done, long to) {
        position = to;
        cursor = done.position();
        if (done.superseded()) {
            restart();
        }
    }

    long cursor() {
        return cursor;
    }
}

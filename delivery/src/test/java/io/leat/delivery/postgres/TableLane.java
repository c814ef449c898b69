package io.leat.delivery.postgres;

import io.leat.core.delivery.Postgres;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.batch.Durable;
import io.leat.delivery.batch.Log;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Feeds a writer as its lane does, and keeps the cursor that outlives it. */
final class TableLane {

    private final ChangeList changes;
    private final Postgres terms;
    private final Connections connections;
    private final String sink;
    private final int batch;
    private String log = "log";
    private long epoch;
    private PostgresWriter writer;
    private long cursor;
    private long position;

    /** What was refused, as offset and reason. */
    final List<String> letters = Collections.synchronizedList(new ArrayList<>());

    TableLane(ChangeList changes, Postgres terms, Connections connections, String sink, int batch) {
        this.changes = changes;
        this.terms = terms;
        this.connections = connections;
        this.sink = sink;
        this.batch = batch;
        this.writer = writer();
    }

    private PostgresWriter writer() {
        String now = log;
        return new PostgresWriter(
                terms,
                connections,
                new CursorRow(terms, sink, 0),
                () -> new Log(now, 1),
                epoch,
                cursor,
                (change, reason) -> letters.add(change.offset() + " " + reason));
    }

    /** A process in which nothing is known but the cursor. */
    TableLane restart() {
        writer = writer();
        position = cursor;
        return this;
    }

    /** The same with a cursor of one's choice. */
    TableLane restartAt(long offset) {
        cursor = offset;
        return restart();
    }

    /** The same for a log that was made anew, or a replay. */
    TableLane anew(String newLog, long newEpoch) {
        log = newLog;
        epoch = newEpoch;
        return restartAt(0);
    }

    /** Reads all there is. */
    TableLane read() throws IOException {
        return readTo(changes.end());
    }

    /** Reads up to an offset. */
    TableLane readTo(long end) throws IOException {
        while (position < end) {
            one(end);
        }
        return this;
    }

    /** Hands over one batch. */
    Durable one(long end) throws IOException {
        long to = Math.min(end, position + batch);
        Durable done = writer.write(new Batch(changes.read(position, (int) (to - position)), to, 0, 0));
        position = to;
        cursor = done.position();
        if (done.superseded()) {
            restart();
        }
        return done;
    }

    /** Reads all there is through anything that passes. */
    TableLane readThrough() {
        for (int tries = 0; tries < 1_000; tries++) {
            try {
                return read();
            } catch (IOException e) {
                continue; // given again
            }
        }
        throw new AssertionError("it never passed");
    }

    long cursor() {
        return cursor;
    }
}

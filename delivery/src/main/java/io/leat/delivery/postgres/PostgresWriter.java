package io.leat.delivery.postgres;

import io.leat.core.delivery.Postgres;
import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.batch.BatchLost;
import io.leat.delivery.batch.BatchWriter;
import io.leat.delivery.batch.Durable;
import io.leat.delivery.batch.Letters;
import io.leat.delivery.batch.Log;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.lane.LogEntry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes one partition into tables, each run of changes in one transaction with the cursor that says so. A run that fails for
 * what it holds is halved until the change is known that is to blame; that one becomes a letter, the others are written.
 */
final class PostgresWriter implements BatchWriter {

    private static final int MOST_COLLISIONS = 5;

    /** So many changes refused one after another, and none taken: it is not they who are wrong. */
    private static final int MOST_REFUSED = 1_000;

    private static final long NOWHERE = -1;

    private final Postgres terms;
    private final Connections connections;
    private final CursorRow cursor;
    private final Supplier<Log> asking;
    private final long epoch;
    private final Letters letters;
    private final Tables tables;
    private final Cells cells;
    private final Upsert upsert;
    private @Nullable String log;
    private CursorRow.@Nullable At at;
    private String shape = "";
    private long next;
    private long attempted = NOWHERE;
    private int refused;

    /**
     * A writer.
     *
     * @param asking which change log it is; asked with the first batch, may wait for the broker
     * @param from where the lane begins
     */
    PostgresWriter(
            Postgres terms,
            Connections connections,
            CursorRow cursor,
            Supplier<Log> asking,
            long epoch,
            long from,
            Letters letters) {
        this.terms = terms;
        this.connections = connections;
        this.cursor = cursor;
        this.asking = asking;
        this.epoch = epoch;
        this.letters = letters;
        this.tables = new Tables(terms);
        this.cells = new Cells(terms.columns());
        this.upsert = new Upsert(terms);
        this.next = from;
    }

    /** A run of the log, and what of it is to be written. */
    private record Run(List<Row> rows, long to) {}

    @Override
    public Durable write(Batch batch) throws IOException {
        Connection connection = null;
        boolean sound = false;
        try {
            connection = connections.lend(terms);
            OptionalLong elsewhere = find(connection);
            if (elsewhere.isEmpty() && batch.position() > next) {
                elsewhere = write(connection, new Run(rows(batch), batch.position()));
            }
            sound = true;
            return elsewhere.isPresent() ? new Durable(elsewhere.getAsLong(), true) : Durable.below(next);
        } catch (SQLException e) {
            throw told(connection, e);
        } finally {
            if (connection != null && sound) {
                connections.giveBack(terms, connection);
            } else if (connection != null) {
                connections.drop(connection);
            }
        }
    }

    /** What becomes of an error that is nobody's row. */
    private IOException told(@Nullable Connection connection, SQLException e) throws IOException {
        switch (Fault.of(e)) {
            case LOGIN ->
                throw new SinkRefusal(
                        SinkCode.LOGIN_REFUSED,
                        "the database lets %s not do it: %s"
                                .formatted(terms.login().user(), Fault.words(e)));
            case STATEMENT -> {
                if (connection != null) {
                    look(connection);
                }
                throw new SinkRefusal(
                        SinkCode.STATEMENT_REFUSED, "the database does not take it: %s".formatted(Fault.words(e)));
            }
            default -> {
                return new IOException(Fault.words(e), e);
            }
        }
    }

    /** @throws SinkRefusal if the tables have changed, with what would mend it */
    private void look(Connection connection) throws IOException {
        try {
            connection.rollback();
            tables.check(connection);
        } catch (SQLException e) {
            throw new IOException(Fault.words(e), e);
        }
    }

    /**
     * Finds its place with the first batch, and again when it is not known whether the last one was committed.
     *
     * @return where somebody else has gone on, or where the database was restored to
     */
    private OptionalLong find(Connection connection) throws SQLException, IOException {
        if (at != null && attempted == NOWHERE) {
            return OptionalLong.empty();
        }
        Log now = at == null ? asking.get() : null;
        begin(connection);
        OptionalLong elsewhere = now == null ? missed(connection) : open(connection, now);
        connection.commit();
        return elsewhere;
    }

    private OptionalLong open(Connection connection, Log now) throws SQLException, IOException {
        if (log != null && !log.equals(now.id())) {
            throw new BatchLost(new IOException("the change log was made anew"));
        }
        log = now.id();
        shape = terms.create() ? tables.make(connection) : tables.check(connection);
        CursorRow.At found = cursor.find(connection);
        if (found == null || !found.log().equals(log) || found.epoch() < epoch) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(CursorRow.LOCK);
            }
            at = cursor.begin(connection, now.id(), epoch, next);
            return OptionalLong.empty();
        }
        if (found.epoch() > epoch) {
            throw new IOException("the subscription was begun anew elsewhere");
        }
        if (found.next() < next) {
            return OptionalLong.of(found.next());
        }
        at = found;
        next = found.next();
        return OptionalLong.empty();
    }

    private void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(connections.patience().limits());
        }
    }

    /** Turns changes into rows; what cannot be one is a letter. */
    private List<Row> rows(Batch batch) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Arrival arrival : batch.arrivals()) {
            LogEntry change = arrival.change();
            if (change != null && arrival.offset() >= next) {
                try {
                    rows.add(cells.row(change));
                } catch (Unfit e) {
                    letters.bury(change, "no row can hold it: " + e.getMessage());
                }
            }
        }
        return rows;
    }

    /** @return where somebody else has gone on */
    private OptionalLong write(Connection connection, Run whole) throws SQLException, IOException {
        Deque<Run> runs = new ArrayDeque<>();
        runs.push(whole);
        int collisions = 0;
        while (!runs.isEmpty()) {
            Run run = runs.pop();
            try {
                OptionalLong elsewhere = commit(connection, run);
                if (elsewhere.isPresent()) {
                    return elsewhere;
                }
                collisions = 0;
            } catch (SQLException e) {
                Fault fault = Fault.of(e);
                boolean again = fault == Fault.COLLISION && ++collisions < MOST_COLLISIONS;
                if (fault != Fault.ROW && !again) {
                    throw e;
                }
                connection.rollback();
                attempted = NOWHERE;
                if (run.rows().size() == 1 && !again) {
                    lookAgain(connection);
                }
                split(run, again, e).forEach(runs::push);
            }
        }
        return OptionalLong.empty();
    }

    /** Whether the tables have changed, before a change is blamed. */
    private void lookAgain(Connection connection) throws SQLException {
        if (!tables.shape(connection).equals(shape)) {
            shape = tables.check(connection);
        }
        connection.rollback();
    }

    /** What is to be tried instead, the last first. */
    private List<Run> split(Run run, boolean again, SQLException e) throws IOException {
        List<Row> rows = run.rows();
        if (again) {
            return List.of(run);
        }
        if (rows.size() > 1) {
            int middle = rows.size() / 2;
            return List.of(
                    new Run(rows.subList(middle, rows.size()), run.to()),
                    new Run(
                            rows.subList(0, middle),
                            rows.get(middle - 1).change().offset() + 1));
        }
        if (++refused >= MOST_REFUSED) {
            throw new SinkRefusal(
                    SinkCode.EVERY_ROW_REFUSED,
                    "the database refused %s changes one after another, the last with: %s"
                            .formatted(refused, Fault.words(e)));
        }
        letters.bury(rows.get(0).change(), "the database refuses it: " + Fault.words(e));
        return List.of(new Run(List.of(), run.to()));
    }

    private OptionalLong commit(Connection connection, Run run) throws SQLException, IOException {
        CursorRow.At from = at;
        if (from == null) {
            throw new IllegalStateException("its place is not known");
        }
        attempted = run.to();
        begin(connection);
        if (!cursor.move(connection, from, run.to())) {
            OptionalLong elsewhere = missed(connection);
            connection.rollback();
            if (elsewhere.isEmpty() && next != run.to()) {
                throw new IOException("the subscription's cursor goes to and fro");
            }
            return elsewhere;
        }
        if (!run.rows().isEmpty()) {
            upsert.write(connection, run.rows(), from.generation());
            if (!tables.shape(connection).equals(shape)) {
                connection.rollback();
                attempted = NOWHERE;
                lookAgain(connection);
                return commit(connection, run);
            }
        }
        connection.commit();
        stands(from, run.to());
        refused = run.rows().isEmpty() ? refused : 0;
        return OptionalLong.empty();
    }

    /** The cursor is not known to stand where it was left: it stands there, or where the last commit wanted it, or elsewhere. */
    private OptionalLong missed(Connection connection) throws SQLException, IOException {
        CursorRow.At found = cursor.find(connection);
        CursorRow.At left = at;
        boolean same = found != null
                && left != null
                && found.log().equals(left.log())
                && found.epoch() == left.epoch()
                && found.generation() == left.generation();
        if (found == null || !same) {
            at = null;
            attempted = NOWHERE;
            throw new IOException("the subscription's cursor was begun anew elsewhere");
        }
        if (found.next() == attempted || found.next() == next) {
            stands(found, found.next());
            return OptionalLong.empty();
        }
        return OptionalLong.of(found.next());
    }

    private void stands(CursorRow.At where, long now) {
        at = new CursorRow.At(where.log(), where.epoch(), where.generation(), now);
        next = now;
        attempted = NOWHERE;
    }

    @Override
    public void close() {
        // what is written is committed
    }
}

package io.leat.delivery.postgres;

import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.batch.BatchSink;
import io.leat.delivery.batch.BatchWriter;
import io.leat.delivery.batch.Letters;
import io.leat.delivery.batch.Log;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.lane.Cursor;
import io.leat.delivery.lane.LogEntry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tables of a Postgres database. Thread-safe. */
public final class PostgresSink implements BatchSink {

    private final Postgres terms;
    private final String name;
    private final Connections connections;
    private final Supplier<Log> log;

    /**
     * Opens them. Does not wait.
     *
     * @param sink the subscription's name among all there ever were
     * @param subscription one that goes to Postgres
     * @param connections shared by all sinks; they outlive this one
     * @param log asks for the change log; may wait for the broker
     */
    public static PostgresSink open(
            String feed, String sink, Subscription subscription, Connections connections, Supplier<Log> log) {
        if (!(subscription.sink() instanceof Postgres terms)) {
            throw new IllegalArgumentException(subscription.name() + " does not go to Postgres");
        }
        return new PostgresSink(terms, feed + "/" + sink, connections, log);
    }

    PostgresSink(Postgres terms, String name, Connections connections, Supplier<Log> log) {
        this.terms = terms;
        this.name = name;
        this.connections = connections;
        this.log = log;
    }

    /** Never: what has come is written at once. */
    @Override
    public @Nullable Duration every() {
        return null;
    }

    @Override
    public boolean looksFirst() {
        return true;
    }

    @Override
    public BatchWriter open(int partition, Cursor from, Letters letters) {
        return new PostgresWriter(
                terms, connections, new CursorRow(terms, name, partition), log, from.epoch(), from.position(), letters);
    }

    @Override
    public void look() throws IOException {
        Connection connection = null;
        try {
            connection = connections.lend(terms);
            new Tables(terms).look(connection, connections.patience());
        } catch (SQLException e) {
            Fault fault = Fault.of(e);
            if (fault == Fault.LOGIN || fault == Fault.STATEMENT) {
                throw new SinkRefusal(
                        fault == Fault.LOGIN ? SinkCode.LOGIN_REFUSED : SinkCode.STATEMENT_REFUSED, Fault.words(e));
            }
            throw new IOException(Fault.words(e), e);
        } finally {
            if (connection != null) {
                connections.drop(connection);
            }
        }
    }

    @Override
    public boolean takesAgain() {
        return true;
    }

    @Override
    public @Nullable String again(int partition, LogEntry change) throws IOException {
        Connection connection = null;
        try {
            List<Row> rows = List.of(new Cells(terms.columns()).row(change));
            connection = connections.lend(terms);
            try (Statement statement = connection.createStatement()) {
                statement.execute(connections.patience().limits());
            }
            CursorRow.At at = new CursorRow(terms, name, partition).find(connection);
            if (at == null || change.offset() >= at.next()) {
                return "the database has not come so far in the log";
            }
            new Upsert(terms).write(connection, rows, at.generation());
            connection.commit();
            return null;
        } catch (Unfit e) {
            return "no row can hold it: " + e.getMessage();
        } catch (SQLException e) {
            if (Fault.of(e) == Fault.PASSING || Fault.of(e) == Fault.COLLISION) {
                throw new IOException(Fault.words(e), e);
            }
            return Fault.words(e);
        } finally {
            if (connection != null) {
                connections.drop(connection);
            }
        }
    }

    @Override
    public void close() {
        // the connections belong to all
    }
}

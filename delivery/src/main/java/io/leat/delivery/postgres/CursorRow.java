package io.leat.delivery.postgres;

import io.leat.core.delivery.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition of a sink is, in the database itself: moved in the transaction that writes the changes, and only from
 * where its writer left it. So a writer that was overtaken writes nothing, and whether a commit that was never answered
 * happened can be asked. Waits for the database.
 */
final class CursorRow {

    /** Serializes what makes tables and generations, for all of Leat in a database. */
    static final String LOCK = "SELECT pg_advisory_xact_lock(5062894307)";

    private final String table;
    private final String sink;
    private final int partition;

    CursorRow(Postgres terms, String sink, int partition) {
        this.table = Ddl.cursors(terms);
        this.sink = sink;
        this.partition = partition;
    }

    /**
     * Where it stands.
     *
     * @param log which change log
     * @param epoch how often the subscription was begun anew
     * @param generation grows with every log and epoch that the database has seen
     * @param next everything below this offset is written
     */
    record At(String log, long epoch, long generation, long next) {}

    /** {@code null} if there is none. */
    @Nullable
    At find(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT log, epoch, gen, next FROM " + table + " WHERE sink = ? AND part = ?")) {
            select.setString(1, sink);
            select.setInt(2, partition);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new At(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)) : null;
            }
        }
    }

    /** Whether it stood where it is told to and stands further on now. */
    boolean move(Connection connection, At from, long next) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + table
                + " SET next = ? WHERE sink = ? AND part = ? AND log = ? AND epoch = ? AND gen = ? AND next = ?")) {
            update.setLong(1, next);
            update.setString(2, sink);
            update.setInt(3, partition);
            update.setString(4, from.log());
            update.setLong(5, from.epoch());
            update.setLong(6, from.generation());
            update.setLong(7, from.next());
            return update.executeUpdate() == 1;
        }
    }

    /**
     * Begins a log or an epoch that it did not have before. A generation is a moment of the database's clock: one that comes
     * later is greater, also if somebody has emptied the table of cursors.
     */
    At begin(Connection connection, String log, long epoch, long next) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table
                + " (sink, part, log, epoch, gen, next) VALUES (?, ?, ?, ?, coalesce("
                + "(SELECT max(gen) FROM " + table + " WHERE log = ? AND epoch = ?), "
                + "greatest((extract(epoch FROM clock_timestamp()) * 1000)::bigint, (SELECT max(gen) + 1 FROM " + table
                + "))), ?) ON CONFLICT (sink, part) DO UPDATE SET log = excluded.log, epoch = excluded.epoch,"
                + " gen = excluded.gen, next = excluded.next RETURNING gen")) {
            insert.setString(1, sink);
            insert.setInt(2, partition);
            insert.setString(3, log);
            insert.setLong(4, epoch);
            insert.setString(5, log);
            insert.setLong(6, epoch);
            insert.setLong(7, next);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return new At(log, epoch, row.getLong(1), next);
            }
        }
    }
}

package io.leat.delivery.postgres;

import io.leat.core.delivery.Postgres;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows within a transaction: of each key the newest, sorted by key, since two sinks of one table that lock rows in
 * another order would wait for each other. Waits for the database.
 */
final class Upsert {

    private final Statements statements;
    private final List<Postgres.Column> columns;
    private final boolean deletes;

    Upsert(Postgres sink) {
        this.statements = Statements.of(sink);
        this.columns = sink.columns();
        this.deletes = sink.gone() == Postgres.Gone.DELETE;
    }

    /** @param rows in the order of the log */
    void write(Connection connection, List<Row> rows, long generation) throws SQLException {
        Map<String, Row> newest = new TreeMap<>();
        for (Row row : rows) {
            Row older = newest.get(row.change().key());
            newest.put(row.change().key(), older == null ? row : row.with(older));
        }
        List<Row> valued = new ArrayList<>();
        List<Row> marked = new ArrayList<>();
        List<Row> deleted = new ArrayList<>();
        for (Row row : newest.values()) {
            (row.gone() && deletes ? deleted : row.valued() ? valued : marked).add(row);
        }
        upsert(connection, statements.upsert(), valued, generation);
        upsert(connection, statements.mark(), marked, generation);
        delete(connection, deleted, generation);
        String history = statements.history();
        if (history != null && !rows.isEmpty()) {
            try (PreparedStatement insert = connection.prepareStatement(history)) {
                Parameters to = new Parameters(connection, insert, rows, generation);
                to.add("text", row -> row.change().id());
                to.add("text", row -> row.change().key());
                to.add("text", row -> row.change().op());
                rest(to, rows.size());
                insert.executeUpdate();
            }
        }
    }

    private void upsert(Connection connection, String sql, List<Row> rows, long generation) throws SQLException {
        if (!rows.isEmpty()) {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                Parameters to = new Parameters(connection, insert, rows, generation);
                to.add("text", row -> row.change().key());
                to.add("bool", new Boolean[rows.size()], Row::gone);
                to.add("int8", new Long[rows.size()], Row::seq);
                to.add("timestamptz", row -> row.change().time());
                to.add("text", row -> row.change().id());
                to.add("int8", new Long[rows.size()], row -> row.change().offset());
                values(to);
                insert.executeUpdate();
            }
        }
    }

    private void rest(Parameters to, int rows) throws SQLException {
        to.add("int8", new Long[rows], Row::seq);
        to.add("timestamptz", row -> row.change().time());
        to.add("int8", new Long[rows], row -> row.change().offset());
        values(to);
    }

    private void values(Parameters to) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            int at = i;
            to.add(array(columns.get(i).type()), row -> row.values()[at]);
        }
    }

    private void delete(Connection connection, List<Row> rows, long generation) throws SQLException {
        if (!rows.isEmpty()) {
            try (PreparedStatement delete = connection.prepareStatement(statements.delete())) {
                Parameters to = new Parameters(connection, delete, rows, generation);
                to.add("text", row -> row.change().key());
                to.add("int8", new Long[rows.size()], row -> row.change().offset());
                delete.executeUpdate();
            }
        }
    }

    /** As the driver names types. */
    private static String array(Postgres.Type type) {
        return switch (type) {
            case TEXT -> "text";
            case NUMERIC -> "numeric";
            case BIGINT -> "int8";
            case INTEGER -> "int4";
            case DOUBLE -> "float8";
            case BOOLEAN -> "bool";
            case TIMESTAMPTZ -> "timestamptz";
            case DATE -> "date";
            case JSONB -> "jsonb";
        };
    }

    /** The generation, and one array for each column. */
    private static final class Parameters {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<Row> rows;
        private int set;

        Parameters(Connection connection, PreparedStatement statement, List<Row> rows, long generation)
                throws SQLException {
            this.connection = connection;
            this.statement = statement;
            this.rows = rows;
            statement.setLong(++set, generation);
        }

        void add(String type, Function<Row, @Nullable String> value) throws SQLException {
            add(type, new String[rows.size()], value);
        }

        <T> void add(String type, @Nullable T[] values, Function<Row, @Nullable T> value) throws SQLException {
            Arrays.setAll(values, i -> value.apply(rows.get(i)));
            Array array = connection.createArrayOf(type, values);
            statement.setArray(++set, array);
        }
    }
}

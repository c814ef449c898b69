package io.leat.delivery.postgres;

import io.leat.core.delivery.Postgres;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the tables are as the sink needs them: a column of another type would be filled all the same, with what the
 * database makes of the values. Waits for the database.
 */
final class Tables {

    private static final String COLUMNS =
            "SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''"
                    + " FROM pg_attribute a WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped";
    private static final String UNIQUE =
            "SELECT (SELECT string_agg(a.attname, ', ' ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid ="
                    + " i.indrelid AND a.attnum = ANY (i.indkey)) FROM pg_index i WHERE i.indrelid = to_regclass(?) AND"
                    + " i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL";
    private static final String SHAPE =
            "SELECT string_agg(a.attnum || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' ||"
                    + " a.attnotnull, ',' ORDER BY a.attrelid, a.attnum) FROM pg_attribute a WHERE a.attrelid IN"
                    + " (to_regclass(?), to_regclass(?)) AND a.attnum > 0 AND NOT a.attisdropped";

    private final Postgres sink;
    private final Ddl ddl;

    Tables(Postgres sink) {
        this.sink = sink;
        this.ddl = new Ddl(sink);
    }

    private record Found(String type, boolean mustBeGiven) {}

    /**
     * Makes what is missing.
     *
     * @return what has not to change as long as it is written to
     */
    String make(Connection connection) throws SQLException {
        if (!missing(connection).isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(CursorRow.LOCK);
                for (String change : missing(connection)) {
                    statement.execute(change);
                }
            }
        }
        return check(connection);
    }

    /**
     * Looks.
     *
     * @return what has not to change as long as it is written to
     * @throws SinkRefusal if they are not as they need to be, with what would mend it
     */
    String check(Connection connection) throws SQLException {
        List<String> wrong = new ArrayList<>(missing(connection));
        wrong.addAll(different(connection));
        if (!wrong.isEmpty()) {
            throw new SinkRefusal(
                    SinkCode.TABLE_IS_ANOTHER,
                    "the tables are not as the feed file says; this mends it: " + String.join("; ", wrong));
        }
        return shape(connection);
    }

    /**
     * Looks, and whether they may be written to; what is missing is made and taken back, if it is to be made.
     *
     * @throws SinkRefusal if they are not as they need to be, or may not be written to
     */
    void look(Connection connection, Patience patience) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(patience.limits());
        }
        try {
            String unused = sink.create() ? make(connection) : check(connection);
            for (String table : wanted().keySet()) {
                boolean deletes = sink.gone() == Postgres.Gone.DELETE && table.equals(Ddl.name(sink.table()));
                for (String right : deletes
                        ? List.of("SELECT", "INSERT", "UPDATE", "DELETE")
                        : List.of("SELECT", "INSERT", "UPDATE")) {
                    if (!may(connection, table, right)) {
                        throw new SinkRefusal(
                                SinkCode.LOGIN_REFUSED,
                                "%s has not the right to %s in %s"
                                        .formatted(sink.login().user(), right, table));
                    }
                }
            }
        } finally {
            connection.rollback();
        }
    }

    private static boolean may(Connection connection, String table, String right) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT has_table_privilege(?, ?)")) {
            select.setString(1, table);
            select.setString(2, right);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Everything about the columns that matters, as one text. */
    String shape(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SHAPE)) {
            select.setString(1, Ddl.name(sink.table()));
            select.setString(2, Ddl.name(sink.history() == null ? sink.table() : sink.history()));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return String.valueOf(row.getString(1));
            }
        }
    }

    private List<String> missing(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        List<String> statements = ddl.statements();
        Map<String, Map<String, String>> wanted = wanted();
        int table = 0;
        for (Map.Entry<String, Map<String, String>> one : wanted.entrySet()) {
            Map<String, Found> found = found(connection, one.getKey());
            if (found.isEmpty()) {
                missing.add(statements.get(table));
            } else {
                one.getValue().forEach((name, type) -> {
                    if (!found.containsKey(name)) {
                        missing.add("ALTER TABLE %s ADD COLUMN %s %s".formatted(one.getKey(), Ddl.quoted(name), type));
                    }
                });
            }
            table++;
        }
        return missing;
    }

    private List<String> different(Connection connection) throws SQLException {
        List<String> mends = new ArrayList<>();
        for (Map.Entry<String, Map<String, String>> one : wanted().entrySet()) {
            Map<String, Found> found = found(connection, one.getKey());
            found.forEach((name, column) -> {
                String type = one.getValue().get(name);
                if (type != null && !type.equals(column.type())) {
                    mends.add("ALTER TABLE %s ALTER COLUMN %s TYPE %s USING %s::%s"
                            .formatted(one.getKey(), Ddl.quoted(name), type, Ddl.quoted(name), type));
                } else if (type == null && column.mustBeGiven()) {
                    mends.add("ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL".formatted(one.getKey(), Ddl.quoted(name)));
                }
            });
            String key = key(one.getKey());
            if (!found.isEmpty() && !isUnique(connection, one.getKey(), key)) {
                mends.add("ALTER TABLE %s ADD UNIQUE (%s)".formatted(one.getKey(), key));
            }
        }
        return mends;
    }

    private Map<String, Map<String, String>> wanted() {
        Map<String, Map<String, String>> wanted = new LinkedHashMap<>();
        wanted.put(Ddl.name(sink.table()), ddl.columns());
        if (sink.history() != null) {
            wanted.put(Ddl.name(sink.history()), ddl.historyColumns());
        }
        wanted.put(Ddl.cursors(sink), Ddl.cursorColumns());
        return wanted;
    }

    private String key(String table) {
        if (table.equals(Ddl.name(sink.table()))) {
            return Ddl.KEY;
        }
        return table.equals(Ddl.cursors(sink)) ? "part, sink" : Ddl.ID;
    }

    private static boolean isUnique(Connection connection, String table, String key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(UNIQUE)) {
            select.setString(1, table);
            try (ResultSet rows = select.executeQuery()) {
                boolean unique = false;
                while (rows.next()) {
                    unique |= key.equals(rows.getString(1));
                }
                return unique;
            }
        }
    }

    private static Map<String, Found> found(Connection connection, String table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COLUMNS)) {
            select.setString(1, table);
            try (ResultSet rows = select.executeQuery()) {
                Map<String, Found> found = new LinkedHashMap<>();
                while (rows.next()) {
                    String name = rows.getString(1);
                    found.put(name, new Found(rows.getString(2), rows.getBoolean(3)));
                }
                return found;
            }
        }
    }
}

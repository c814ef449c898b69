package io.leat.delivery.postgres;

import io.leat.core.delivery.Postgres;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What makes the tables of a sink, as SQL. */
public final class Ddl {

    static final String KEY = "leat_key";
    static final String ID = "leat_id";
    static final String GENERATION = "leat_gen";

    private final Postgres sink;

    /** Of a sink. */
    public Ddl(Postgres sink) {
        this.sink = sink;
    }

    /** A statement for each table, in the order they are made. */
    public List<String> statements() {
        List<String> statements = new ArrayList<>();
        statements.add(create(sink.table(), columns(), KEY));
        if (sink.history() != null) {
            statements.add(create(sink.history(), historyColumns(), ID));
        }
        statements.add(create(cursors(sink), cursorColumns(), "sink, part"));
        return statements;
    }

    static String create(Postgres.Table table, Map<String, String> columns, String key) {
        return create(name(table), columns, key);
    }

    static String create(String table, Map<String, String> columns, String key) {
        StringBuilder sql =
                new StringBuilder("CREATE TABLE IF NOT EXISTS ").append(table).append(" (");
        columns.forEach((name, type) ->
                sql.append(quoted(name)).append(' ').append(type).append(", "));
        return sql.append("PRIMARY KEY (").append(key).append("))").toString();
    }

    /** Every column of the table with its type. */
    Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put(KEY, "text");
        columns.put("leat_gone", "boolean");
        columns.put("leat_seq", "bigint");
        columns.put("leat_time", "timestamp with time zone");
        columns.put(ID, "text");
        columns.put(GENERATION, "bigint");
        columns.put("leat_pos", "bigint");
        sink.columns()
                .forEach(column -> columns.put(column.name(), column.type().sql()));
        return columns;
    }

    /** The same of the history. */
    Map<String, String> historyColumns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put(ID, "text");
        columns.put(KEY, "text");
        columns.put("leat_op", "text");
        columns.put("leat_seq", "bigint");
        columns.put("leat_time", "timestamp with time zone");
        columns.put(GENERATION, "bigint");
        columns.put("leat_pos", "bigint");
        sink.columns()
                .forEach(column -> columns.put(column.name(), column.type().sql()));
        return columns;
    }

    static Map<String, String> cursorColumns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("sink", "text");
        columns.put("part", "integer");
        columns.put("log", "text");
        columns.put("epoch", "bigint");
        columns.put("gen", "bigint");
        columns.put("next", "bigint");
        return columns;
    }

    /** Where the cursors of a sink stand: beside its table, so that who may write the one may write the other. */
    static String cursors(Postgres sink) {
        String schema = sink.table().schema();
        return (schema == null ? "" : quoted(schema) + ".") + "leat_cursor";
    }

    static String name(Postgres.Table table) {
        @Nullable String schema = table.schema();
        return (schema == null ? "" : quoted(schema) + ".") + quoted(table.name());
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }
}

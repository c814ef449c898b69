package io.leat.core.delivery;

import io.leat.core.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table that holds the last change of every key, and with it one that holds every change.
 *
 * @param url {@code postgresql://host:port/database}, with or without TLS options; nothing secret
 * @param login who writes
 * @param table what holds the last change of every key
 * @param history what holds every change; {@code null} if there is none
 * @param columns what of a change has a column of its own, beside those that every table has
 * @param gone what becomes of the row of a key that is gone or was reset
 * @param create whether tables and columns that are missing are made
 */
public record Postgres(
        String url, Login login, Table table, @Nullable Table history, List<Column> columns, Gone gone, boolean create)
        implements Sink {

    public static final int MOST_COLUMNS = 200;

    /** What the names of Leat's own columns and tables begin with. */
    public static final String OWN = "leat_";

    private static final Pattern URL = Pattern.compile(
            "postgresql://(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}])(?::[1-9][0-9]{0,4})?/[A-Za-z0-9_.-]{1,63}"
                    + "(?:\\?[a-z]+=[A-Za-z0-9_./-]+(?:&[a-z]+=[A-Za-z0-9_./-]+)*)?");
    private static final Set<String> OPTIONS = Set.of("sslmode", "sslrootcert", "sslcert", "sslkey");

    public Postgres {
        columns = List.copyOf(columns);
        if (!isUrl(url)) {
            throw new IllegalArgumentException("not an address of a Postgres database");
        }
        if (columns.size() > MOST_COLUMNS) {
            throw new IllegalArgumentException("a table has at most 200 columns");
        }
        if (table.equals(history)) {
            throw new IllegalArgumentException("the history needs a table of its own");
        }
        Set<String> names = new HashSet<>();
        if (!columns.stream().allMatch(column -> names.add(column.name()))) {
            throw new IllegalArgumentException("a column is there twice");
        }
    }

    /** Whether a text is an address that can be used: no user, no password, no option that loads code. */
    public static boolean isUrl(String text) {
        if (!URL.matcher(text).matches()) {
            return false;
        }
        int options = text.indexOf('?');
        return options < 0
                || Set.of(text.substring(options + 1).split("&")).stream()
                        .allMatch(option -> OPTIONS.contains(option.substring(0, option.indexOf('='))));
    }

    /** The same, written by somebody else. */
    public Postgres with(Login other) {
        return new Postgres(url, other, table, history, columns, gone, create);
    }

    @Override
    public String kind() {
        return "postgres";
    }

    /**
     * Who writes.
     *
     * @param password {@code null} if the database asks for none
     */
    public record Login(String user, @Nullable Secret password) {}

    /**
     * The name of a table.
     *
     * @param schema {@code null} for the one the database finds first
     */
    public record Table(@Nullable String schema, String name) {

        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

        public Table {
            if (!NAME.matcher(name).matches()
                    || schema != null && !NAME.matcher(schema).matches()) {
                throw new IllegalArgumentException("not a table's name");
            }
            if (name.startsWith(OWN)) {
                throw new IllegalArgumentException("names that begin with leat_ are taken");
            }
        }

        /** Reads {@code prices} or {@code shop.prices}. */
        public static Table parse(String text) {
            int dot = text.indexOf('.');
            return dot < 0 ? new Table(null, text) : new Table(text.substring(0, dot), text.substring(dot + 1));
        }

        @Override
        public String toString() {
            return schema == null ? name : schema + "." + name;
        }
    }

    /**
     * A column.
     *
     * @param from where in the change its value stands; a number is a place in a list, as in {@code key.0}
     */
    public record Column(String name, FieldPath from, Type type) {

        public Column {
            if (!Table.NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a column's name");
            }
            if (name.startsWith(OWN)) {
                throw new IllegalArgumentException("names that begin with leat_ are taken");
            }
        }
    }

    /** What a column holds. */
    public enum Type {
        TEXT("text"),
        NUMERIC("numeric"),
        BIGINT("bigint"),
        INTEGER("integer"),
        DOUBLE("double precision"),
        BOOLEAN("boolean"),
        TIMESTAMPTZ("timestamp with time zone"),
        DATE("date"),
        JSONB("jsonb");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }

        /** As the database names it. */
        public String sql() {
            return sql;
        }

        /** As the feed file names it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of the row of a key that is gone. */
    public enum Gone {
        /** It stays as it was last, and says that it is gone. */
        MARK,
        /** It is deleted. */
        DELETE
    }
}

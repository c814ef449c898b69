package io.leat.delivery.postgres;

import java.sql.SQLException;
import java.util.Set;

/** Whose fault it is that a statement failed, by its SQLSTATE. */
enum Fault {
    /** A row has something that a column, a constraint or a trigger refuses. */
    ROW,
    /** Two transactions were in each other's way: at once again. */
    COLLISION,
    /** The login may not do it. */
    LOGIN,
    /** The tables are not as they were, or a statement is not understood. */
    STATEMENT,
    /** All else passes by itself: the database is away, full, locked, slow. */
    PASSING;

    private static final String NO_PRIVILEGE = "42501";
    private static final int MOST_TEXT = 300;
    private static final Set<String> OF_ROWS = Set.of("22", "23", "44", "54", "P0");
    private static final Set<String> OF_LOGINS = Set.of("28", "3D");
    private static final Set<String> OF_STATEMENTS = Set.of("42", "0A", "21", "26", "3F");

    static Fault of(SQLException e) {
        String state = state(e);
        String kind = state.substring(0, 2);
        if (OF_ROWS.contains(kind)) {
            return ROW;
        }
        if (kind.equals("40")) {
            return COLLISION;
        }
        if (OF_LOGINS.contains(kind) || state.equals(NO_PRIVILEGE)) {
            return LOGIN;
        }
        return OF_STATEMENTS.contains(kind) ? STATEMENT : PASSING;
    }

    /** Five characters; {@code 08000} if it has none. */
    static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.length() != 5 ? "08000" : state;
    }

    /** What the database said, in one line, without what the rows held beyond that. */
    static String words(SQLException e) {
        String line = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").replaceFirst("^ERROR: ", "");
        return state(e) + " " + (line.length() > MOST_TEXT ? line.substring(0, MOST_TEXT) + "…" : line);
    }
}

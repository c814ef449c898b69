package io.leat.delivery.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.FieldPath;
import io.leat.core.delivery.Postgres;
import io.leat.testkit.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database, writers that go to it, and what its tables should hold. */
class TablesRig {

    static final Patience SHORT = new Patience(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(7));
    static final Postgres.Table TABLE = Postgres.Table.parse("prices");
    static final Postgres.Table HISTORY = Postgres.Table.parse("history");

    final ChangeList log = new ChangeList();
    final Connections connections = new Connections(SHORT);
    TestPostgres database;

    @BeforeEach
    void start() throws SQLException {
        database = TestPostgres.fresh(getClass().getSimpleName());
        assumeTrue(database != null);
    }

    @AfterEach
    void stop() {
        connections.close();
    }

    TableLane lane(int batch) {
        return lane(terms(database.port(), TABLE, HISTORY), connections, batch);
    }

    TableLane lane(Postgres terms, Connections lending, int batch) {
        return new TableLane(log, terms, lending, "shop/x", batch);
    }

    Postgres with(Postgres.Column... columns) {
        return terms(database.port(), TABLE, HISTORY, columns);
    }

    Postgres terms(int port, Postgres.Table table, Postgres.Table history) {
        return terms(port, table, history, column("price", "after.price", Postgres.Type.NUMERIC));
    }

    Postgres terms(int port, Postgres.Table table, Postgres.Table history, Postgres.Column... columns) {
        return new Postgres(
                database.url(port),
                new Postgres.Login(TestPostgres.USER, null),
                table,
                history,
                List.of(columns),
                Postgres.Gone.MARK,
                true);
    }

    static Postgres.Column column(String name, String from, Postgres.Type type) {
        return new Postgres.Column(name, FieldPath.parse(from), type);
    }

    void assertWhole(TableLane lane) throws SQLException {
        assertThat(lane.cursor()).isEqualTo(log.end());
        assertThat(lane.letters).isEmpty();
        assertTables();
    }

    void assertTables() throws SQLException {
        Map<String, String> found = new TreeMap<>();
        for (String row :
                database.rows("SELECT leat_key, CASE WHEN leat_gone THEN 'gone' ELSE price::text END FROM prices")) {
            found.put(row.substring(0, row.indexOf('|')), row.substring(row.indexOf('|') + 1));
        }
        assertThat(found).isEqualTo(log.last);
        assertThat(database.rows("SELECT leat_id FROM history")).containsExactlyInAnyOrderElementsOf(log.ids());
    }
}

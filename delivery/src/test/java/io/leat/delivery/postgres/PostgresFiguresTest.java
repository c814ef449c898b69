package io.leat.delivery.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.FieldPath;
import io.leat.core.delivery.Postgres;
import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.batch.Log;
import io.leat.delivery.batch.ShopChange;
import io.leat.testkit.TestPostgres;
import java.io.StringReader;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * How many rows a second come into tables, beside a bare COPY of the same rows. Rows: {@code -Dleat.rows}; with
 * {@code -Dleat.postgres.durable=true} the server waits for its disk, as servers do.
 */
class PostgresFiguresTest {

    private static final int ROWS = Integer.getInteger("leat.rows", 5_000);
    private static final int BATCH = 8_000; // what fits into a lane's 4 MiB
    private static final int ROUNDS = ROWS > 100_000 ? 5 : 1;

    @Test
    void rowsASecondBesideACopy() throws Exception {
        TestPostgres database = TestPostgres.fresh(PostgresFiguresTest.class.getSimpleName());
        assumeTrue(database != null);
        List<Arrival> changes = new ArrayList<>();
        StringBuilder copied = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            changes.add(ShopChange.of(i, i, i));
            copied.append(String.format(
                    Locale.ROOT,
                    "[\"shop-%d\",\"sku-%07d\"]\tf\t1\t2026-11-25T10:00:00.123Z\tid-%024d\t1\t%d\tshop-%d\tsku-%07d\t%d.99\tEUR\tt%n",
                    i % 50,
                    i,
                    i,
                    i,
                    i % 50,
                    i,
                    i % 1000));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            String name = "r" + round;
            long fresh = written(database, terms(database, name, null), changes, 0);
            long again = written(database, terms(database, name, null), repeated(changes), ROWS);
            long both = written(database, terms(database, name + "_both", name + "_h"), changes, 0);
            long two = twoAtOnce(database, terms(database, name + "_two", null), changes);
            database.run("CREATE TABLE " + name + "_copy (LIKE " + name + " INCLUDING ALL)");
            long began = System.nanoTime();
            try (Connection connection = database.connect()) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY " + name + "_copy FROM STDIN", new StringReader(copied.toString()));
            }
            long copy = System.nanoTime() - began;
            assertThat(database.rows("SELECT count(*) FROM " + name + " t JOIN " + name
                            + "_copy c USING (leat_key, shop, sku, price, currency, in_stock)"))
                    .containsExactly(Integer.toString(ROWS));
            System.out.printf(
                    Locale.ROOT,
                    "postgres-figures rows=%d new=%d/s again=%d/s with-history=%d/s two-partitions=%d/s copy=%d/s new/copy=%.2f"
                            + " two/copy=%.2f%n",
                    ROWS,
                    rate(fresh),
                    rate(again),
                    rate(both),
                    rate(two),
                    rate(copy),
                    (double) copy / fresh,
                    (double) copy / two);
        }
    }

    private static long rate(long nanos) {
        return Math.round(ROWS * 1e9 / nanos);
    }

    /** As the lanes of two partitions do. */
    private static long twoAtOnce(TestPostgres database, Postgres terms, List<Arrival> changes) throws Exception {
        written(database, terms, List.of(), 0, 9); // makes the table
        int middle = changes.size() / 2;
        long began = System.nanoTime();
        CompletableFuture<Long> one =
                CompletableFuture.supplyAsync(() -> timed(database, terms, changes.subList(0, middle), 0, 1));
        timed(database, terms, changes.subList(middle, changes.size()), middle, 2);
        one.join();
        return System.nanoTime() - began;
    }

    private static long timed(TestPostgres database, Postgres terms, List<Arrival> changes, long from, int partition) {
        try {
            return written(database, terms, changes, from, partition);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long written(TestPostgres database, Postgres terms, List<Arrival> changes, long from)
            throws Exception {
        return written(database, terms, changes, from, 0);
    }

    private static long written(TestPostgres database, Postgres terms, List<Arrival> changes, long from, int partition)
            throws Exception {
        try (Connections connections = new Connections()) {
            PostgresWriter writer = new PostgresWriter(
                    terms,
                    connections,
                    new CursorRow(terms, "shop/" + terms.table(), partition),
                    () -> new Log("log", 1),
                    0,
                    from,
                    (change, reason) -> {
                        throw new AssertionError(reason);
                    });
            writer.write(new Batch(List.of(), from, 0, 0));
            long began = System.nanoTime();
            for (int i = 0; i < changes.size(); i += BATCH) {
                List<Arrival> some = changes.subList(i, Math.min(changes.size(), i + BATCH));
                writer.write(new Batch(some, from + i + some.size(), 0, 0));
            }
            return System.nanoTime() - began;
        }
    }

    private static List<Arrival> repeated(List<Arrival> changes) {
        List<Arrival> again = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            again.add(ShopChange.of(ROWS + i, ROWS + i, i));
        }
        return again;
    }

    private static Postgres terms(TestPostgres database, String table, String history) {
        return new Postgres(
                database.url(),
                new Postgres.Login(TestPostgres.USER, null),
                Postgres.Table.parse(table),
                history == null ? null : Postgres.Table.parse(history),
                List.of(
                        column("shop", "key.0", Postgres.Type.TEXT),
                        column("sku", "key.1", Postgres.Type.TEXT),
                        column("price", "after.price", Postgres.Type.NUMERIC),
                        column("currency", "after.currency", Postgres.Type.TEXT),
                        column("in_stock", "after.in_stock", Postgres.Type.BOOLEAN)),
                Postgres.Gone.MARK,
                true);
    }

    private static Postgres.Column column(String name, String from, Postgres.Type type) {
        return new Postgres.Column(name, FieldPath.parse(from), type);
    }
}

package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.FieldPath;
import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Sink;
import io.leat.core.delivery.Subscription;
import io.leat.testkit.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LooksTest {

    @TempDir
    private Path directory;

    private String look(Sink sink) {
        try (Looks looks = new Looks("shop", List.of(), directory.resolve("spool"))) {
            return looks.at(
                    new Subscription("s", sink, null, List.of(), Subscription.CatchUp.ALL, Subscription.From.EARLIEST));
        }
    }

    @Test
    void aDirectoryThatCannotBeOneIsSeen() throws Exception {
        assertThat(look(files("prices"))).isNull();
        Files.writeString(directory.resolve("taken"), "a file");
        assertThat(look(files("taken"))).contains("taken");
    }

    private JsonFiles files(String name) {
        return new JsonFiles(
                directory.resolve(name).toString(),
                JsonFiles.USUAL,
                JsonFiles.USUAL_SIZE,
                JsonFiles.Compression.NONE,
                JsonFiles.By.NOTHING,
                null);
    }

    @Test
    void tablesThatAreMissingAndRightsThatAreMissingAreSeenAndNothingIsMade() throws Exception {
        TestPostgres database = TestPostgres.fresh(LooksTest.class.getSimpleName());
        assumeTrue(database != null);
        assertThat(look(tables(database, TestPostgres.USER, true))).isNull();
        assertThat(database.rows("SELECT to_regclass('prices') IS NULL")).containsExactly("t");
        assertThat(look(tables(database, TestPostgres.USER, false))).contains("LEAT-523", "CREATE TABLE");
        String user = "u" + ProcessHandle.current().pid();
        database.run(
                "CREATE TABLE prices (leat_key text PRIMARY KEY, leat_gone boolean, leat_seq bigint, leat_time timestamptz,"
                        + " leat_id text, leat_gen bigint, leat_pos bigint, price numeric)",
                "CREATE TABLE leat_cursor (sink text, part integer, log text, epoch bigint, gen bigint, next bigint,"
                        + " PRIMARY KEY (sink, part))",
                "CREATE USER " + user,
                "GRANT SELECT, INSERT ON prices, leat_cursor TO " + user);
        try {
            assertThat(look(tables(database, user, false))).contains("LEAT-524", "UPDATE");
            database.run("GRANT UPDATE ON prices, leat_cursor TO " + user);
            assertThat(look(tables(database, user, false))).isNull();
        } finally {
            database.run("DROP OWNED BY " + user, "DROP USER " + user);
        }
    }

    private static Postgres tables(TestPostgres database, String user, boolean create) {
        return new Postgres(
                database.url(),
                new Postgres.Login(user, null),
                Postgres.Table.parse("prices"),
                null,
                List.of(new Postgres.Column("price", FieldPath.parse("after.price"), Postgres.Type.NUMERIC)),
                Postgres.Gone.MARK,
                create);
    }
}

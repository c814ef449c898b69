package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.testkit.ChangeLine;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.SharedData;
import io.leat.testkit.TestPostgres;
import io.leat.testkit.TruthCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real scraped stream through {@code leat run} into tables, killed again and again; the judge asks the database alone. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PostgresSinkIT {

    private static final int DEAR = 170_000;

    private static final String LAST =
            "(SELECT DISTINCT ON (leat_key) * FROM price_history ORDER BY leat_key, leat_gen DESC, leat_pos DESC)";

    /** Each row of the history as the change it came from. */
    private static final String LINES =
            "SELECT jsonb_build_object('id', leat_id, 'feed', 'demo-cs2-rifles', 'key', leat_key::jsonb, 'seq', leat_seq,"
                    + " 'op', leat_op, 'changed', jsonb_build_array(), 'before', was, 'after', item, 'event_time',"
                    + " to_char(leat_time AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), 'tie', repeat('0', 16),"
                    + " 'source', jsonb_build_object('topic', '', 'partition', 0, 'offset', 0), 'contract', null)"
                    + " FROM price_history ORDER BY leat_pos";

    @TempDir
    private Path dir;

    private TestPostgres database;

    @Test
    void killedAtAnyMomentTheTablesHoldTheTruthOfARealStream() throws Exception {
        assumeTrue(SharedData.isPresent(PostgresSinkIT.class.getSimpleName()));
        database = TestPostgres.fresh(PostgresSinkIT.class.getSimpleName());
        assumeTrue(database != null);
        RandomSeed seed = RandomSeed.of("postgres-sink");
        KilledStream stream = new KilledStream(
                dir,
                ("{name: warehouse, postgres: {url: '%s', user: %s, password: canary-word, table: prices, history:"
                                + " price_history, create: true, columns: {name: key.0, price: after.record.price, was:"
                                + " before, item: after}}}")
                        .formatted(database.url(), TestPostgres.USER),
                ("{name: picky, where: after.record.price >= %s, postgres: {url: '%s', user: %s, table: picky, create: true,"
                                + " columns: {day: {from: after.record.price, type: date}}}}")
                        .formatted(DEAR, database.url(), TestPostgres.USER));
        int kills = stream.killAgainAndAgain(2, seed.random(), kill -> judge("after kill " + kill + ", " + seed));
        long expected = KilledStream.expected();
        try (OsProcess run = stream.run()) {
            run.awaitLine(KilledStream.UP, KilledStream.PATIENCE); // the tables may be full already
            Awaitility.await()
                    .atMost(KilledStream.PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> isThere() && count("price_history") >= expected);
            long dear = KilledStream.expected(DEAR);
            assertThat(letters(stream, dear)).as(seed.toString()).hasSize((int) dear);
            run.terminate();
            run.awaitExit(KilledStream.PATIENCE);
            assertThat(run.said()).doesNotContain("canary-word");
        }
        judge(seed.toString());
        TruthCheck check = KilledStream.check();
        database.rows(LINES).forEach(line -> check.add(ChangeLine.parse(line)));
        TruthCheck.Outcome outcome = check.finish();
        assertThat(outcome.isExact()).as(outcome + " " + seed).isTrue();
        readAsThePageSays();
        System.out.printf(
                "postgres-sink kills=%s changes=%s keys=%s exact %s%n",
                kills, count("price_history"), count("prices"), seed);
    }

    /** What no row could hold lies among what was not delivered, once, however often it was tried. */
    private static List<String> letters(KilledStream stream, long expected) {
        return Awaitility.await()
                .atMost(KilledStream.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> stream.said("deliveries", "undelivered").lines().toList(),
                        letters -> letters.size() >= expected);
    }

    /** Holds at any moment: no change is missing between others, and each row is as the last change of its key left it. */
    private void judge(String when) throws SQLException {
        if (!isThere()) {
            return;
        }
        assertThat(database.rows(
                        "SELECT leat_key FROM price_history GROUP BY leat_key HAVING count(*) <> max(leat_seq)"))
                .as(when)
                .isEmpty();
        assertThat(database.rows("SELECT p.leat_key, h.leat_key FROM prices p FULL JOIN " + LAST
                        + " h USING (leat_key) WHERE p.leat_id IS DISTINCT FROM h.leat_id OR p.price IS DISTINCT FROM"
                        + " h.price OR p.leat_seq IS DISTINCT FROM h.leat_seq"))
                .as(when)
                .isEmpty();
    }

    /** Each sink makes its own tables when it first connects, and the other may have been the first to need the cursors. */
    private boolean isThere() throws SQLException {
        return database.rows("SELECT to_regclass('leat_cursor') IS NOT NULL AND to_regclass('prices') IS NOT NULL"
                        + " AND to_regclass('price_history') IS NOT NULL")
                .contains("t");
    }

    private long count(String table) throws SQLException {
        return Long.parseLong(database.rows("SELECT count(*) FROM " + table).get(0));
    }

    /** Runs the command of the page for readers. */
    private void readAsThePageSays() throws IOException, SQLException {
        String page = Files.readString(KilledStream.ROOT.resolve("docs/sinks/postgres.md"));
        Matcher block = Pattern.compile("```sh\\n(psql .*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        if (!Files.isExecutable(Path.of("/usr/bin/psql"))) {
            System.out.println("postgres-sink: psql is not here, its command is not run");
            return;
        }
        Path read = dir.resolve("read.out");
        String where = database.url().replace("//", "//" + TestPostgres.USER + "@");
        String script = "export DATABASE='" + where + "'\n" + block.group(1);
        try (OsProcess shell = OsProcess.start(read, List.of("bash", "-euc", script))) {
            assertThat(shell.awaitExit(KilledStream.PATIENCE)).as(shell.said()).isZero();
        }
        assertThat(Files.readString(read, StandardCharsets.UTF_8).lines())
                .containsExactlyElementsOf(
                        database.rows(
                                "SELECT name, price FROM prices WHERE NOT leat_gone ORDER BY price DESC NULLS LAST, name LIMIT 5"));
    }
}

package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.QuickStart;
import io.leat.app.webhook.ChangeTopic;
import io.leat.app.webhook.Teller;
import io.leat.testkit.FilesJudge;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code leat deliver} in several processes into one directory and one database: one is held up until another has taken its
 * place and then goes on, others are killed. The judges see files and manifests, or tables, alone. Rounds of that:
 * {@code -Dleat.rounds}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class DeliverIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern DELIVERS = Pattern.compile("delivering taken to archive");
    private static final int ROUNDS = Integer.getInteger("leat.rounds", 1);
    private static final int PARTITIONS = 2;
    private static final int PER_SECOND = 200;

    @TempDir
    private Path dir;

    private @Nullable TestPostgres database;
    private int started;

    @Test
    void trap9HeldUpAndKilledTheyPutEachChangeIntoOneFileAndOneRow() throws Exception {
        database = TestPostgres.fresh(DeliverIT.class.getSimpleName() + "'s sink of tables");
        RandomSeed seed = RandomSeed.of("deliver");
        RandomGenerator random = seed.random();
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "taken", PARTITIONS, 100)) {
            feed();
            try (Teller teller = new Teller(log, PER_SECOND)) {
                for (int round = 0; round < ROUNDS; round++) {
                    heldUpAndKilled(kafka.bootstrap(), random);
                }
            }
            Instant told = Instant.now();
            try (OsProcess last = deliver(kafka.bootstrap())) {
                awaitComplete(told);
                judgeTables(log.told(), seed);
                last.terminate();
                last.awaitExit(PATIENCE);
            }
            FilesJudge.Verdict verdict = judged();
            assertThat(verdict.faults()).as(seed.toString()).isEmpty();
            assertThat(verdict.lines()).as(seed.toString()).hasSize(log.told());
            System.out.printf(
                    "deliver rounds=%s changes=%s files=%s manifests=%s orphans=%s %s%n",
                    ROUNDS, log.told(), verdict.files(), verdict.manifests(), verdict.orphans(), seed);
        }
    }

    /** Two at work; the one stops in the middle of it, the other dies, a third takes over, and the first goes on. */
    private void heldUpAndKilled(String bootstrap, RandomGenerator random) throws Exception {
        try (OsProcess first = deliver(bootstrap);
                OsProcess second = deliver(bootstrap)) {
            awaitComplete(Instant.now());
            LockSupport.parkNanos(random.nextLong(1_500_000_000L));
            first.stop();
            LockSupport.parkNanos(random.nextLong(1_500_000_000L));
            second.kill9();
            try (OsProcess third = deliver(bootstrap)) {
                awaitComplete(Instant.now());
                first.cont();
                LockSupport.parkNanos(random.nextLong(2_000_000_000L));
                third.kill9();
            }
        }
    }

    /** Until everything that was told before a moment is to be read. */
    private void awaitComplete(Instant moment) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            var until = judged().completeUntil();
            return until.size() == PARTITIONS && until.values().stream().allMatch(each -> each.isAfter(moment));
        });
    }

    private void judgeTables(int told, RandomSeed seed) throws SQLException {
        TestPostgres tables = database;
        if (tables == null) {
            return;
        }
        String all = Integer.toString(told);
        Awaitility.await().atMost(PATIENCE).until(() -> tables.rows("SELECT count(*) FROM history")
                .contains(all));
        assertThat(tables.rows(
                        "SELECT leat_key FROM history GROUP BY leat_key, leat_gen, leat_pos HAVING count(*) > 1"))
                .as(seed.toString())
                .isEmpty();
        assertThat(tables.rows("SELECT leat_id FROM prices EXCEPT (SELECT DISTINCT ON (leat_key) leat_id FROM history"
                        + " ORDER BY leat_key, leat_pos DESC)"))
                .as(seed.toString())
                .isEmpty();
    }

    private FilesJudge.Verdict judged() throws IOException {
        return FilesJudge.judge(dir.resolve("prices"));
    }

    private void feed() throws IOException {
        Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: taken
                key: sku
                time: at
                sinks:
                  - {name: archive, files: {path: prices, every: 1s}}
                """
                        + (database == null
                                ? ""
                                : "  - {name: warehouse, postgres: {url: '%s', user: %s, table: prices, history: history, create: true}}\n"
                                        .formatted(database.url(), TestPostgres.USER)));
    }

    private OsProcess deliver(String bootstrap) {
        String name = "deliver-" + started++;
        List<String> options = new ArrayList<>(QuickStart.options());
        options.add("-Xmx256m");
        OsProcess process = OsProcess.java(
                dir.resolve(name + ".out"),
                options,
                "io.leat.app.Leat",
                List.of(
                        "deliver",
                        dir.resolve("feed.yaml").toString(),
                        "--kafka",
                        bootstrap,
                        "--data",
                        dir.resolve(name).toString(),
                        "--log",
                        dir.resolve(name + ".log").toString()));
        process.awaitLine(DELIVERS, PATIENCE);
        return process;
    }
}

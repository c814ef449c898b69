package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.guarantee.ExternalBroker;
import io.leat.app.sinks.FaultyLink;
import io.leat.app.sinks.ObjectStoreProcess;
import io.leat.testkit.FilesJudge;
import io.leat.testkit.OsProcess;
import io.leat.testkit.TestPostgres;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many sinks of every kind in one process; again and again some of them are struck: a table locked, a database that answers nothing, a
 * store that answers 500, 503 and nothing and cuts connections, a broker that hangs, and at last is dead. Meanwhile the others get
 * everything, as fast as they do between the strokes, and afterwards everything is everywhere. Size: {@code -Dleat.crowd.webhooks},
 * {@code .prefixes}, {@code .tables}, {@code .topics}, {@code .every} (seconds of a window of files), {@code .rate} (changes a
 * second), {@code .calm} and {@code .struck} (seconds), {@code .pairs} of those, {@code .heap}; {@code -Dleat.crowd.page=FILE} names a
 * page for the result. {@code -Dleat.crowd.factor=1.1 -Dleat.crowd.slack=0} is the bound for a machine that does nothing else.
 */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class CrowdOfSinksIT {

    private static final int RATE = Integer.getInteger("leat.crowd.rate", 10);
    private static final int CALM_SECONDS = Integer.getInteger("leat.crowd.calm", 5);
    private static final int STRUCK_SECONDS = Integer.getInteger("leat.crowd.struck", 6);
    private static final int PAIRS = Integer.getInteger("leat.crowd.pairs", 3);
    private static final Path PAGE = Path.of(System.getProperty("leat.crowd.page", ""));
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @TempDir
    private Path dir;

    private CrowdOfSinks.Ends ends;
    private ChangeTopic log;
    private CrowdTopics topics;
    private CrowdTopics struckTopics;
    private CrowdTopics changes;
    private ExternalBroker peer;
    private final List<Window> calm = new ArrayList<>();
    private final List<Window> struck = new ArrayList<>();
    private String usage = "";
    private double healedSeconds;

    /** What was seen of what came between two moments, by the monotonic clock in microseconds: p99 by kind, milliseconds. */
    private record Window(long from, long to, Map<String, Double> p99) {}

    @Test
    void trap15WhatIsAwayOrLockedMovesNobodyElseAndHasEverythingAfterwards() throws Exception {
        TestPostgres database = TestPostgres.fresh(CrowdOfSinksIT.class.getSimpleName());
        assumeTrue(database != null);
        try (DataDirectory data = DataDirectory.take(dir.resolve("kafka"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                ChangeTopic told = new ChangeTopic(kafka.bootstrap(), "crowd", 2, 100);
                FastReceivers receivers = new FastReceivers(at -> CrowdAges.now() - at);
                ObjectStoreProcess store = new ObjectStoreProcess(dir.resolve("store"));
                FaultyLink storeLink = new FaultyLink(store.port());
                FaultyLink databaseLink = new FaultyLink(database.port());
                ExternalBroker struckPeer = new ExternalBroker(dir.resolve("peer"))) {
            log = told;
            ends = new CrowdOfSinks.Ends(
                    receivers, store, storeLink, database, databaseLink, kafka.bootstrap(), struckPeer.bootstrap());
            make(kafka.bootstrap(), 0, CrowdOfSinks.STRUCK_TOPIC);
            make(struckPeer.bootstrap(), CrowdOfSinks.STRUCK_TOPIC, CrowdOfSinks.TOPICS);
            try (OsProcess deliver = CrowdOfSinks.deliver(dir, ends, kafka.bootstrap());
                    CrowdTopics unstruck = new CrowdTopics(kafka.bootstrap(), names(0, CrowdOfSinks.STRUCK_TOPIC));
                    CrowdTopics theirs = new CrowdTopics(
                            struckPeer.bootstrap(), names(CrowdOfSinks.STRUCK_TOPIC, CrowdOfSinks.TOPICS));
                    CrowdTopics visible = new CrowdTopics(kafka.bootstrap(), List.of(told.topic()))) {
                topics = unstruck;
                struckTopics = theirs;
                changes = visible;
                peer = struckPeer;
                log.tell(1);
                await(() -> isAllThere(1));
                CrowdAges.noteArrivals(database, CrowdOfSinks.TABLES);
                try (Teller teller = new Teller(log, RATE)) {
                    pass(Math.max(2, CALM_SECONDS / 4));
                    for (int pair = 1; pair <= PAIRS; pair++) {
                        calm.add(during(() -> pass(CALM_SECONDS)));
                        struckFor(pair == PAIRS ? teller : null, deliver);
                    }
                }
                assertThat(receivers.disorder()).as("order").isZero();
                areEqual(database);
                deliver.terminate();
                deliver.awaitExit(PATIENCE);
                CrowdFigures figures = figures();
                tell(figures);
                figures.areUnmoved();
            }
        }
    }

    /**
     * Strikes some, looks at the others, and heals.
     *
     * @param last what tells, if it is to end so that what the others have can be counted; {@code null} if it goes on
     */
    private void struckFor(@Nullable Teller last, OsProcess deliver) throws Exception {
        try (Connection lock = lock(ends.database())) {
            ends.databaseLink().be(FaultyLink.Mode.SILENT);
            if (last == null) {
                peer.hold();
            } else {
                peer.kill();
            }
            struck.add(during(this::strike));
            if (last != null) {
                last.close();
                await(() -> isThereButForTheStruck(log.told()));
                assertThat(isLeftOut(ends.database()))
                        .as("one behind the link has missed something")
                        .isTrue();
                usage = usage(deliver);
            }
        }
        ends.databaseLink().be(FaultyLink.Mode.SOUND);
        ends.storeLink().be(FaultyLink.Mode.SOUND);
        if (last == null) {
            peer.goOn();
        } else {
            peer.restart();
        }
        long healed = System.nanoTime();
        int told = log.told();
        await(() -> isAllThere(told));
        healedSeconds = (System.nanoTime() - healed) / 1e9;
    }

    private interface Work {
        void run() throws Exception;
    }

    private Window during(Work work) throws Exception {
        ends.receivers().takeAges(0);
        topics.takeAges();
        changes.takeAges();
        long from = CrowdAges.now();
        work.run();
        long to = CrowdAges.now();
        Map<String, Double> p99 = new LinkedHashMap<>();
        p99.put("change log at a reader", millis(changes.takeAges()));
        p99.put("webhooks", millis(ends.receivers().takeAges(0)));
        p99.put("topics", millis(topics.takeAges()));
        return new Window(from, to, p99);
    }

    /** With those of files and tables, whose arrival is written where they lie. */
    private CrowdFigures figures() throws Exception {
        CrowdFigures figures = new CrowdFigures();
        for (Window window : calm) {
            figures.addCalm(whole(window));
        }
        for (Window window : struck) {
            figures.addStruck(whole(window));
        }
        return figures;
    }

    private Map<String, Double> whole(Window window) throws Exception {
        Map<String, Double> whole = new LinkedHashMap<>(window.p99());
        whole.put(
                "files",
                millis(CrowdAges.ofFiles(ends.store(), CrowdOfSinks.STRUCK_PREFIX, window.from(), window.to())));
        whole.put(
                "tables",
                millis(CrowdAges.ofTables(ends.database(), CrowdOfSinks.STRUCK_TABLE, window.from(), window.to())));
        return whole;
    }

    private static double millis(List<Long> ages) {
        return FastReceivers.millis(ages, 0.99);
    }

    /** The store fails in each of its ways for a quarter of the time. */
    private void strike() {
        for (FaultyLink.Mode mode : List.of(
                FaultyLink.Mode.ANSWERS_500,
                FaultyLink.Mode.ANSWERS_503,
                FaultyLink.Mode.SILENT,
                FaultyLink.Mode.CUT)) {
            ends.storeLink().be(mode);
            pass(STRUCK_SECONDS / 4.0);
        }
    }

    private static void pass(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** Nobody may read or write the last table until the connection ends. */
    private static Connection lock(TestPostgres database) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE t%1$d, h%1$d IN ACCESS EXCLUSIVE MODE".formatted(CrowdOfSinks.TABLES - 1));
        }
        return connection;
    }

    private boolean isAllThere(int told) throws Exception {
        for (int i = CrowdOfSinks.STRUCK_TOPIC; i < CrowdOfSinks.TOPICS; i++) {
            if (struckTopics.count("t" + i) < told) {
                return false;
            }
        }
        return isThere(CrowdOfSinks.TABLES, CrowdOfSinks.PREFIXES, told);
    }

    private boolean isThereButForTheStruck(int told) throws Exception {
        return isThere(CrowdOfSinks.STRUCK_TABLE, CrowdOfSinks.STRUCK_PREFIX, told);
    }

    /** Whether the table behind the silent link has not everything. */
    private boolean isLeftOut(TestPostgres database) throws SQLException {
        return !database.rows("SELECT count(*) FROM h" + CrowdOfSinks.STRUCK_TABLE)
                .contains(Integer.toString(log.told()));
    }

    private long rows(int table) throws SQLException {
        return Long.parseLong(
                ends.database().rows("SELECT count(*) FROM h" + table).get(0));
    }

    private boolean isThere(int tables, int prefixes, int all) throws Exception {
        for (int i = 0; i < CrowdOfSinks.WEBHOOKS; i++) {
            if (ends.receivers().countOf(i) < all) {
                return false;
            }
        }
        for (int i = 0; i < CrowdOfSinks.STRUCK_TOPIC; i++) {
            if (topics.count("t" + i) < all) {
                return false;
            }
        }
        for (int i = 0; i < tables; i++) {
            boolean there = ends.database()
                    .rows("SELECT to_regclass('h%d') IS NOT NULL".formatted(i))
                    .contains("t");
            if (!there || rows(i) < all) {
                return false;
            }
        }
        for (int i = 0; i < prefixes; i++) {
            if (FilesJudge.judge(ends.store().objects("p" + i)).lines().size() < all) {
                return false;
            }
        }
        return true;
    }

    /** Each history has each change once, each table the last of each key, and the files add up. */
    private void areEqual(TestPostgres database) throws Exception {
        for (int i = 0; i < CrowdOfSinks.TABLES; i++) {
            assertThat(rows(i)).isEqualTo(log.told());
            assertThat(database.rows(
                            ("SELECT leat_id FROM t%1$d EXCEPT (SELECT DISTINCT ON (leat_key) leat_id FROM h%1$d"
                                            + " ORDER BY leat_key, leat_gen DESC, leat_pos DESC)")
                                    .formatted(i)))
                    .isEmpty();
        }
        for (int i = 0; i < CrowdOfSinks.PREFIXES; i++) {
            FilesJudge.Verdict verdict = FilesJudge.judge(ends.store().objects("p" + i));
            assertThat(verdict.faults()).isEmpty();
            assertThat(verdict.lines()).hasSize(log.told());
        }
    }

    private static String usage(OsProcess deliver) throws Exception {
        return "%d MiB resident, %d threads"
                .formatted(CrowdOfSinks.figure(deliver, "VmRSS") >> 10, CrowdOfSinks.figure(deliver, "Threads"));
    }

    private void tell(CrowdFigures figures) throws Exception {
        String page =
                """
                # Sinks of every kind in one process

                Written by `CrowdOfSinksIT`: one `leat deliver` (`-Xmx%s`, quick compiler alone) with %d webhooks, %d prefixes of a bucket, %d tables and %d
                topics; %d changes a second, each to all of them: %d deliveries a second. Broker, receivers and readers run in one other JVM, the
                store in a third, on the same %d processors; load of the machine at the end: %.1f. p99 is from telling to receipt, of those
                that are not struck: webhooks at the receiver, files when their manifest is there (a window is %d s), tables when the row is
                inserted, topics at a reader.

                Struck for %d s, %d times: %d prefixes (500, 503, silence, cut, a quarter of the time each), %d tables (one locked, the others
                behind a database that is silent), %d topics (broker held up, the last time killed). Calm for %d s before each; medians.

                | p99 | calm | struck | ratio |
                | --- | ---: | ---: | ---: |
                %s
                The process: %s. Once all was well again, everything was everywhere %.0f s later, each history and file with each of the %d changes once, and
                each table with the last of each key.
                """
                        .formatted(
                                System.getProperty("leat.crowd.heap", "256m"),
                                CrowdOfSinks.WEBHOOKS,
                                CrowdOfSinks.PREFIXES,
                                CrowdOfSinks.TABLES,
                                CrowdOfSinks.TOPICS,
                                RATE,
                                RATE
                                        * (CrowdOfSinks.WEBHOOKS
                                                + CrowdOfSinks.PREFIXES
                                                + CrowdOfSinks.TABLES
                                                + CrowdOfSinks.TOPICS),
                                Runtime.getRuntime().availableProcessors(),
                                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                                CrowdOfSinks.EVERY_SECONDS,
                                STRUCK_SECONDS,
                                PAIRS,
                                CrowdOfSinks.PREFIXES - CrowdOfSinks.STRUCK_PREFIX,
                                CrowdOfSinks.TABLES - CrowdOfSinks.STRUCK_TABLE,
                                CrowdOfSinks.TOPICS - CrowdOfSinks.STRUCK_TOPIC,
                                CALM_SECONDS,
                                figures.rows(),
                                usage,
                                healedSeconds,
                                log.told());
        System.out.print(page);
        if (!PAGE.toString().isEmpty()) {
            Files.writeString(PAGE, page);
        }
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "t" + i).toList();
    }

    private static void make(String bootstrap, int from, int to) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(names(from, to).stream()
                            .map(name -> new NewTopic(name, Optional.of(2), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(condition);
    }
}

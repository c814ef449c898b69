package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.guarantee.ExternalBroker;
import io.leat.testkit.FilesJudge;
import io.leat.testkit.PostgresServer;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A directory, a bucket, a database and topics of another cluster, each with a judge who sees nothing else. The store, the database
 * and the cluster are processes that are killed and started again over what they had.
 */
final class OtherEnds implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final int partitions;
    private final ExternalBroker peer;
    private final ObjectStoreProcess store;
    private final @Nullable PostgresServer database;

    /**
     * Starts them; without the database where that does not run.
     *
     * @param dir is empty; the sink of files writes into its {@code prices}
     * @param partitions how many the change log has
     */
    OtherEnds(Path dir, int partitions) throws Exception {
        this.directory = dir.resolve("prices");
        this.partitions = partitions;
        this.peer = new ExternalBroker(dir.resolve("peer"));
        this.store = new ObjectStoreProcess(dir.resolve("store"));
        this.database = PostgresServer.start(dir.resolve("postgres"), "DeliverIT's sink of tables");
        PeerTopics.make(peer.bootstrap());
    }

    /** How each is declared in a feed file. */
    String sinks() {
        String tables = database == null
                ? ""
                : "  - {name: warehouse, postgres: {url: '%s', user: %s, table: prices, history: history, create: true}}\n"
                        .formatted(database.database().url(), TestPostgres.USER);
        return """
               sinks:
                 - {name: archive, files: {path: prices, every: 1s}}
                 - {name: bucket, files: {path: 's3://bucket/prices', every: 1s, endpoint: 'http://127.0.0.1:%d', path_style: true, %s}}
                 - {name: once, kafka: {bootstrap: '%s', topic: once, guarantee: exactly_once}}
                 - {name: often, kafka: {bootstrap: '%s', topic: often, format: cloudevents}}
               """
                        .formatted(store.port(), ObjectStoreProcess.LOGIN, peer.bootstrap(), peer.bootstrap())
                + tables;
    }

    /** What kills the store, and what kills the database, in an order of chance; each is started again. */
    List<Runnable> strokes(Random random) {
        PostgresServer server = database;
        List<Runnable> strokes =
                new ArrayList<>(List.of(store::killAndRestart, server == null ? () -> {} : server::killAndRestart));
        Collections.shuffle(strokes, random);
        return strokes;
    }

    /** Kills the broker of the other cluster and starts it again. */
    void strikeCluster() {
        peer.killAndRestart();
    }

    /** Until all files have everything that was told before a moment. */
    void awaitFiles(Instant moment) {
        for (Path prefix : prefixes()) {
            Awaitility.await(prefix.toString())
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        var until = FilesJudge.completeUntil(prefix);
                        return until.size() == partitions
                                && until.values().stream().allMatch(each -> each.isAfter(moment));
                    });
        }
    }

    private List<Path> prefixes() {
        return List.of(directory, store.objects("prices"));
    }

    /** The table has the last change of each key, and the history each change once; the topics have what they promise. */
    void judgeTablesAndTopics(ChangesJudge log, RandomSeed seed) throws SQLException {
        if (database != null) {
            judgeTables(database.database(), log, seed);
        }
        PeerTopics.judge(log, peer.bootstrap(), seed);
    }

    private static void judgeTables(TestPostgres tables, ChangesJudge log, RandomSeed seed) throws SQLException {
        String all = Integer.toString(log.size());
        awaitAsLongAsItMayTake(
                "history", () -> tables.rows("SELECT count(*) FROM history").contains(all));
        assertThat(log.once(tables.rows("SELECT leat_id FROM history ORDER BY leat_gen, leat_pos")))
                .as("history %s", seed)
                .isEmpty();
        Map<String, String> newest = new HashMap<>();
        for (String row : tables.rows("SELECT leat_key, leat_id FROM prices")) {
            newest.put(row.substring(0, row.lastIndexOf('|')), row.substring(row.lastIndexOf('|') + 1));
        }
        assertThat(log.newest(newest)).as("table %s", seed).isEmpty();
    }

    /** If it does not come, the judge says what is missing. */
    static void awaitAsLongAsItMayTake(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            System.out.printf("%s: %s%n", what, e.getMessage());
        }
    }

    /** Each prefix has each change once, in whole files that add up. */
    String judgeFiles(ChangesJudge log, RandomSeed seed) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (Path prefix : prefixes()) {
            FilesJudge.Verdict verdict = FilesJudge.judge(prefix);
            assertThat(verdict.faults()).as("%s %s", prefix, seed).isEmpty();
            assertThat(log.once(verdict.lines().stream().map(PeerTopics::id).toList()))
                    .as("%s %s", prefix, seed)
                    .isEmpty();
            seen.append("files=%s manifests=%s orphans=%s "
                    .formatted(verdict.files(), verdict.manifests(), verdict.orphans()));
        }
        return seen.toString();
    }

    /** How many records are there again where that is allowed. */
    int repeats(int told) {
        return PeerTopics.repeats(peer.bootstrap(), told);
    }

    @Override
    public void close() {
        peer.close();
        store.close();
        if (database != null) {
            database.close();
        }
    }
}

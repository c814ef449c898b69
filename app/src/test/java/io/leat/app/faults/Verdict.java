package io.leat.app.faults;

import io.leat.app.guarantee.AllRead;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.ChangeLogCheck;
import io.leat.testkit.CheckResult;
import io.leat.testkit.LastWriterWins;
import io.leat.testkit.Scrapes;
import io.leat.testkit.TestPostgres;
import io.leat.testkit.TopicReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What became of all that was scraped, by the topics, the client and the database alone.
 *
 * @param acknowledged records
 * @param lost of them, those that are not where the acknowledgement says
 * @param log held against the raw topic
 * @param changes in the log
 * @param client what it has
 * @param behind keys whose newest change the client has not
 * @param tables what is wrong with the tables, empty for nothing; {@code null} if there are none
 */
record Verdict(
        int acknowledged,
        int lost,
        CheckResult log,
        long changes,
        Client.Seen client,
        long behind,
        @Nullable List<String> tables) {

    /** The fifth attempt of a delivery comes after five minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    /** Waits until everything is through, and judges. The scrapers have ended. */
    static Verdict of(Cluster cluster, Ledger ledger) throws SQLException {
        String bootstrap = cluster.brokers.bootstrap();
        AllRead.await(bootstrap, cluster.feed(), PATIENCE);
        LastWriterWins reference = new LastWriterWins(Scrapes.shape());
        TopicReader reader = TopicReader.committed(bootstrap);
        reader.read(Cluster.FEED + ".raw", rec -> reference.add(rec.value()));
        ChangeLogCheck check = new ChangeLogCheck(Scrapes.compared());
        Map<String, Long> newest = new HashMap<>();
        long changes = reader.read(Cluster.FEED + ".changes", rec -> {
                    ChangeLine line = ChangeLine.parse(rec.value());
                    check.add(rec.partition(), line);
                    newest.put(line.keyText(), line.seq());
                })
                .count();
        awaitOrNot(() -> cluster.client.complete(newest) == newest.size());
        return new Verdict(
                ledger.size(),
                ledger.lost(bootstrap, Cluster.FEED + ".raw"),
                check.against(reference, ChangeLogCheck.Expect.EVERY_CHANGE),
                changes,
                cluster.client.seen(),
                newest.size() - cluster.client.complete(newest),
                cluster.database == null ? null : tables(cluster.database, changes));
    }

    private static List<String> tables(TestPostgres database, long changes) throws SQLException {
        String all = Long.toString(changes);
        awaitOrNot(() -> database.rows("SELECT count(*) FROM history").get(0).equals(all));
        List<String> wrong = new ArrayList<>();
        String count = database.rows("SELECT count(*) FROM history").get(0);
        if (!count.equals(all)) {
            wrong.add("the history has %s rows of %s".formatted(count, all));
        }
        wrong.addAll(database.rows("SELECT 'not the newest', p.leat_key, h.leat_key FROM prices p FULL JOIN"
                + " (SELECT DISTINCT ON (leat_key) leat_key, leat_id FROM history ORDER BY leat_key, leat_pos DESC) h"
                + " USING (leat_key) WHERE p.leat_id IS DISTINCT FROM h.leat_id"));
        return wrong;
    }

    /** What does not come is told by the figures. */
    private static void awaitOrNot(java.util.concurrent.Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(condition);
        } catch (ConditionTimeoutException e) {
            System.out.println("waited for " + PATIENCE + " in vain");
        }
    }

    boolean isClean() {
        return lost == 0
                && acknowledged > 0
                && log.isClean()
                && behind == 0
                && client.early() == 0
                && client.distinct() == changes
                && (tables == null || tables.isEmpty());
    }

    @Override
    public String toString() {
        return "acknowledged=%d lost=%d %s client: of %d changes %d, keys behind=%d early=%d repeats=%d false times=%d; tables: %s"
                .formatted(
                        acknowledged,
                        lost,
                        log,
                        changes,
                        client.distinct(),
                        behind,
                        client.early(),
                        client.repeats(),
                        client.falseTimes(),
                        tables == null ? "none here" : tables.isEmpty() ? "right" : tables);
    }
}

package io.leat.app.webhook;

import io.leat.app.sinks.ObjectStoreProcess;
import io.leat.app.sinks.VisibleChanges;
import io.leat.testkit.TestPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How old changes were when files and tables had them, from what lies there alone. {@code at} in a change is monotonic microseconds. */
final class CrowdAges {

    /** What the wall's clock, in microseconds since 1970, is ahead of the monotonic one. */
    private static final long AHEAD =
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - System.nanoTime() / 1_000;

    private CrowdAges() {}

    static long now() {
        return System.nanoTime() / 1_000;
    }

    /** Of what was told between two moments, in microseconds and sorted; the manifest is what makes a file visible. */
    static List<Long> ofFiles(ObjectStoreProcess store, int prefixes, long from, long to) throws IOException {
        List<Long> ages = new ArrayList<>();
        for (int i = 0; i < prefixes; i++) {
            VisibleChanges.forEach(store.objects("p" + i), (since, change) -> {
                long at = change.path("after").path("at").asLong(0);
                if (at >= from && at < to) {
                    ages.add(ChronoUnit.MICROS.between(Instant.EPOCH, since) - AHEAD - at);
                }
            });
        }
        Collections.sort(ages);
        return ages;
    }

    /** Has the histories note when a row came. */
    static void noteArrivals(TestPostgres database, int tables) throws SQLException {
        for (int i = 0; i < tables; i++) {
            database.run("ALTER TABLE h%d ADD COLUMN seen timestamptz DEFAULT clock_timestamp()".formatted(i));
        }
    }

    static List<Long> ofTables(TestPostgres database, int tables, long from, long to) throws SQLException {
        List<Long> ages = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            database.rows("SELECT (extract(epoch FROM seen) * 1000000)::bigint - at FROM h%d WHERE at >= %d AND at < %d"
                            .formatted(i, from, to))
                    .forEach(age -> ages.add(Long.parseLong(age) - AHEAD));
        }
        Collections.sort(ages);
        return ages;
    }
}

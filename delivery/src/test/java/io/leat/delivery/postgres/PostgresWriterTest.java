package io.leat.delivery.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.delivery.Postgres;
import io.leat.delivery.batch.Durable;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.testkit.CutProxy;
import io.leat.testkit.RandomSeed;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the tables of a real Postgres hold after anything that can happen to a writer. */
@Timeout(120)
class PostgresWriterTest extends TablesRig {

    @Test
    void trap2KilledAtAnyStepTheTablesHoldEachChangeOnce() throws Exception {
        log.tell("k1", "0");
        lane(20).read();
        log.many(30, 11).gone("k3").tell("k3", "5").gone("k4");
        try (CutProxy proxy = new CutProxy(database.port())) {
            for (int step = 1; ; step++) {
                database.run("TRUNCATE prices, history, leat_cursor");
                int at = proxy.said() + step;
                CutProxy.Cut how = step % 2 == 0 ? CutProxy.Cut.BEFORE : CutProxy.Cut.AFTER;
                proxy.cut(how, text -> proxy.said() == at);
                try (Connections mortal = new Connections(SHORT)) {
                    TableLane lane = lane(terms(proxy.port(), TABLE, HISTORY), mortal, 20);
                    try {
                        lane.read();
                        assertThat(step).as("every step was one to die at").isGreaterThan(15);
                        return;
                    } catch (IOException e) {
                        lane.restartAt(0).readThrough(); // the cursor in the log was never committed
                    }
                    assertWhole(lane);
                }
            }
        }
    }

    @Test
    void trap9AZombieThatWakesUpWritesNothingAndGoesOnWhereTheOtherIs() throws Exception {
        log.many(100, 7);
        TableLane zombie = lane(20).readTo(40);
        lane(30).readTo(90);
        Durable done = zombie.one(100);
        assertThat(done).isEqualTo(new Durable(90, true));
        assertThat(database.rows("SELECT count(*) FROM history")).containsExactly("90");
        assertWhole(zombie.read());
    }

    @Test
    void trap9OneThatWasStoppedWithinItsTransactionHoldsNobodyUpForLong() throws Exception {
        log.many(40, 7);
        lane(20).readTo(20);
        try (Connection stopped = database.connect()) {
            stopped.setAutoCommit(false);
            stopped.createStatement().execute("SET idle_in_transaction_session_timeout = 1000");
            stopped.createStatement().execute("UPDATE leat_cursor SET next = 40");
            TableLane next = lane(20).restartAt(20);
            assertThatThrownBy(next::read).isInstanceOf(IOException.class).hasMessageContaining("55P03");
            assertWhole(next.readThrough());
        }
    }

    @Test
    void trap10AResetGoesBackAndAnExpiredKeyBeginsAtOneAgainAndBothReachTheTable() throws Exception {
        log.tell("a", "new", "2026-11-25T10:00:00Z", 1, "10")
                .tell("a", "update", "2026-11-25T12:00:00Z", 2, "12")
                .tell("a", "reset", "2026-11-25T09:00:00Z", 3, null)
                .tell("a", "back", "2026-11-25T09:30:00Z", 4, "9")
                .tell("b", "new", "2026-11-25T10:00:00Z", 1, "1")
                .tell("b", "update", "2026-11-25T11:00:00Z", 7, "7")
                .tell("b", "new", "2026-12-25T11:00:00Z", 1, "8");
        assertWhole(lane(1).read());
        assertThat(database.rows("SELECT leat_key, leat_seq, leat_time AT TIME ZONE 'UTC' FROM prices ORDER BY 1"))
                .containsExactly("[\"a\"]|4|2026-11-25 09:30:00", "[\"b\"]|1|2026-12-25 11:00:00");
    }

    @Test
    void trap11OneKeyManyTimesInABatchIsItsLastChange() throws Exception {
        log.tell("a", "1")
                .tell("b", "2")
                .tell("a", "3")
                .gone("b")
                .tell("a", "4")
                .tell("c", "5")
                .gone("c");
        assertWhole(lane(100).read());
    }

    @Test
    void trap12TwoSinksOfOneTableInAnyOrderWaitForEachOtherWithoutEnd() throws Exception {
        RandomSeed seed = RandomSeed.of("postgres-two-sinks");
        RandomGenerator random = seed.random();
        for (int i = 0; i < 4_000; i++) {
            log.tell("k" + random.nextInt(200), Integer.toString(i));
        }
        List<CompletableFuture<Void>> running = new ArrayList<>();
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        lane(1).readTo(1);
        for (String sink : List.of("one", "two", "three")) {
            TableLane lane = new TableLane(log, terms(database.port(), TABLE, HISTORY), connections, sink, 97);
            running.add(CompletableFuture.runAsync(() -> {
                try {
                    lane.read();
                } catch (IOException e) {
                    failures.add(e.toString());
                }
            }));
        }
        running.forEach(CompletableFuture::join);
        assertThat(failures).as(seed.toString()).isEmpty();
        assertThat(database.rows("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .containsExactly("0");
        assertTables();
    }

    @Test
    void trap12ASinkThatIsBehindAnotherOfItsTableTakesNothingBack() throws Exception {
        log.many(60, 7).gone("k1");
        lane(20).read();
        new TableLane(log, terms(database.port(), TABLE, HISTORY), connections, "shop/slow", 20).readTo(40);
        assertTables();
    }

    @Test
    void trap13WhatNoRowCanHoldIsALetterAloneAndAllElseIsWritten() throws Exception {
        Postgres terms = with(
                column("all", "after.price", Postgres.Type.JSONB),
                column("name", "after.price.name", Postgres.Type.TEXT),
                column("amount", "after.price.amount", Postgres.Type.NUMERIC));
        log.many(200, 50);
        log.tell("nul", "{\"name\":\"a\\u0000b\"}");
        log.many(200, 50);
        log.tell("half", "{\"name\":\"a\\ud800b\"}")
                .tell("huge", "{\"amount\":1e200000}")
                .tell("deep", "[\"\\u0000\"]");
        log.many(200, 50);
        TableLane lane = lane(terms, connections, 1_000).read();
        assertThat(lane.letters)
                .hasSize(4)
                .anySatisfy(letter -> assertThat(letter).startsWith("200 ").contains("U+0000"))
                .anySatisfy(letter -> assertThat(letter).startsWith("401 ").contains("surrogate"));
        assertThat(database.rows("SELECT count(*) FROM history")).containsExactly("600");
        assertThat(database.rows("SELECT count(*) FROM prices")).containsExactly("50");
        assertThat(lane.cursor()).isEqualTo(log.end());
    }

    @Test
    void trap13TheDatabaseItselfNamesTheRowByHalves() throws Exception {
        Postgres terms = with(
                column("price", "after.price", Postgres.Type.INTEGER), column("all", "after", Postgres.Type.JSONB));
        log.many(300, 300)
                .tell("huge", "99999999999")
                .many(3, 3)
                .tell("half", "1.5")
                .many(300, 300);
        TableLane lane = lane(terms, connections, 1_000).read();
        assertThat(lane.letters).hasSize(2);
        assertThat(lane.letters.get(0)).startsWith("300 ").contains("22003");
        assertThat(lane.letters.get(1)).startsWith("304 ").contains("22P02");
        assertThat(database.rows("SELECT count(*) FROM history")).containsExactly("603");
    }

    @Test
    void whenEverythingIsRefusedItIsNotTheRows() throws Exception {
        log.many(1_100, 1_100);
        lane(10).readTo(10);
        database.run("ALTER TABLE prices ADD CHECK (price < 10)");
        TableLane lane = lane(2_000).restartAt(10);
        assertThatThrownBy(lane::read).isInstanceOfSatisfying(SinkRefusal.class, refusal -> assertThat(refusal.code())
                .isEqualTo(SinkCode.EVERY_ROW_REFUSED));
        assertThat(lane.letters).hasSizeLessThan(1_000);
    }

    @Test
    void trap14ACommitThatIsNeverAnsweredIsDecidedByTheCursor() throws Exception {
        for (CutProxy.Cut how : List.of(CutProxy.Cut.BEFORE, CutProxy.Cut.AFTER)) {
            database.run("DROP TABLE IF EXISTS prices, history, leat_cursor");
            ChangeList mine = new ChangeList().many(60, 7);
            try (CutProxy proxy = new CutProxy(database.port());
                    Connections mortal = new Connections(SHORT)) {
                TableLane lane = new TableLane(mine, terms(proxy.port(), TABLE, HISTORY), mortal, "shop/x", 20);
                lane.readTo(20);
                proxy.cut(how, text -> text.contains("COMMIT\0"));
                assertThatThrownBy(() -> lane.one(40)).isInstanceOf(IOException.class);
                assertThat(database.rows("SELECT next FROM leat_cursor"))
                        .as("whether it happened, %s", how)
                        .containsExactly(how == CutProxy.Cut.BEFORE ? "20" : "40");
                assertThat(lane.one(40)).isEqualTo(new Durable(40, false));
                assertThat(lane.one(60)).isEqualTo(new Durable(60, false));
                assertThat(database.rows("SELECT count(*), count(DISTINCT leat_id) FROM history"))
                        .containsExactly("60|60");
            }
        }
    }

    @Test
    void trap15ALockedTableHoldsNoThreadForLongAndNoOtherLane() throws Exception {
        log.many(400, 7);
        lane(10).readTo(10);
        Postgres others = terms(database.port(), Postgres.Table.parse("others"), null);
        TableLane other = new TableLane(log, others, connections, "shop/other", 1).readTo(10);
        try (Connection locker = database.connect()) {
            locker.setAutoCommit(false);
            locker.createStatement().execute("LOCK TABLE prices");
            TableLane locked = lane(10).restartAt(10);
            CompletableFuture<Integer> tries = CompletableFuture.supplyAsync(() -> {
                for (int i = 0; i < 5; i++) {
                    long began = System.nanoTime();
                    assertThatThrownBy(() -> locked.one(20)).hasMessageContaining("55P03");
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
                }
                return 5;
            });
            List<Long> millis = new ArrayList<>();
            while (!tries.isDone() && millis.size() < 390) {
                long began = System.nanoTime();
                other.one(log.end());
                millis.add((System.nanoTime() - began) / 1_000_000);
            }
            tries.join();
            Collections.sort(millis);
            assertThat(millis.get(millis.size() * 99 / 100 - 1))
                    .as("p99 of the other lane")
                    .isLessThan(200L);
            locker.rollback();
            assertWhole(locked.read());
        }
    }

    @Test
    void trap16AColumnThatIsDroppedOrRetypedStopsTheLaneAndNamesWhatMendsIt() throws Exception {
        log.tell("a", "9.99").tell("a", "8.88").tell("a", "7.77").tell("a", "6.66");
        TableLane lane = lane(1).readTo(1);
        database.run("ALTER TABLE prices ALTER COLUMN price TYPE integer");
        String mend = mend(lane);
        assertThat(mend).contains("ALTER COLUMN \"price\" TYPE numeric");
        assertThat(database.rows("SELECT leat_seq FROM prices"))
                .as("nothing is rounded")
                .containsExactly("1");
        database.run(mend);
        lane.restart().readTo(2);
        database.run("ALTER TABLE history DROP COLUMN price");
        mend = mend(lane);
        assertThat(mend).contains("ALTER TABLE \"history\" ADD COLUMN \"price\" numeric");
        database.run(mend);
        lane.restart().readTo(3);
        database.run(
                "ALTER TABLE prices ADD COLUMN must text NOT NULL DEFAULT 'x'",
                "ALTER TABLE prices ALTER COLUMN must DROP DEFAULT");
        mend = mend(lane);
        database.run(mend);
        assertThat(lane.restart().read().letters).isEmpty();
        assertThat(database.rows("SELECT price, leat_seq FROM prices")).containsExactly("6.66|4");
    }

    private String mend(TableLane lane) {
        String[] mend = {""};
        assertThatThrownBy(() -> lane.one(log.end())).isInstanceOfSatisfying(SinkRefusal.class, refusal -> {
            assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(SinkCode.TABLE_IS_ANOTHER);
            mend[0] = refusal.getMessage().substring(refusal.getMessage().indexOf("ALTER"));
        });
        return mend[0];
    }
}

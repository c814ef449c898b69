package io.leat.delivery.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.delivery.Postgres;
import io.leat.delivery.batch.Durable;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.testkit.CutProxy;
import io.leat.testkit.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a writer begins, and what it does with tables, databases and logs that are not as it left them. */
@Timeout(120)
class PostgresBeginningsTest extends TablesRig {

    @Test
    void aTableThatIsNotThereIsMadeOnRequestAloneAndTheRefusalSaysHow() throws Exception {
        log.tell("a", "1");
        Postgres never = new Postgres(
                database.url(),
                new Postgres.Login(TestPostgres.USER, null),
                TABLE,
                HISTORY,
                List.of(column("price", "after.price", Postgres.Type.NUMERIC)),
                Postgres.Gone.MARK,
                false);
        TableLane lane = lane(never, connections, 10);
        assertThatThrownBy(lane::read).isInstanceOf(SinkRefusal.class).hasMessageContaining("CREATE TABLE");
        assertThat(database.rows("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly("0");
        database.run(new Ddl(never).statements().toArray(String[]::new));
        assertWhole(lane.read());
    }

    @Test
    void aFieldThatIsNewGetsAColumn() throws Exception {
        log.tell("a", "1").tell("b", "2");
        lane(1).readTo(1);
        lane(
                        with(
                                column("price", "after.price", Postgres.Type.NUMERIC),
                                column("seq", "seq", Postgres.Type.BIGINT)),
                        connections,
                        1)
                .read();
        assertThat(database.rows("SELECT price, seq FROM prices ORDER BY leat_key"))
                .containsExactly("1|null", "2|1");
    }

    @Test
    void whatIsGoneIsMarkedOrDeletedAndAnOlderChangeBringsItNotBack() throws Exception {
        log.tell("a", "1").tell("b", "2").gone("a").tell("c", "3").gone("c");
        lane(4).read();
        assertThat(database.rows("SELECT leat_key, leat_gone, price FROM prices ORDER BY 1"))
                .containsExactly("[\"a\"]|t|1", "[\"b\"]|f|2", "[\"c\"]|t|3");
        Postgres deleting = new Postgres(
                database.url(),
                new Postgres.Login(TestPostgres.USER, null),
                Postgres.Table.parse("public.deleting"),
                null,
                List.of(column("price", "after.price", Postgres.Type.NUMERIC)),
                Postgres.Gone.DELETE,
                true);
        TableLane lane = new TableLane(log, deleting, connections, "shop/y", 2).read();
        assertThat(database.rows("SELECT leat_key FROM deleting")).containsExactly("[\"b\"]");
        lane.restartAt(0).read();
        assertThat(database.rows("SELECT leat_key FROM deleting")).containsExactly("[\"b\"]");
    }

    @Test
    void aLogThatWasMadeAnewAndAReplayWriteAgain() throws Exception {
        log.many(50, 7);
        TableLane lane = lane(20).read();
        ChangeList younger = new ChangeList().many(7, 7);
        TableLane anew = new TableLane(younger, terms(database.port(), TABLE, HISTORY), connections, "shop/x", 20)
                .anew("another", 0)
                .read();
        assertThat(anew.cursor()).isEqualTo(7);
        assertThat(database.rows("SELECT price FROM prices ORDER BY leat_key"))
                .containsExactly("0", "1", "2", "3", "4", "5", "6");
        database.run("UPDATE prices SET price = -1");
        anew.anew("another", 1).read();
        assertThat(database.rows("SELECT price FROM prices ORDER BY leat_key"))
                .as("a replay mends what somebody else wrote")
                .containsExactly("0", "1", "2", "3", "4", "5", "6");
        assertThatThrownBy(() -> lane.anew("another", 0).read())
                .as("one that was held up since before the replay")
                .isInstanceOf(IOException.class);
    }

    @Test
    void aDatabaseThatWasRestoredIsFilledFromWhereItStood() throws Exception {
        log.many(90, 7);
        TableLane lane = lane(30).readTo(30);
        database.run(
                "CREATE TABLE p AS TABLE prices",
                "CREATE TABLE h AS TABLE history",
                "CREATE TABLE c AS TABLE leat_cursor");
        lane.readTo(60);
        database.run(
                "TRUNCATE prices, history, leat_cursor",
                "INSERT INTO prices TABLE p",
                "INSERT INTO history TABLE h",
                "INSERT INTO leat_cursor TABLE c");
        assertThat(lane.restart().one(90)).isEqualTo(new Durable(30, true));
        assertWhole(lane.read());
    }

    @Test
    void aThousandSinksOfOneDatabaseNeedAsManyConnectionsAsThereAreThreads() throws Exception {
        lane(1).readTo(0);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<TableLane>> sinks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ChangeList mine = new ChangeList().tell("of-" + i, Integer.toString(i));
            String name = "shop/" + i;
            sinks.add(() ->
                    new TableLane(mine, terms(database.port(), TABLE, null), connections, name, 10).readThrough());
        }
        for (Future<TableLane> sink : threads.invokeAll(sinks)) {
            assertThat(sink.get().cursor()).isEqualTo(1);
        }
        threads.shutdown();
        assertThat(database.rows("SELECT count(*) FROM prices")).containsExactly("1000");
        assertThat(Integer.parseInt(
                        database.rows("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'leat'"
                                        + " AND datname = current_database()")
                                .get(0)))
                .isBetween(1, 8);
    }

    @Test
    void oneThatMayNotWriteIsStoppedAndSomethingIsSaidAboutWho() throws Exception {
        log.tell("a", "1");
        lane(1).read();
        Postgres nobody = new Postgres(
                database.url(),
                new Postgres.Login("nobody_known", null),
                TABLE,
                null,
                List.of(),
                Postgres.Gone.MARK,
                false);
        assertThatThrownBy(lane(nobody, connections, 1)::read)
                .isInstanceOfSatisfying(
                        SinkRefusal.class, refusal -> assertThat(refusal.code()).isEqualTo(SinkCode.LOGIN_REFUSED))
                .hasMessageContaining("nobody_known");
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() throws Exception {
        log.many(40, 7);
        int nowhere;
        try (ServerSocket gone = new ServerSocket(0)) {
            nowhere = gone.getLocalPort();
        }
        try (CutProxy proxy = new CutProxy(database.port())) {
            assertThatThrownBy(lane(terms(nowhere, TABLE, HISTORY), connections, 10)::read)
                    .isInstanceOf(IOException.class);
            TableLane lane =
                    lane(terms(proxy.port(), TABLE, HISTORY), connections, 10).readTo(20);
            proxy.cut(CutProxy.Cut.BEFORE, text -> true);
            assertWhole(lane.readThrough());
        }
    }
}

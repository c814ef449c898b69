package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.CheckResult;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker is a process of its own here: it is killed under the job, or the job under it. Size: {@code -Dleat.records},
 * {@code -Dleat.kills}; the full one is 3,000,000 and 30.
 */
class BrokerKilledIT {

    private static final long RECORDS = Long.getLong("leat.records", 100_000);
    private static final int KILLS = Integer.getInteger("leat.kills", 1);
    private static final int MOST_MILLIS_ALIVE = 1_500;

    /** The writer's transaction.timeout.ms, and as much again. */
    private static final Duration LONGER_THAN_A_TRANSACTION = Duration.ofSeconds(25);

    @TempDir
    private Path dir;

    @Test
    void killingTheBrokerUnderTheJobLosesAndRepeatsNothing() throws Exception {
        RandomSeed seed = RandomSeed.of("broker-killed");
        CrashRig rig = CrashRig.make(dir, seed, RECORDS, 10_000, 2);
        try (ExternalBroker broker = new ExternalBroker(rig);
                OsProcess job = rig.run("--kafka", broker.bootstrap())) {
            job.awaitLine(CrashRig.RUNNING, CrashRig.PATIENCE);
            broker.killAndRestart();
            int kills = 1;
            while (kills < KILLS && !KillNineIT.endsWithin(job, seed.random().nextLong(MOST_MILLIS_ALIVE))) {
                broker.killAndRestart();
                kills++;
            }
            CrashRig.mustEndWell(job);

            CheckResult result = rig.judge(broker.bootstrap());
            System.out.println("R5 broker-killed records=" + RECORDS + " kills=" + kills + " " + result + " " + seed);
            assertThat(result.isClean()).as(result.report()).isTrue();
        }
    }

    @Test
    void aJobThatIsDownLongerThanItsTransactionMayLastLosesNothing() throws Exception {
        RandomSeed seed = RandomSeed.of("transaction-timeout");
        CrashRig rig = CrashRig.make(dir, seed, 100_000, 10_000, 2);
        try (ExternalBroker broker = new ExternalBroker(rig)) {
            KillNineIT.killRepeatedly(rig, seed.random(), 1, "--kafka", broker.bootstrap());
            awaitNoOpenTransaction(broker);
            rig.runToTheEnd("--kafka", broker.bootstrap());

            CheckResult result = rig.judge(broker.bootstrap());
            System.out.println("R11 transaction-timeout " + result + " " + seed);
            assertThat(result.isClean()).as(result.report()).isTrue();
        }
    }

    /** The broker has aborted what the killed job left open: its readers come to the end. */
    private static void awaitNoOpenTransaction(ExternalBroker broker) {
        Awaitility.await()
                .atMost(LONGER_THAN_A_TRANSACTION)
                .until(() -> TopicReader.committed(broker.bootstrap())
                                .read(CrashRig.FEED + ".changes", rec -> {})
                                .count()
                        >= 0);
    }
}

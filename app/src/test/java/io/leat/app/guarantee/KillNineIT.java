package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.CheckResult;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * kill -9 of the whole process at random moments under load. Size: {@code -Dleat.records}, {@code -Dleat.keys},
 * {@code -Dleat.kills}; the full one is 10,000,000, 500,000 and 50.
 */
class KillNineIT {

    private static final long RECORDS = Long.getLong("leat.records", 300_000);
    private static final int KEYS = Integer.getInteger("leat.keys", 20_000);
    private static final int KILLS = Integer.getInteger("leat.kills", 3);
    private static final int MOST_MILLIS_ALIVE = Integer.getInteger("leat.alive.millis", 1_500);

    @TempDir
    private Path dir;

    @Test
    void killedAtAnyMomentItTellsEveryChangeOnce() throws Exception {
        RandomSeed seed = RandomSeed.of("kill-nine");
        CrashRig rig = CrashRig.make(dir, seed, RECORDS, KEYS, 2);

        int kills = killRepeatedly(rig, seed.random(), KILLS);
        rig.runToTheEnd();

        CheckResult result = rig.judge();
        System.out.println("R1 kill-nine records=" + RECORDS + " kills=" + kills + " " + result + " " + seed);
        assertThat(result.isClean()).as(result.report()).isTrue();
        assertThat(kills).isEqualTo(KILLS);
    }

    @ParameterizedTest
    @CsvSource({"execution.checkpointing.unaligned.enabled=true", "state.backend.type=rocksdb"})
    void soItDoesWithOtherCheckpointsAndState(String setting) throws Exception {
        RandomSeed seed = RandomSeed.of("kill-nine " + setting);
        CrashRig rig = CrashRig.make(dir, seed, 120_000, 6_000, 2);

        int kills = killRepeatedly(rig, seed.random(), 2, "-D", setting);
        rig.runToTheEnd("-D", setting);

        CheckResult result = rig.judge();
        System.out.println("R1 kill-nine " + setting + " kills=" + kills + " " + result + " " + seed);
        assertThat(result.isClean()).as(result.report()).isTrue();
        assertThat(kills).isEqualTo(2);
    }

    /** Kills the run so many times while it works; counts only kills that met a running job. */
    static int killRepeatedly(CrashRig rig, RandomGenerator random, int kills, String... options)
            throws InterruptedException {
        int done = 0;
        while (done < kills) {
            try (OsProcess process = rig.run(options)) {
                process.awaitLine(CrashRig.RUNNING, CrashRig.PATIENCE);
                long alive = random.nextLong(MOST_MILLIS_ALIVE);
                if (endsWithin(process, alive)) {
                    return done;
                }
                process.kill9();
                process.awaitExit(Duration.ofSeconds(30));
                done++;
            }
        }
        return done;
    }

    static boolean endsWithin(OsProcess process, long millis) throws InterruptedException {
        return ProcessHandle.of(process.pid())
                .map(handle -> {
                    try {
                        handle.onExit().get(millis, TimeUnit.MILLISECONDS);
                        return true;
                    } catch (java.util.concurrent.TimeoutException e) {
                        return false;
                    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .orElse(true);
    }
}

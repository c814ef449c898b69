package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.CheckResult;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two jobs on one feed: the older one is stopped, a newer one starts, the older one goes on. It writes nothing any more,
 * says so and ends, also when it has nothing to write. {@code -Dleat.rounds} times.
 */
class ZombieIT {

    private static final int ROUNDS = Integer.getInteger("leat.rounds", 1);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern ANOTHER = Pattern.compile("LEAT-301 .*is now written by \\d+@");
    private static final Pattern STARTED = Pattern.compile(" RUNNING ");
    private static final Pattern IDLE = Pattern.compile("RUNNING .*in [1-9].*unread 0 ");

    @TempDir
    private Path dir;

    @Test
    void theOneThatCameBackWritesNothingAndSaysSo() throws Exception {
        RandomSeed seed = RandomSeed.of("zombie");
        long records = 40_000L * (ROUNDS + 1);
        CrashRig rig = CrashRig.make(dir, seed, records, 6_000, 2);
        try (ExternalBroker broker = new ExternalBroker(rig)) {
            OsProcess older = watching(rig, broker, "0");
            older.awaitLine(STARTED, CrashRig.PATIENCE);
            try (Scraping scraping = new Scraping(broker.bootstrap(), seed, records, 6_000)) {
                older.awaitLine(CrashRig.RUNNING, CrashRig.PATIENCE);
                for (int round = 1; round <= ROUNDS; round++) {
                    older.stop();
                    OsProcess newer = watching(rig, broker, Integer.toString(round));
                    newer.awaitLine(CrashRig.RUNNING, CrashRig.PATIENCE);
                    older.cont();
                    mustSayWhoTookOver(older);
                    older.close();
                    older = newer;
                }
                scraping.finish();
            }
            older.interrupt();
            CrashRig.mustEndWell(older);
            older.close();
            rig.drain(broker.bootstrap());

            CheckResult result = rig.judge(broker.bootstrap());
            System.out.println("R3 zombie rounds=" + ROUNDS + " " + result + " " + seed);
            assertThat(result.isClean()).as(result.report()).isTrue();
        }
    }

    @Test
    void oneThatHasNothingToWriteNoticesToo() throws Exception {
        RandomSeed seed = RandomSeed.of("idle-loser");
        CrashRig rig = CrashRig.make(dir, seed, 5_000, 500, 2);
        try (ExternalBroker broker = new ExternalBroker(rig)) {
            rig.runToTheEnd("--kafka", broker.bootstrap());
            try (OsProcess idle = watching(rig, broker, "idle")) {
                idle.awaitLine(IDLE, CrashRig.PATIENCE);
                try (OsProcess newer = watching(rig, broker, "newer")) {
                    newer.awaitLine(IDLE, CrashRig.PATIENCE);
                    mustSayWhoTookOver(idle);
                    assertThat(newer.isAlive()).isTrue();
                }
            }
            CheckResult result = rig.judge(broker.bootstrap());
            System.out.println("R3 idle-loser " + result + " " + seed);
            assertThat(result.isClean()).as(result.report()).isTrue();
        }
    }

    private static void mustSayWhoTookOver(OsProcess loser) {
        assertThat(loser.awaitExit(SOON)).as(CrashRig.end(loser)).isEqualTo(1);
        assertThat(loser.said()).containsPattern(ANOTHER);
    }

    /** Each has its own directory, as on another machine; a later one knows nothing but the log. */
    private static OsProcess watching(CrashRig rig, ExternalBroker broker, String name) {
        return rig.java(
                "io.leat.app.Leat",
                List.of(
                        "run",
                        rig.feed.toString(),
                        "--kafka",
                        broker.bootstrap(),
                        "--data",
                        rig.dir.resolve("data-" + name).toString(),
                        "-D",
                        CrashRig.OFTEN));
    }
}

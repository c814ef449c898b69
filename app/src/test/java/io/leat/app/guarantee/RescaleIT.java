package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.CheckResult;
import io.leat.testkit.RandomSeed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parallelism changes 1 → 2 → 1 under load, each time after a kill: partitions move between writers. */
class RescaleIT {

    @TempDir
    private Path dir;

    @Test
    void partitionsThatMoveBetweenWritersKeepEveryChange() throws Exception {
        RandomSeed seed = RandomSeed.of("rescale");
        CrashRig rig = CrashRig.make(dir, seed, 200_000, 10_000, 2);

        int kills = KillNineIT.killRepeatedly(rig, seed.random(), 1, "--parallelism", "1");
        kills += KillNineIT.killRepeatedly(rig, seed.random(), 1, "--parallelism", "2");
        rig.runToTheEnd("--parallelism", "1");

        CheckResult result = rig.judge();
        System.out.println("R12 rescale 1-2-1 kills=" + kills + " " + result + " " + seed);
        assertThat(result.isClean()).as(result.report()).isTrue();
        assertThat(kills).isEqualTo(2);
    }
}

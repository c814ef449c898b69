package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.guarantee.CrashingRun.Manner;
import io.leat.job.log.LogStep;
import io.leat.testkit.CheckResult;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies exactly at each step of the change log, several times: {@code -Dleat.hits} per step. One data directory
 * lives through all of it, and one judge looks at the end.
 */
class FailpointIT {

    /** Far behind, a busy machine commits everything in a few dozen transactions. */
    private static final int MOST_COMMITS = 5;

    private static final int HITS = Integer.getInteger("leat.hits", 1);

    @TempDir
    private Path dir;

    @Test
    void dyingAtAnyStepLosesAndRepeatsNothing() throws Exception {
        RandomSeed seed = RandomSeed.of("failpoints");
        RandomGenerator random = seed.random();
        CrashRig rig = CrashRig.make(dir, seed, 150_000L * HITS, 10_000, 2);
        Map<LogStep, Integer> hits = new EnumMap<>(LogStep.class);

        for (LogStep step : shuffledSteps(random)) {
            Manner manner = step == LogStep.COMMITTING ? Manner.HALT_SOON : Manner.HALT;
            try (OsProcess process = crashing(rig, step, nth(step, random), manner)) {
                int exit = process.awaitExit(CrashRig.PATIENCE);
                if (exit == 137 && process.said().contains("REACHED " + step)) {
                    hits.merge(step, 1, Integer::sum);
                } else {
                    assertThat(exit).as(CrashRig.end(process)).isZero();
                }
            }
        }
        rig.runToTheEnd();

        CheckResult result = rig.judge();
        System.out.println("R2 failpoints hits=" + hits + " " + result + " " + seed);
        assertThat(result.isClean()).as(result.report()).isTrue();
        for (LogStep step : LogStep.values()) {
            assertThat(hits.getOrDefault(step, 0)).as(step + " hit").isGreaterThanOrEqualTo(HITS);
        }
    }

    @Test
    void aTaskThatFailsRestartsInPlaceAndLosesAndRepeatsNothing() throws Exception {
        RandomSeed seed = RandomSeed.of("restart-in-place");
        CrashRig rig = CrashRig.make(dir, seed, 60_000, 6_000, 2);
        int nth = 2 + seed.random().nextInt(MOST_COMMITS);

        try (OsProcess process = crashing(rig, LogStep.SENT, nth, Manner.THROW)) {
            CrashRig.mustEndWell(process);
            assertThat(process.said()).contains("REACHED SENT").contains("restarts=1");
        }

        CheckResult result = rig.judge();
        System.out.println("R2 restart-in-place " + result + " " + seed);
        assertThat(result.isClean()).as(result.report()).isTrue();
    }

    private static OsProcess crashing(CrashRig rig, LogStep step, int nth, Manner manner) {
        return rig.java(
                CrashingRun.class.getName(),
                List.of(
                        rig.feed.toString(),
                        rig.data.toString(),
                        rig.records.toString(),
                        step.name(),
                        Integer.toString(nth),
                        manner.name()));
    }

    private static List<LogStep> shuffledSteps(RandomGenerator random) {
        List<LogStep> steps = new ArrayList<>();
        for (int i = 0; i < HITS; i++) {
            steps.addAll(List.of(LogStep.values()));
        }
        for (int i = steps.size() - 1; i > 0; i--) {
            steps.add(steps.remove(random.nextInt(i + 1)));
        }
        return steps;
    }

    /** Steps of a start and of a checkpoint come once in a short life, those of a commit many times a second. */
    private static int nth(LogStep step, RandomGenerator random) {
        return switch (step) {
            case FENCING, READING_TAIL, BEFORE_BARRIER, SNAPSHOT_TAKEN -> 1;
            case SENT, COMMITTING, COMMITTED -> 1 + random.nextInt(MOST_COMMITS);
        };
    }
}

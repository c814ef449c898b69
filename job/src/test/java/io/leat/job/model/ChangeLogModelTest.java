package io.leat.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Change;
import io.leat.core.Op;
import io.leat.core.Tally;
import io.leat.job.Refusal;
import io.leat.job.model.MemoryChangeLog.Variant;
import io.leat.job.model.ModelRun.Setting;
import io.leat.testkit.CheckResult;
import io.leat.testkit.RandomSeed;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The change log is right through any crash, and the judge who says so sees when it is not. Number of runs per series:
 * {@code -Dleat.model.runs}.
 */
class ChangeLogModelTest {

    private static final int RUNS = Integer.getInteger("leat.model.runs", 20_000);
    private static final int CONTROL_RUNS = Math.min(RUNS, 500);
    private static final int[] CRASHES = {0, 1, 2, 4};

    @Test
    void theFullDesignIsNeverWrong() throws Exception {
        assertThat(bad(new Setting(Variant.FULL, false, false), RUNS)).isZero();
    }

    @Test
    void aKeySpreadOverPartitionsIsNeverWrong() throws Exception {
        assertThat(bad(new Setting(Variant.FULL, true, false), RUNS / 10)).isZero();
    }

    @Test
    void losingEveryCheckpointIsNeverWrong() throws Exception {
        assertThat(bad(new Setting(Variant.FULL, true, true), RUNS / 10)).isZero();
    }

    @Test
    void anEndOffsetThatIsTooLowIsNeverWrong() throws Exception {
        assertThat(bad(new Setting(Variant.END_TOO_LOW, false, false), RUNS / 10))
                .isZero();
    }

    @Test
    void withRulesWhatIsToldIsWhatTheFoldTellsThroughAnyCrash() throws Exception {
        assertThat(badWithRules(new Setting(Variant.FULL, false, false, true), RUNS / 10))
                .isZero();
        assertThat(badWithRules(new Setting(Variant.FULL, false, true, true), RUNS / 40))
                .isZero();
        assertThat(badWithRules(new Setting(Variant.END_TOO_LOW, false, false, true), RUNS / 40))
                .isZero();
    }

    @Test
    void withRulesAndKeysSpreadOverPartitionsNoChainIsBroken() throws Exception {
        assertThat(badWithRules(new Setting(Variant.FULL, true, false, true), RUNS / 40))
                .isZero();
        assertThat(badWithRules(new Setting(Variant.FULL, true, true, true), RUNS / 40))
                .isZero();
    }

    @Test
    void withRulesAndWithoutRollForwardItIsWrongAndTheJudgeSeesIt() throws Exception {
        assertThat(badWithRules(new Setting(Variant.NO_ROLL_FORWARD, false, false, true), CONTROL_RUNS))
                .isPositive();
    }

    @Test
    void withoutRollForwardItIsWrongAndTheJudgeSeesIt() throws Exception {
        assertThat(bad(new Setting(Variant.NO_ROLL_FORWARD, false, false), CONTROL_RUNS))
                .isPositive();
    }

    @Test
    void withoutFencesItIsWrongAndTheJudgeSeesIt() throws Exception {
        assertThat(bad(new Setting(Variant.NO_FENCE, false, false), CONTROL_RUNS))
                .isPositive();
    }

    @Test
    void readingTheTailBeforeFencingIsWrongAndTheJudgeSeesIt() throws Exception {
        assertThat(bad(new Setting(Variant.TAIL_BEFORE_FENCE, false, false), CONTROL_RUNS))
                .isPositive();
    }

    @Test
    void anEndOffsetThatIsTooHighIsWrongAndTheJudgeSeesIt() throws Exception {
        assertThat(bad(new Setting(Variant.END_TOO_HIGH, false, false), CONTROL_RUNS))
                .isPositive();
    }

    @Test
    void whatAKeyIsToldDoesNotDependOnCrashes() throws Exception {
        RandomSeed seed = RandomSeed.of("same-as-crash-free");
        for (int i = 0; i < RUNS / 10; i++) {
            Setting setting = new Setting(Variant.FULL, false, false);
            RandomSeed round = seed.round(i);
            var crashed = byKey(new ModelRun(setting, round.random()).live(3));
            var quiet = byKey(new ModelRun(setting, round.random()).live(0));
            assertThat(crashed).as(round.toString()).isEqualTo(quiet);
        }
    }

    /** With rules and no checkpoint left, what was held or settling may be counted as stale: the log does not tell of it. */
    @Test
    void everyCounterIsWhatItWouldBeWithoutCrashes() throws Exception {
        for (boolean checkpointsLost : new boolean[] {false, true}) {
            for (boolean ruled : new boolean[] {false, true}) {
                Setting setting = new Setting(Variant.FULL, false, checkpointsLost, ruled);
                RandomSeed seed = RandomSeed.of("tally " + setting);
                for (int i = 0; i < RUNS / 20; i++) {
                    RandomSeed round = seed.round(i);
                    ModelRun run = new ModelRun(setting, round.random());
                    run.live(CRASHES[i % CRASHES.length]);
                    Tally tally = run.tally();
                    Tally folded = run.foldedTally();
                    if (checkpointsLost && ruled) {
                        assertThat(tally.balances()).as(setting + " " + round).isTrue();
                        assertThat(List.of(tally.in(), tally.changed(), tally.dead()))
                                .as(setting + " " + round)
                                .isEqualTo(List.of(folded.in(), folded.changed(), folded.dead()));
                    } else {
                        assertThat(tally).as(setting + " " + round).isEqualTo(folded);
                    }
                }
            }
        }
    }

    private static int bad(Setting setting, int runs) throws Exception {
        RandomSeed seed = RandomSeed.of(setting.toString());
        int bad = 0;
        String first = "";
        for (int i = 0; i < runs; i++) {
            RandomSeed round = seed.round(i);
            RandomGenerator random = round.random();
            String fault = fault(setting, random);
            if (!fault.isEmpty()) {
                first = bad++ == 0 ? round + " " + fault : first;
            }
        }
        System.out.printf("%s runs=%d bad=%d %s%n", setting, runs, bad, first);
        return bad;
    }

    private static int badWithRules(Setting setting, int runs) throws Exception {
        RandomSeed seed = RandomSeed.of(setting.toString());
        int bad = 0;
        long told = 0;
        long gone = 0;
        String first = "";
        for (int i = 0; i < runs; i++) {
            RandomSeed round = seed.round(i);
            ModelRun run = new ModelRun(setting, round.random());
            String fault;
            try {
                List<Change> log = run.live(CRASHES[i % CRASHES.length]);
                told += log.size();
                gone += log.stream().filter(change -> change.op() == Op.GONE).count();
                fault = run.broken(log);
                if (fault.isEmpty() && !setting.keysSpread() && !byKey(log).equals(byKey(run.folded()))) {
                    fault = "not what the fold tells";
                }
            } catch (RuntimeException e) {
                Refusal refusal = Refusal.in(e);
                if (refusal == null) {
                    throw e;
                }
                fault = refusal.code() + ": " + refusal.getMessage();
            }
            first = !fault.isEmpty() && bad++ == 0 ? round + " " + fault : first;
        }
        System.out.printf("%s runs=%d told=%d gone=%d bad=%d %s%n", setting, runs, told, gone, bad, first);
        return bad;
    }

    /** A refusal to start is a fault too, where nothing was done to the log. */
    private static String fault(Setting setting, RandomGenerator random) throws Exception {
        ModelRun run = new ModelRun(setting, random);
        try {
            CheckResult result = run.judged(CRASHES[random.nextInt(CRASHES.length)]);
            return result.isClean() ? "" : result.toString();
        } catch (RuntimeException e) {
            Refusal refusal = Refusal.in(e);
            if (refusal == null) {
                throw e;
            }
            return refusal.code() + ": " + refusal.getMessage();
        }
    }

    private static Map<String, List<String>> byKey(List<Change> log) {
        return log.stream()
                .collect(Collectors.groupingBy(
                        Change::key,
                        Collectors.mapping(
                                change -> change.id()
                                        + change.seq()
                                        + change.before()
                                        + change.changed()
                                        + change.evidence(),
                                Collectors.toList())));
    }
}

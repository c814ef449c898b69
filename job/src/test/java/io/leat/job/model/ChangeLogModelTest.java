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
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The change log is right through any crash, and the judge who says so sees when it is not. Number of runs per series:
 * {@code -Dleat.model.runs}.
 */
class ChangeLogModelTest {

    private static final int RUNS = Integer.getInteger("leat.model.runs", 5_000);
    private static final int CONTROL_RUNS = Math.min(RUNS, 500);
    private static final int[] CRASHES = {0, 1, 2, 4};

    @Test
    void theFullDesignIsNeverWrong() {
        assertThat(bad(new Setting(Variant.FULL, false, false), RUNS)).isZero();
    }

    @Test
    void aKeySpreadOverPartitionsIsNeverWrong() {
        assertThat(bad(new Setting(Variant.FULL, true, false), RUNS / 10)).isZero();
    }

    @Test
    void losingEveryCheckpointIsNeverWrong() {
        assertThat(bad(new Setting(Variant.FULL, true, true), RUNS / 10)).isZero();
    }

    @Test
    void anEndOffsetThatIsTooLowIsNeverWrong() {
        assertThat(bad(new Setting(Variant.END_TOO_LOW, false, false), RUNS / 10))
                .isZero();
    }

    @Test
    void withRulesWhatIsToldIsWhatTheFoldTellsThroughAnyCrash() {
        assertThat(badWithRules(new Setting(Variant.FULL, false, false, true), RUNS / 10))
                .isZero();
        assertThat(badWithRules(new Setting(Variant.FULL, false, true, true), RUNS / 40))
                .isZero();
        assertThat(badWithRules(new Setting(Variant.END_TOO_LOW, false, false, true), RUNS / 40))
                .isZero();
    }

    @Test
    void withRulesAndKeysSpreadOverPartitionsNoChainIsBroken() {
        assertThat(badWithRules(new Setting(Variant.FULL, true, false, true), RUNS / 40))
                .isZero();
        assertThat(badWithRules(new Setting(Variant.FULL, true, true, true), RUNS / 40))
                .isZero();
    }

    @Test
    void withRulesAndWithoutRollForwardItIsWrongAndTheJudgeSeesIt() {
        assertThat(badWithRules(new Setting(Variant.NO_ROLL_FORWARD, false, false, true), CONTROL_RUNS))
                .isPositive();
    }

    @Test
    void withoutRollForwardItIsWrongAndTheJudgeSeesIt() {
        assertThat(bad(new Setting(Variant.NO_ROLL_FORWARD, false, false), CONTROL_RUNS))
                .isPositive();
    }

    @Test
    void withoutFencesItIsWrongAndTheJudgeSeesIt() {
        assertThat(bad(new Setting(Variant.NO_FENCE, false, false), CONTROL_RUNS))
                .isPositive();
    }

    @Test
    void readingTheTailBeforeFencingIsWrongAndTheJudgeSeesIt() {
        assertThat(bad(new Setting(Variant.TAIL_BEFORE_FENCE, false, false), CONTROL_RUNS))
                .isPositive();
    }

    @Test
    void anEndOffsetThatIsTooHighIsWrongAndTheJudgeSeesIt() {
        assertThat(bad(new Setting(Variant.END_TOO_HIGH, false, false), CONTROL_RUNS))
                .isPositive();
    }

    @Test
    void whatAKeyIsToldDoesNotDependOnCrashes() {
        Setting setting = new Setting(Variant.FULL, false, false);
        List<String> faults = faults("same-as-crash-free", RUNS / 10, (round, number) -> {
            var crashed = byKey(new ModelRun(setting, round.random()).live(3));
            var quiet = byKey(new ModelRun(setting, round.random()).live(0));
            return crashed.equals(quiet) ? "" : crashed + " and without crashes " + quiet;
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void everyCounterIsWhatItWouldBeWithoutCrashes() {
        for (boolean checkpointsLost : new boolean[] {false, true}) {
            for (boolean ruled : new boolean[] {false, true}) {
                Setting setting = new Setting(Variant.FULL, false, checkpointsLost, ruled);
                List<String> faults = faults("tally " + setting, RUNS / 20, (round, number) -> {
                    ModelRun run = new ModelRun(setting, round.random());
                    run.live(CRASHES[number % CRASHES.length]);
                    Tally tally = run.tally();
                    Tally folded = run.foldedTally();
                    return tally.equals(folded) ? "" : tally + " and the fold counts " + folded;
                });
                assertThat(faults).as(setting.toString()).isEmpty();
            }
        }
    }

    private static int bad(Setting setting, int runs) {
        List<String> faults = faults(setting, runs, (round, number) -> fault(setting, round.random()));
        System.out.printf("%s runs=%d bad=%d %s%n", setting, runs, faults.size(), first(faults));
        return faults.size();
    }

    private static int badWithRules(Setting setting, int runs) {
        LongAdder told = new LongAdder();
        LongAdder gone = new LongAdder();
        List<String> faults = faults(setting, runs, (round, number) -> {
            ModelRun run = new ModelRun(setting, round.random());
            try {
                List<Change> log = run.live(CRASHES[number % CRASHES.length]);
                told.add(log.size());
                gone.add(log.stream().filter(change -> change.op() == Op.GONE).count());
                String broken = run.broken(log);
                return broken.isEmpty() && !setting.keysSpread() && !byKey(log).equals(byKey(run.folded()))
                        ? "not what the fold tells"
                        : broken;
            } catch (RuntimeException e) {
                return refusal(e);
            }
        });
        System.out.printf(
                "%s runs=%d told=%d gone=%d bad=%d %s%n",
                setting, runs, told.sum(), gone.sum(), faults.size(), first(faults));
        return faults.size();
    }

    private static String first(List<String> faults) {
        return faults.isEmpty() ? "" : faults.get(0);
    }

    /** One round of a series; says what is wrong with it, nothing if all is right. */
    private interface Round {
        String fault(RandomSeed seed, int number) throws Exception;
    }

    /** What is wrong in a series of rounds, in their order. They know nothing of each other: all processors work on them. */
    private static List<String> faults(Object series, int rounds, Round round) {
        RandomSeed seed = RandomSeed.of(series.toString());
        return IntStream.range(0, rounds)
                .parallel()
                .mapToObj(number -> {
                    RandomSeed own = seed.round(number);
                    try {
                        String fault = round.fault(own, number);
                        return fault.isEmpty() ? "" : own + " " + fault;
                    } catch (Exception e) {
                        throw new IllegalStateException(series + " " + own, e);
                    }
                })
                .filter(fault -> !fault.isEmpty())
                .toList();
    }

    /** A refusal to start is a fault too, where nothing was done to the log. */
    private static String fault(Setting setting, RandomGenerator random) throws Exception {
        ModelRun run = new ModelRun(setting, random);
        try {
            CheckResult result = run.judged(CRASHES[random.nextInt(CRASHES.length)]);
            return result.isClean() ? "" : result.toString();
        } catch (RuntimeException e) {
            return refusal(e);
        }
    }

    private static String refusal(RuntimeException thrown) {
        Refusal refusal = Refusal.in(thrown);
        if (refusal == null) {
            throw thrown;
        }
        return refusal.code() + ": " + refusal.getMessage();
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

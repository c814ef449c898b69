package io.leat.testkit;

import static io.leat.testkit.Lines.change;
import static io.leat.testkit.Lines.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.ChangeLogCheck.Expect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each fault alone in an otherwise right log, to show that the judge sees it and nothing else. */
class ChangeLogCheckTest {

    /** Three changes of a, two of b; an unchanged, a stale, a repeated and a broken record among them. */
    private static final List<byte[]> RAW = List.of(
            raw("a", 1, "1"),
            raw("b", 1, "\"x\""),
            raw("a", 2, "1.0"),
            raw("a", 3, "2"),
            raw("a", 2, "9"),
            raw("a", 3, "2"),
            raw("b", 5, "\"y\""),
            raw("", 5, "1"),
            raw("a", 9, "3"));

    private static List<ChangeLine> right() {
        return new ArrayList<>(List.of(
                change("a1", "a", 1, 1, null, "1"),
                change("b1", "b", 1, 1, null, "\"x\""),
                change("a2", "a", 2, 3, "1.0", "2"),
                change("b2", "b", 2, 5, "\"x\"", "\"y\""),
                change("a3", "a", 3, 9, "2", "3.00")));
    }

    @Test
    void aRightLogIsClean() {
        CheckResult result = check(right(), Expect.EVERY_CHANGE);
        assertThat(result.isClean()).as(result.report()).isTrue();
        assertThat(result)
                .hasToString("C0 lost=0 dup=0 chain=0 seq=0 time=0 final=0 extra=0 split=0 same=0 (changes=5, keys=2)");
    }

    @Test
    void withoutAReferenceItDoesNotClaimToKnowWhatIsLost() {
        ChangeLogCheck check = new ChangeLogCheck(Lines.COMPARED);
        right().forEach(line -> check.add(0, line));
        assertThat(check.result().toString()).startsWith("C0 lost=- dup=0").contains("final=- extra=-");
        assertThat(check.result().isClean()).isTrue();
    }

    @Test
    void aDuplicateIdIsSeen() {
        List<ChangeLine> log = right();
        log.set(4, change("a2", "a", 3, 9, "2", "3"));
        assertOnly(log, Fault.DUP);
    }

    @Test
    void aRepeatedChangeIsSeenThreeWays() {
        List<ChangeLine> log = right();
        log.add(3, log.get(2));
        assertOnly(log, Fault.DUP, Fault.CHAIN, Fault.SEQ);
    }

    @Test
    void aBrokenChainIsSeen() {
        List<ChangeLine> log = right();
        log.set(4, change("a3", "a", 3, 9, "1", "3"));
        assertThat(faults(log, Expect.FINAL_VALUES)).containsExactly(Fault.CHAIN);
        assertOnly(log, Fault.CHAIN, Fault.LOST, Fault.EXTRA);
    }

    @Test
    void aSecondNewIsABrokenChain() {
        List<ChangeLine> log = right();
        log.set(4, change("a3", "a", 3, 9, null, "3"));
        assertThat(faults(log, Expect.FINAL_VALUES)).containsExactly(Fault.CHAIN);
    }

    @Test
    void anUpdateThatIsFirstIsABrokenChain() {
        List<ChangeLine> log = right();
        log.set(1, change("b1", "b", 1, 1, "\"w\"", "\"x\""));
        assertThat(faults(log, Expect.FINAL_VALUES)).containsExactly(Fault.CHAIN);
    }

    @Test
    void aGapARepeatAndAWrongStartOfSeqAreSeen() {
        List<ChangeLine> log = right();
        log.set(4, change("a3", "a", 4, 9, "2", "3"));
        assertOnly(log, Fault.SEQ);
        log.set(4, change("a3", "a", 2, 9, "2", "3"));
        assertOnly(log, Fault.SEQ);
        log = right();
        log.set(0, change("a1", "a", 0, 1, null, "1"));
        assertOnly(log, Fault.SEQ);
    }

    @Test
    void timeThatGoesBackIsSeen() {
        List<ChangeLine> log = right();
        log.set(4, change("a3", "a", 3, 2, "2", "3"));
        assertThat(faults(log, Expect.FINAL_VALUES)).containsExactly(Fault.TIME);
    }

    @Test
    void aKeyInTwoPartitionsIsSeen() {
        ChangeLogCheck check = new ChangeLogCheck(Lines.COMPARED);
        List<ChangeLine> log = right();
        for (int i = 0; i < log.size(); i++) {
            check.add(i == 4 ? 1 : 0, log.get(i));
        }
        assertThat(faults(check.result())).containsExactly(Fault.SPLIT);
    }

    @Test
    void aChangeOfNothingIsSeen() {
        List<ChangeLine> log = right();
        log.add(change("a4", "a", 4, 10, "3", "3.0"));
        assertOnly(log, Fault.SAME, Fault.EXTRA);
        assertThat(faults(log, Expect.FINAL_VALUES)).containsExactly(Fault.SAME);
    }

    @Test
    void aLostLastChangeIsAWrongFinalValue() {
        List<ChangeLine> log = right();
        log.remove(4);
        assertThat(faults(log, Expect.FINAL_VALUES)).containsExactly(Fault.FINAL);
        assertOnly(log, Fault.LOST, Fault.FINAL);
    }

    @Test
    void aLostKeyIsLost() {
        List<ChangeLine> log = right();
        log.removeIf(line -> line.keyText().equals("[\"b\"]"));
        assertThat(faults(log, Expect.FINAL_VALUES)).containsExactly(Fault.LOST);
        CheckResult result = check(log, Expect.EVERY_CHANGE);
        assertThat(result.count(Fault.LOST)).isEqualTo(2);
        assertThat(result.report()).contains("lost: a change of key [\"b\"]");
    }

    @Test
    void aChangeInTheMiddleThatIsSkippedWithoutATraceIsLost() {
        List<ChangeLine> log = right();
        log.remove(4);
        log.set(2, change("a2", "a", 2, 9, "1", "3"));
        assertThat(faults(log, Expect.FINAL_VALUES)).isEmpty();
        assertOnly(log, Fault.LOST, Fault.EXTRA);
    }

    @Test
    void aKeyNobodyScrapedIsExtra() {
        List<ChangeLine> log = right();
        log.add(change("c1", "c", 1, 1, null, "1"));
        assertOnly(log, Fault.EXTRA);
    }

    @Test
    void onlyFiveSamplesAreKept() {
        ChangeLogCheck check = new ChangeLogCheck(Lines.COMPARED);
        for (int i = 0; i < 20; i++) {
            check.add(0, change("same", "k" + i, 1, 1, null, "1"));
        }
        assertThat(check.result().count(Fault.DUP)).isEqualTo(19);
        assertThat(check.result().samples().get(Fault.DUP)).hasSize(5);
    }

    private static void assertOnly(List<ChangeLine> log, Fault... faults) {
        assertThat(faults(log, Expect.EVERY_CHANGE)).containsExactlyInAnyOrder(faults);
    }

    private static Set<Fault> faults(List<ChangeLine> log, Expect expect) {
        return faults(check(log, expect));
    }

    private static Set<Fault> faults(CheckResult result) {
        return EnumSet.allOf(Fault.class).stream()
                .filter(fault -> result.count(fault) > 0)
                .collect(Collectors.toSet());
    }

    private static CheckResult check(List<ChangeLine> log, Expect expect) {
        LastWriterWins reference = new LastWriterWins(Lines.SHAPE);
        RAW.forEach(reference::add);
        ChangeLogCheck check = new ChangeLogCheck(Lines.COMPARED);
        log.forEach(line -> check.add(0, line));
        return check.against(reference, expect);
    }
}

package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RollForwardTest {

    private static final Compared TEN = new Compared(List.of("price"), List.of("10"));

    @Test
    void theNextChangeIsTakenOver() {
        assertThat(decide(known(10, 3), change(20, 4), false)).isEqualTo(new RollForward.Advanced(known(20, 4)));
    }

    @Test
    void whatTheCheckpointReflectsIsSkipped() {
        assertThat(decide(known(30, 5), change(20, 4), false)).isInstanceOf(RollForward.AlreadyKnown.class);
    }

    @Test
    void aMissingChangeIsAGap() {
        assertThat(decide(known(10, 3), change(20, 5), false)).isEqualTo(new RollForward.Gap(4));
        assertThat(decide(null, change(20, 2), false)).isEqualTo(new RollForward.Gap(1));
    }

    @Test
    void aCompactedLogMayStartLateButMustGoOnWithoutGaps() {
        assertThat(decide(null, change(20, 9), true)).isEqualTo(new RollForward.Advanced(known(20, 9)));
        assertThat(decide(known(20, 9), change(30, 11), true)).isEqualTo(new RollForward.Gap(10));
    }

    @Test
    void aChangeThatGoesBackInTimeIsNotOurs() {
        assertThat(decide(known(30, 3), change(20, 4), false)).isEqualTo(new RollForward.Gap(4));
    }

    @Test
    void aKeyThatWasForgottenBeginsAnew() {
        Change again = change(Op.NEW, 90, 1, 90);
        assertThat(decide(life(30, 5, 10), again, false)).isEqualTo(new RollForward.Advanced(life(90, 1, 90)));
        assertThat(decide(life(95, 2, 90), again, false)).isInstanceOf(RollForward.AlreadyKnown.class);
    }

    @Test
    void aChangeOfAnEarlierLifeIsSkippedWhateverItsNumber() {
        assertThat(decide(life(95, 2, 90), change(Op.UPDATE, 30, 5, 10), false))
                .isInstanceOf(RollForward.AlreadyKnown.class);
    }

    @Test
    void aLaterLifeThatBeganSilentlyIsTakenOverFromItsFirstChange() {
        assertThat(decide(life(30, 5, 10), change(Op.UPDATE, 95, 1, 90), false))
                .isEqualTo(new RollForward.Advanced(life(95, 1, 90)));
    }

    @Test
    void aLaterLifeWhoseBeginningIsMissingIsAGapUnlessItWasCompactedAway() {
        Change second = change(Op.UPDATE, 95, 6, 90);
        assertThat(decide(life(30, 5, 10), second, false)).isEqualTo(new RollForward.Gap(1));
        assertThat(decide(life(30, 5, 10), second, true)).isEqualTo(new RollForward.Advanced(life(95, 6, 90)));
    }

    @Test
    void whatIsHeldOrSettlingIsForgottenWithTheChangeThatIsNewer() {
        Known waiting = new Known(
                10, 0, 3, TEN, 5, 2, List.of(new Settling("price", "12", 10)), false, new Held(TEN, false), null);

        assertThat(decide(waiting, change(20, 4), false)).isEqualTo(new RollForward.Advanced(known(20, 4)));
        assertThat(decide(heldAnew(10), change(20, 1), false)).isEqualTo(new RollForward.Advanced(known(20, 1)));
    }

    @Test
    void aHeldItemThatAPersonReleasedIsTakenOver() {
        Known waiting = new Known(20, 0, 3, TEN, Evidence.UNKNOWN, 1, List.of(), false, new Held(TEN, false), null);

        assertThat(decide(waiting, change(20, 4), false)).isEqualTo(new RollForward.Advanced(known(20, 4)));
        assertThat(decide(known(20, 3), change(20, 4), false)).isEqualTo(new RollForward.Gap(4));
    }

    @Test
    void aResetIsTakenOverAlthoughItGoesBackInTimeAndWhatStandsBeforeItIsSkipped() {
        RollForward step = decide(life(90, 3, 5), resetAt(7), false);

        Known after = ((RollForward.Advanced) step).next();
        assertThat(after.isBelow(1, 0)).isTrue();
        assertThat(after.floor()).isEqualTo(new Floor("topic", 0, 7));
        assertThat(decide(after, change(Op.NEW, 90, 1, 90), false)).isInstanceOf(RollForward.AlreadyKnown.class);
    }

    @Test
    void aResetIsSkippedOnceItIsKnownEvenIfTheKeyWasForgottenAndBeganAnewSince() {
        Floor floor = new Floor("topic", 0, 7);
        Known anew = new Known(90, 0, 1, TEN, 90, 0, List.of(), false, null, floor);
        Known seeded = new Known(90, 0, 0, TEN, 90, 0, List.of(), false, null, floor);
        Known held = Known.doubting(null, floor, item(90), new Held(TEN, false));

        assertThat(List.of(anew, seeded, held)).allSatisfy(known -> {
            assertThat(decide(known, resetAt(7), false)).isInstanceOf(RollForward.AlreadyKnown.class);
            assertThat(decide(known, resetAt(6), false)).isInstanceOf(RollForward.AlreadyKnown.class);
        });
    }

    @Test
    void aLifeAfterAResetMayBeginBeforeTheOneAheadOfIt() {
        assertThat(decide(life(50, 5, 100), change(Op.UPDATE, 70, 1, 61), false))
                .isEqualTo(new RollForward.Advanced(life(70, 1, 61)));
    }

    @Test
    void aChangeOlderThanAnItemThatIsHeldAnewIsSkipped() {
        assertThat(decide(heldAnew(90), change(Op.NEW, 20, 1, 20), false)).isInstanceOf(RollForward.AlreadyKnown.class);
    }

    private static RollForward decide(Known known, Change change, boolean firstMayBeLate) {
        return RollForward.decide(known, change, TEN, firstMayBeLate);
    }

    private static Change resetAt(long offset) {
        return new Change(
                "id",
                "[1]",
                4,
                Op.RESET,
                List.of(),
                TEN,
                Compared.NULL,
                20,
                0,
                new Position("raw", 0, offset),
                "",
                "",
                new Evidence(0, 5, 90),
                new Floor("topic", 0, offset));
    }

    private static Item item(long eventTime) {
        return new Item("[1]", eventTime, 0, TEN, "{}", new Position("raw", 0, 9), "", "", Ruling.NONE);
    }

    private static Change change(long eventTime, long seq) {
        return change(Op.UPDATE, eventTime, seq, Evidence.UNKNOWN);
    }

    private static Change change(Op op, long eventTime, long seq, long firstSeen) {
        return new Change(
                "id",
                "[1]",
                seq,
                op,
                List.of(),
                null,
                "{}",
                eventTime,
                0,
                new Position("raw", 0, 0),
                "",
                "",
                new Evidence(0, firstSeen, Evidence.UNKNOWN));
    }

    private static Known known(long eventTime, long seq) {
        return new Known(eventTime, 0, seq, TEN);
    }

    private static Known life(long eventTime, long seq, long firstSeen) {
        return new Known(eventTime, 0, seq, TEN, firstSeen, 0, List.of(), false, null, null);
    }

    /** Of an item of which nothing has been told yet. */
    private static Known heldAnew(long eventTime) {
        Compared nothing = new Compared(List.of(), List.of());
        return new Known(eventTime, 0, 0, nothing, Evidence.UNKNOWN, 1, List.of(), false, new Held(TEN, false), null);
    }
}

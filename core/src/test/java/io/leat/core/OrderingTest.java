package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OrderingTest {

    private static final long BOUND = 200;

    private final Ordering ordering = new Ordering(false);
    private final List<Long> gone = new ArrayList<>();
    private Waiting waiting = Waiting.NONE;

    /** Arrives and is read at the same moment. */
    private boolean arrive(long eventTime, long at) {
        return arrive(eventTime, at, at);
    }

    private boolean arrive(long eventTime, long at, long now) {
        return took(ordering.arrive(waiting, Items.item(eventTime, 0, "1"), at, now, BOUND));
    }

    private boolean took(Ordering.Step step) {
        step.gone().forEach(item -> gone.add(item.eventTime()));
        waiting = step.next();
        return !step.isLate();
    }

    @Test
    void whatComesInTheWrongOrderWithinTheBoundGoesInTheRightOne() {
        arrive(30, 1_000);
        arrive(10, 1_050);
        arrive(20, 1_150);
        assertThat(gone).isEmpty();

        took(Ordering.expire(waiting, 1_200));

        assertThat(gone).containsExactly(10L, 20L, 30L);
        assertThat(waiting.entries()).isEmpty();
    }

    @Test
    void nobodyWaitsLongerThanTheBound() {
        arrive(10, 1_000);
        assertThat(waiting.firstDue()).isEqualTo(1_200);
        took(Ordering.expire(waiting, 1_199));
        assertThat(gone).isEmpty();
        took(Ordering.expire(waiting, 1_200));
        assertThat(gone).containsExactly(10L);
    }

    @Test
    void whatIsNewerAndStillMayWaitStays() {
        arrive(10, 1_000);
        arrive(20, 1_100);
        took(Ordering.expire(waiting, 1_200));
        assertThat(gone).containsExactly(10L);
        assertThat(waiting.firstDue()).isEqualTo(1_300);
    }

    @Test
    void aBacklogIsOrderedByTheBrokersClockHoweverFastItIsRead() {
        arrive(30, 1_000, 9_000);
        arrive(20, 1_100, 9_000);
        arrive(50, 1_250, 9_000);
        assertThat(gone).containsExactly(20L, 30L);
        assertThat(arrive(25, 1_260, 9_000)).isFalse();
        assertThat(arrive(40, 1_270, 9_000)).isTrue();
    }

    @Test
    void whatComesAfterANewerOneHasGoneIsLate() {
        arrive(30, 1_000);
        took(Ordering.expire(waiting, 1_200));
        assertThat(arrive(29, 1_300)).isFalse();
        assertThat(waiting.entries()).isEmpty();
        assertThat(arrive(30, 1_300)).isTrue();
    }

    @Test
    void withoutABoundEverythingGoesAtOnceAndLateIsStillSeen() {
        assertThat(took(ordering.arrive(waiting, Items.item(30, 0, "1"), 1, 1, 0)))
                .isTrue();
        assertThat(took(ordering.arrive(waiting, Items.item(20, 0, "1"), 1, 1, 0)))
                .isFalse();
        assertThat(took(ordering.arrive(waiting, Items.item(31, 0, "1"), 1, 1, 0)))
                .isTrue();
        assertThat(gone).containsExactly(30L, 31L);
    }

    @Test
    void aKeyWithTooManyWaitingLetsItsOldestGo() {
        for (int i = 0; i < Ordering.MOST_WAITING + 3; i++) {
            arrive(1_000 - i, 1_000);
        }
        assertThat(waiting.entries()).hasSize(Ordering.MOST_WAITING);
        assertThat(gone).hasSize(1);
    }

    @Test
    void delayingWithinTheBoundChangesNothingThatGoes() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            List<long[]> records = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                long eventTime = i * 37L;
                records.add(new long[] {eventTime, eventTime + random.nextLong(BOUND)});
            }
            records.sort(java.util.Comparator.comparingLong(rec -> rec[1]));
            gone.clear();
            waiting = Waiting.NONE;
            for (long[] rec : records) {
                took(Ordering.expire(waiting, rec[1] - 1));
                assertThat(arrive(rec[0], rec[1])).isTrue();
            }
            took(Ordering.expire(waiting, Long.MAX_VALUE));
            assertThat(gone).hasSize(40).isSorted();
        }
    }

    @Test
    void afterAResetNothingIsLateAndWhatStoodBeforeItGoes() {
        arrive(5_000, 1_000);
        took(Ordering.expire(waiting, 1_200));
        arrive(6_000, 1_250);
        assertThat(arrive(40, 1_260)).isFalse();

        took(Ordering.reset(waiting, new Position("shop.raw", 0, 10_000)));

        assertThat(gone).containsExactly(5_000L, 6_000L);
        assertThat(arrive(40, 1_300)).isTrue();
    }

    @Test
    void whatStandsInAnotherPartitionThanAResetGoesOnToWait() {
        arrive(6_000, 1_250);
        took(Ordering.reset(waiting, new Position("shop.raw", 1, 10_000)));
        assertThat(gone).isEmpty();
        assertThat(waiting.entries()).hasSize(1);
    }

    @Test
    void whoIsSpokenOfGoesBeforeWhatIsSaid() {
        arrive(10, 1_000);
        arrive(20, 1_000);
        arrive(30, 1_000);
        took(Ordering.spokenOf(waiting, Items.item(20, 0, "1").with(Ruling.REJECT)));
        assertThat(gone).containsExactly(10L, 20L);
    }

    @Test
    void whoMayGoTakesTheOlderOnesAlong() {
        arrive(10, 1_000);
        arrive(20, 1_000);
        arrive(30, 1_000);
        took(Ordering.through(waiting, new Position("shop.raw", 0, 20)));
        assertThat(gone).containsExactly(10L, 20L);
        took(Ordering.through(waiting, new Position("shop.raw", 0, 20)));
        assertThat(gone).hasSize(2);
    }

    @Test
    void theGapIsHowLongTheFirstNewerOneWouldHaveHadToWait() {
        Ordering measuring = new Ordering(true);
        Waiting known = Waiting.NONE;
        for (long eventTime : new long[] {10, 40, 30, 50}) {
            known = measuring
                    .arrive(known, Items.item(eventTime, 0, "1"), 1_000 + eventTime, 0, 5)
                    .next();
        }
        assertThat(Ordering.gap(known, Items.item(60, 0, "1"), 1_100)).isZero();
        assertThat(Ordering.gap(known, Items.item(45, 0, "1"), 1_100)).isEqualTo(51);
        assertThat(Ordering.gap(known, Items.item(20, 0, "1"), 1_100)).isEqualTo(61);
    }
}

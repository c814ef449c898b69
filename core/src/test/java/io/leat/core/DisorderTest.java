package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DisorderTest {

    private final Disorder disorder = new Disorder();

    private void observe(int records, long millis) {
        for (int i = 0; i < records; i++) {
            disorder.observe(millis);
        }
    }

    @Test
    void untilEnoughIsKnownItWaitsAWhile() {
        observe(100, 0);
        assertThat(disorder.bound()).isEqualTo(Disorder.FIRST_BOUND);
    }

    @Test
    void aSourceInOrderWaitsForNobody() {
        observe(5_000, 0);
        assertThat(disorder.bound()).isZero();
    }

    @Test
    void keepsTheStatedShareInOrderAndWaitsLittleLongerThanThatNeeds() {
        SplittableRandom random = new SplittableRandom(11);
        int late = 0;
        int judged = 0;
        for (int i = 0; i < 200_000; i++) {
            long gap = random.nextInt(100) < 5 ? 1 + random.nextLong(400) : 0;
            if (i > 20_000) {
                judged++;
                late += gap >= disorder.bound() && gap > 0 ? 1 : 0;
            }
            disorder.observe(gap);
        }
        // The exact 99.9 % quantile of such gaps is 392 ms.
        assertThat(disorder.bound()).isBetween(385L, 480L);
        assertThat(late).isLessThanOrEqualTo(judged / 1_000);
    }

    @Test
    void oneRareStragglerDoesNotMakeAllWait() {
        observe(50_000, 0);
        observe(10, 30_000);
        observe(246, 0);
        assertThat(disorder.bound()).isZero();
    }

    @Test
    void followsASourceThatChanges() {
        observe(300_000, 100);
        assertThat(disorder.bound()).isBetween(100L, 125L);
        observe(1_500_000, 0);
        assertThat(disorder.bound()).isZero();
    }

    @Test
    void neverWaitsLongerThanTheLimit() {
        observe(5_000, 10_000_000);
        assertThat(disorder.bound()).isEqualTo(Disorder.LONGEST_BOUND);
    }

    @Test
    void goesOnFromWhatWasKept() {
        observe(5_000, 100);
        assertThat(Disorder.of(disorder.counts()).bound()).isEqualTo(disorder.bound());
        assertThat(Disorder.of(new long[3]).bound()).isEqualTo(Disorder.FIRST_BOUND);
    }
}

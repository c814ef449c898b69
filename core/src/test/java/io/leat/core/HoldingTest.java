package io.leat.core;

import static io.leat.core.Items.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldingTest {

    private static final Rules.Plausible RATIO =
            new Rules.Plausible(new BigDecimal("0.2"), new BigDecimal(5), null, null, false);

    @Test
    void anImplausibleValueIsToldWhenASecondScrapeAgrees() {
        Folded folded = folded(RATIO).prices("10", "1000", "1000");

        assertThat(folded.told()).containsExactly("new 1 10@1", "update 2 1000@3");
        assertThat(folded.notes()).containsExactly("waiting@2", "confirmed@2");
        assertThat(folded.tally()).isEqualTo(new Tally(3, 2, 0, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void aSpikeIsNeverTold() {
        Folded folded = folded(RATIO).prices("10", "1000", "11");

        assertThat(folded.told()).containsExactly("new 1 10@1", "update 2 11@3");
        assertThat(folded.notes()).containsExactly("waiting@2", "replaced@2");
    }

    @Test
    void aScrapeThatAgreesTooLateIsHeldItself() {
        Folded folded = folded(RATIO).prices("10", "1000");
        folded.decide(at(13, "1000"));
        assertThat(folded.notes()).containsExactly("waiting@2", "expired@2", "waiting@13");

        folded.decide(at(23, "1000"));
        assertThat(folded.told()).containsExactly("new 1 10@1", "update 2 1000@23");
    }

    @Test
    void theSameScrapeAgainConfirmsNothing() {
        Folded folded = folded(RATIO).prices("10", "1000");

        assertThat(folded.decide(at(2, "1000"))).isInstanceOf(Decision.Stale.class);
        assertThat(folded.decide(Items.item(2_000_000, 5, "1000"))).isInstanceOf(Decision.OnHold.class);
    }

    @Test
    void boundsAreThemselvesPlausibleAndExact() {
        assertThat(folded(RATIO).prices("10", "50", "10").told()).hasSize(3);
        assertThat(folded(RATIO).prices("10", "50.0000000001").tally().held()).isOne();
        assertThat(folded(RATIO).prices("10", "1.9999999999").tally().held()).isOne();
        Rules.Plausible bounds = new Rules.Plausible(null, null, new BigDecimal("0.01"), new BigDecimal(100), false);
        assertThat(folded(bounds).prices("0", "0.01", "100", "101", "null").tally())
                .isEqualTo(new Tally(5, 3, 0, 0, 0, 0, 0, 0, 2));
    }

    @Test
    void aHundredTimesOrAHundredthIsAUnitFlip() {
        Rules.Plausible flip = new Rules.Plausible(null, null, null, null, true);
        assertThat(folded(flip).prices("10", "1010", "50", "0.505", "40").told())
                .containsExactly("new 1 10@1", "update 2 50@3", "update 3 40@5");
    }

    @Test
    void aReleasedItemIsToldWithItsOwnTimeAndOnlyOnce() {
        Folded folded = folded(RATIO).prices("10", "1000");
        folded.decide(at(2, "1000").with(Ruling.RELEASE));

        assertThat(folded.told()).containsExactly("new 1 10@1", "update 2 1000@2");
        assertThat(folded.notes()).containsExactly("waiting@2", "released@2");
        assertThat(folded.decide(at(2, "1000").with(Ruling.RELEASE))).isInstanceOf(Decision.Stale.class);
        assertThat(folded.decide(at(2, "1000"))).isInstanceOf(Decision.Stale.class);
    }

    @Test
    void aRejectedValueStaysUntoldHoweverManyScrapesAgree() {
        Folded folded = folded(RATIO).prices("10", "1000");
        folded.decide(at(2, "1000").with(Ruling.REJECT));
        folded.decide(at(3, "1000"));
        folded.decide(at(4, "1000"));
        assertThat(folded.told()).containsExactly("new 1 10@1");
        assertThat(folded.notes()).containsExactly("waiting@2", "rejected@2");

        folded.decide(at(5, "12"));
        folded.decide(at(6, "1000"));
        folded.decide(at(7, "1000"));
        assertThat(folded.told()).containsExactly("new 1 10@1", "update 2 12@5", "update 3 1000@7");
    }

    @Test
    void aRulingThatComesTooLateDoesNothing() {
        Folded folded = folded(RATIO).prices("10", "1000", "11");

        assertThat(folded.decide(at(2, "1000").with(Ruling.RELEASE))).isInstanceOf(Decision.Stale.class);
        assertThat(folded.decide(at(2, "1000").with(Ruling.REJECT))).isInstanceOf(Decision.Stale.class);
        assertThat(folded.decide(at(9, "1000").with(Ruling.RELEASE))).isInstanceOf(Decision.Stale.class);
        assertThat(folded.notes()).containsExactly("waiting@2", "replaced@2");
    }

    @Test
    void whatIsOlderThanTheHeldItemIsStale() {
        Folded folded = folded(RATIO).prices("10");
        folded.decide(at(9, "1000"));

        assertThat(folded.decide(at(5, "12"))).isInstanceOf(Decision.Stale.class);
    }

    @Test
    void aFeedWithoutRulesKnowsNoRulings() {
        assertThat(new Changes(Items.feed()).decide(null, at(1, "1").with(Ruling.RELEASE)))
                .isInstanceOf(Decision.Stale.class);
    }

    @Test
    void theFirstItemOfAKeyCanBeHeldToo() {
        Rules.Plausible ceiling = new Rules.Plausible(null, null, null, new BigDecimal(100), false);
        Folded folded = folded(ceiling).prices("1000", "1000", "1000");

        assertThat(folded.told()).containsExactly("new 1 1000@2");
        assertThat(folded(ceiling).prices("1000", "5").told()).containsExactly("new 1 5@2");
    }

    @Test
    void aConfirmedValueThatSettlesIsNotDoubtedAgain() {
        Folded folded = new Folded(new Rules(
                Map.of(),
                Map.of(FieldPath.parse("price"), Duration.ofSeconds(10)),
                Set.of(),
                Map.of(FieldPath.parse("price"), RATIO),
                Duration.ofHours(1),
                Rules.FirstSeen.EMIT,
                null));
        folded.decide(at(1, "10"));
        for (int second = 10; second <= 25; second += 5) {
            folded.decide(at(second, "100"));
        }

        assertThat(folded.told()).containsExactly("new 1 10@1", "update 2 100@25");
        assertThat(folded.notes()).containsExactly("waiting@10", "confirmed@10");
    }

    @Test
    void whatIsHeldEndsWhenTheKeyIsGoneOrNothingIsHeldAnyMore() {
        Known waiting = folded(RATIO).prices("10", "1000").known();

        Changes.Ended ended = Changes.end(waiting, "[\"a\"]", new Position("shop.raw", 0, 9));

        assertThat(ended.note().status()).isEqualTo(HeldNote.Status.EXPIRED);
        assertThat(ended.note().eventTime()).isEqualTo(2_000_000);
        assertThat(ended.next().held()).isNull();
        assertThat(Changes.end(ended.next(), "[\"a\"]", new Position("shop.raw", 0, 9))).isNull();
    }

    private static Folded folded(Rules.Plausible plausible) {
        return new Folded(new Rules(
                Map.of(),
                Map.of(),
                Set.of(),
                Map.of(FieldPath.parse("price"), plausible),
                Duration.ofSeconds(10),
                Rules.FirstSeen.EMIT,
                null));
    }
}

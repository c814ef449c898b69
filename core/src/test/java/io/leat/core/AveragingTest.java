package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AveragingTest {

    private static final FieldPath PRICE = FieldPath.parse("price");
    private static final Rules.Plausible HALF_TO_TWICE =
            new Rules.Plausible(new BigDecimal("0.5"), new BigDecimal(2), null, null, false, Rules.Measure.AVERAGE);

    private final Changes changes = new Changes(Items.feed(rules(Map.of())));
    private @Nullable Known known;

    @Test
    void whatLiesAHalfLifeBackCountsHalf() {
        assertThat(average(at(0, "10"))).isEqualTo(Compared.NOTHING);
        assertThat(mean(at(1_000, "20"))).isEqualByComparingTo("10");
        assertThat(mean(at(1_010, "0"))).isEqualByComparingTo("15");
        assertThat(mean(at(1_020, "7"))).isEqualByComparingTo("7.5");
        assertThat(mean(at(1_120, "8")).doubleValue()).isCloseTo(7, within(0.001));
    }

    @Test
    void howOftenOneLooksDoesNotMatter() {
        at(0, "10");
        at(100, "20");
        at(103, "20");
        at(107, "20.0");
        assertThat(mean(at(110, "30"))).isEqualByComparingTo("15");
    }

    @Test
    void aFieldThatIsNoNumberForAWhileKeepsItsMean() {
        at(0, "10");
        at(5, "null");
        assertThat(mean(at(500, "20"))).isEqualByComparingTo("10");
        assertThat(mean(at(510, "null"))).isEqualByComparingTo("15");
    }

    @Test
    void whatIsRememberedAfterAChangeFollowsFromItAlone() {
        for (int i = 0; i < 50; i++) {
            Change change = at(i * 7, Integer.toString(i * i % 11));
            if (change != null) {
                assertThat(known).isEqualTo(Known.told(null, change, new Compared(List.of("price"), price(i))));
            }
        }
    }

    @Test
    void aRatioCanBeMeasuredByTheAverage() {
        Folded folded = new Folded(rules(Map.of(PRICE, HALF_TO_TWICE)));
        folded.decide(Items.at(0, "10"));
        folded.decide(Items.at(1, "19"));
        folded.decide(Items.at(2, "25"));
        folded.decide(Items.at(100, "25"));
        folded.decide(Items.at(102, "25"));
        folded.decide(Items.at(104, "35"));
        assertThat(folded.told()).containsExactly("new 1 10@0", "update 2 19@1", "update 3 25@100", "update 4 35@104");
        assertThat(folded.notes()).containsExactly("waiting@2", "expired@2");
    }

    @Test
    void aRuleByAnAverageThatIsNotKeptIsRefused() {
        assertThatThrownBy(() -> new Rules(
                        Map.of(),
                        Map.of(),
                        Set.of(),
                        Map.of(PRICE, HALF_TO_TWICE),
                        Rules.DEFAULT_CONFIRM_WITHIN,
                        Rules.FirstSeen.EMIT,
                        null))
                .hasMessageContaining("price");
    }

    private @Nullable Change at(int second, String price) {
        Decision decision = changes.decide(known, Items.at(second, price));
        known = decision.next() == null ? known : decision.next();
        return decision instanceof Decision.Told told ? told.change() : null;
    }

    private static @Nullable Compared average(@Nullable Change change) {
        return change == null ? null : change.evidence().average();
    }

    private static BigDecimal mean(@Nullable Change change) {
        Compared average = average(change);
        return new BigDecimal(average == null ? "" : average.at("price"));
    }

    private static List<String> price(int i) {
        return List.of(Integer.toString(i * i % 11));
    }

    private static Rules rules(Map<FieldPath, Rules.Plausible> hold) {
        return new Rules(
                Map.of(),
                Map.of(),
                Set.of(),
                hold,
                Duration.ofSeconds(10),
                Rules.FirstSeen.EMIT,
                null,
                null,
                Map.of(PRICE, Duration.ofSeconds(10)));
    }
}

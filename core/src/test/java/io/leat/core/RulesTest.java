package io.leat.core;

import static io.leat.core.Items.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulesTest {

    private static final FieldPath PRICE = FieldPath.parse("price");

    @Test
    void smallStepsCannotCreepAway() {
        Folded folded =
                new Folded(tolerance("0.5", false)).prices("10", "10.3", "10.5", "10.51", "10.9", "11.01", "11.02");

        assertThat(folded.told()).containsExactly("new 1 10@1", "update 2 10.51@4", "update 3 11.02@7");
        assertThat(new Folded(tolerance("0.5", false))
                        .prices("10", "10.51", "10.9", "11.02")
                        .told())
                .containsExactly("new 1 10@1", "update 2 10.51@2", "update 3 11.02@4");
    }

    @Test
    void aPercentageIsOneOfTheLastValueToldAndExact() {
        assertThat(new Folded(tolerance("0.5", true))
                        .prices("200", "201", "201.0000000000000001", "200")
                        .told())
                .containsExactly("new 1 200@1", "update 2 201.0000000000000001@3");
        assertThat(new Folded(tolerance("50", true)).prices("0", "0.01").told()).hasSize(2);
        assertThat(new Folded(tolerance("50", true))
                        .prices("-100", "-149", "-151")
                        .told())
                .containsExactly("new 1 -100@1", "update 2 -151@3");
    }

    @Test
    void whatIsNoNumberHasNoTolerance() {
        assertThat(new Folded(tolerance("100", false))
                        .prices("1", "null", "\"1\"", "2", "1e999999999")
                        .told())
                .hasSize(5);
    }

    @Test
    void aSeededKeyIsToldFromItsFirstChangeOn() {
        Folded folded = new Folded(rules(Map.of(), Rules.FirstSeen.SEED, null)).prices("10", "10", "11");

        assertThat(folded.told()).containsExactly("update 1 11@3");
        assertThat(folded.tally()).isEqualTo(new Tally(3, 1, 1, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void aFlappingValueIsToldOnceItHasSettled() {
        Rules rules = rules(Map.of(PRICE, Duration.ofSeconds(3)), Rules.FirstSeen.EMIT, null);

        Folded folded = new Folded(rules).prices("1", "2", "1", "2", "2", "2", "2", "1");
        assertThat(folded.told()).containsExactly("new 1 1@1", "update 2 2@7");
        assertThat(folded.tally()).isEqualTo(new Tally(8, 2, 1, 0, 0, 0, 0, 5, 0));
        assertThat(new Folded(rules).prices("1", "2", "3", "3", "3", "3").told())
                .containsExactly("new 1 1@1", "update 2 3@6");
    }

    @Test
    void aKeyNotSeenForLongBeginsAnewAndOneThatIsSeenIsNeverForgotten() {
        Rules rules = rules(Map.of(), Rules.FirstSeen.EMIT, Duration.ofSeconds(10));
        Folded folded = new Folded(rules);
        for (long second : List.of(1L, 11L, 21L, 32L, 42L)) {
            folded.decide(at(second, "5"));
        }
        assertThat(folded.told()).containsExactly("new 1 5@1", "new 1 5@32");
    }

    @Test
    void evidenceSaysWhatWasSeenBefore() {
        Folded folded = new Folded(Rules.NONE).prices("10", "10", "10");
        Decision.Told told = (Decision.Told) folded.decide(at(9, "11"));

        assertThat(told.change().evidence()).isEqualTo(new Evidence(2, 1_000_000, 3_000_000));
    }

    @Test
    void whiteSpaceCaseAndUnicodeFormOfAFingerprintedTextAreNoChange() {
        Rules rules = new Rules(
                Map.of(), Map.of(), Set.of(PRICE), Map.of(), Rules.DEFAULT_CONFIRM_WITHIN, Rules.FirstSeen.EMIT, null);
        assertThat(new Folded(rules)
                        .prices(
                                "\"Caf\u00e9  opens\"",
                                "\" CAFE\u0301 opens\\n\"",
                                "\"caf\u00e9\u00a0\u200bop\uff45ns\"",
                                "\"Cafe opens\"",
                                "\"Cafe \\\\nopens\"",
                                "null")
                        .told())
                .hasSize(4);
    }

    private static Rules tolerance(String amount, boolean isPercent) {
        return new Rules(
                Map.of(PRICE, new Rules.Tolerance(new BigDecimal(amount), isPercent)),
                Map.of(),
                Set.of(),
                Map.of(),
                Rules.DEFAULT_CONFIRM_WITHIN,
                Rules.FirstSeen.EMIT,
                null);
    }

    private static Rules rules(Map<FieldPath, Duration> debounce, Rules.FirstSeen firstSeen, Duration expireAfter) {
        return new Rules(Map.of(), debounce, Set.of(), Map.of(), Rules.DEFAULT_CONFIRM_WITHIN, firstSeen, expireAfter);
    }
}

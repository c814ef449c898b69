package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.FieldPath;
import io.leat.core.Rules;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesSectionTest {

    private static final FieldPath PRICE = FieldPath.parse("price");
    private static final FieldPath TITLE = FieldPath.parse("title");

    @TempDir
    Path directory;

    private Written changes(String section) {
        return new Written(directory).feed("feed: f\nkey: k\ntime: at\nchanges:\n" + section.indent(2));
    }

    @Test
    void everyRuleIsRead() {
        Rules rules = changes(
                        """
                compare: [price, stock, title, votes]
                tolerance: {price: 0.5%, votes: 10}
                debounce: {stock: 10m}
                fingerprint: title
                first_seen: seed
                hold: {price: {ratio: [0.2, 5], floor: 0.01, ceiling: 1000, unit_flip: true}, votes: {floor: 0}}
                confirm_within: 6h
                expire_after: 30d
                """)
                .valid()
                .rules();

        assertThat(rules.tolerance())
                .isEqualTo(Map.of(
                        PRICE,
                        new Rules.Tolerance(new BigDecimal("0.5"), true),
                        FieldPath.parse("votes"),
                        new Rules.Tolerance(new BigDecimal("10"), false)));
        assertThat(rules.debounce()).isEqualTo(Map.of(FieldPath.parse("stock"), Duration.ofMinutes(10)));
        assertThat(rules.fingerprint()).isEqualTo(Set.of(TITLE));
        assertThat(rules.firstSeen()).isEqualTo(Rules.FirstSeen.SEED);
        assertThat(rules.hold())
                .isEqualTo(Map.of(
                        PRICE,
                        new Rules.Plausible(
                                new BigDecimal("0.2"),
                                new BigDecimal("5"),
                                new BigDecimal("0.01"),
                                new BigDecimal("1000"),
                                true),
                        FieldPath.parse("votes"),
                        new Rules.Plausible(null, null, new BigDecimal("0"), null, false)));
        assertThat(rules.confirmWithin()).isEqualTo(Duration.ofHours(6));
        assertThat(rules.expireAfter()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void whenAKeyIsGoneIsRead() {
        Rules.Gone gone = changes(
                        """
                compare: [price]
                gone_after: 48h
                gone:
                  by: k
                  coverage: 80%
                  crawl_end: {field: event, value: done, started: began_at, site: shop}
                """)
                .valid()
                .rules()
                .gone();

        assertThat(gone)
                .isEqualTo(new Rules.Gone(
                        Duration.ofHours(48),
                        0,
                        new BigDecimal("0.80"),
                        new Rules.CrawlEnd(
                                FieldPath.parse("event"),
                                "done",
                                FieldPath.parse("began_at"),
                                FieldPath.parse("shop"))));
        assertThat(changes("compare: [price]\ngone_after: 48h\ngone: {by: shop, coverage: half}\n")
                        .codes())
                .containsExactly("LEAT-192", "LEAT-114");
        assertThat(changes("compare: [price]\ngone: {by: k}\n").codes()).containsExactly("LEAT-193");
    }

    @Test
    void withoutRulesEverythingIsToldAtOnce() {
        assertThat(changes("compare: [price]\n").valid().rules()).isEqualTo(Rules.NONE);
    }

    @Test
    void aRuleNeedsAComparedField() {
        assertThat(changes(
                                """
                        compare: [price]
                        tolerance: {cost: 1}
                        fingerprint: [price, title]
                        """)
                        .problems())
                .containsExactly(
                        "6:15 LEAT-119 'cost' is not compared. A rule needs a field that tells changes.",
                        "7:24 LEAT-119 'title' is not compared. A rule needs a field that tells changes.");
        assertThat(changes("ignore: [shop]\ndebounce: {shop.stock: 1m, stock: 1m}\n")
                        .problems())
                .containsExactly(
                        "6:14 LEAT-119 'shop.stock' is not compared. A rule needs a field that tells changes.");
    }

    @Test
    void whatIsNoToleranceIsSaidSo() {
        for (String wrong : List.of("-1", "1 %", "1e3", "half", ".5")) {
            assertThat(changes("compare: [price]\ntolerance: {price: " + wrong + "}\n")
                            .codes())
                    .as(wrong)
                    .containsExactly("LEAT-190");
        }
    }

    @Test
    void boundsThatLeaveNothingPlausibleAreSaidSo() {
        assertThat(changes("compare: [price]\nhold: {price: {floor: 2, ceiling: 1}}\n")
                        .codes())
                .containsExactly("LEAT-191");
        assertThat(changes("compare: [price]\nhold: {price: {}}\n").codes()).containsExactly("LEAT-191");
        assertThat(changes("compare: [price]\nhold: {price: {ratio: 5, floor: low, unit_flip: 1, max: 2}}\n")
                        .codes())
                .containsExactly("LEAT-114", "LEAT-114", "LEAT-114", "LEAT-110");
    }

    @Test
    void aNumberWrittenInAnotherWayIsNotSaidToBeNone() {
        assertThat(changes("compare: [price]\nhold: {price: {floor: 1e3, ceiling: 12345678901234567}}\n")
                        .problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem)
                        .contains("Expected plain digits such as 0.2, found a number.", "Write no exponent"));
    }

    @Test
    void anAverageIsKeptAndMayMeasureARatio() {
        Rules rules = changes(
                        "compare: [price]\naverage: {price: 30d}\nhold: {price: {ratio: [0.5, 2], of: average}}\n")
                .valid()
                .rules();
        assertThat(rules.average()).isEqualTo(Map.of(PRICE, Duration.ofDays(30)));
        assertThat(rules.hold().values())
                .containsExactly(new Rules.Plausible(
                        new BigDecimal("0.5"), new BigDecimal(2), null, null, false, Rules.Measure.AVERAGE));
        assertThat(changes("compare: [price]\nhold: {price: {ratio: [0.5, 2], of: average}}\n")
                        .codes())
                .containsExactly("LEAT-194");
        assertThat(changes("compare: [price]\nhold: {price: {ratio: [0.5, 2], of: mean}}\n")
                        .codes())
                .containsExactly("LEAT-103");
    }

    @Test
    void wrongKindsAndWordsAreSaidSo() {
        assertThat(changes("compare: [price]\ntolerance: 1\ndebounce: {price: 0ms}\nfirst_seen: silent\n")
                        .codes())
                .containsExactly("LEAT-114", "LEAT-115", "LEAT-103");
        assertThat(changes("compare: [price]\ntolerance: {price: 1, \"price\": 2}\n")
                        .codes())
                .containsExactly("LEAT-117");
    }
}

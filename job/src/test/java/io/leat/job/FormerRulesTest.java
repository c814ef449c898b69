package io.leat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Limits;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.core.Rules;
import io.leat.core.Sameness;
import io.leat.core.Verdict;
import io.leat.core.normalize.Normalization;
import io.leat.core.normalize.Normalizer;
import io.leat.format.ScrapeReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** The rules that what is known was read by go with the checkpoints, and with each record of the log. */
class FormerRulesTest {

    private static final Feed PLAIN = feed("k");
    private static final Feed TEXT = feed("k", new Normalizer.OfText());
    private static final Feed STOCK = feed("k", new Normalizer.OfAvailability(Map.of()));

    private final RuledLog rig = new RuledLog();
    private final List<RuledLog.Logged> log = rig.log;

    @Test
    void whatIsKnownIsReadAgainAlsoAfterACrashBetweenTwoFiles() throws Exception {
        OperatorSubtaskState first =
                rig.run(PLAIN, null, item(PLAIN, 1, 1, " in stock"), item(PLAIN, 2, 1, "In  stock"));
        assertThat(log).hasSize(2);

        // the new file tells one of two and dies before it makes a checkpoint; what it told is ahead of the state
        Item[] again = {item(STOCK, 1, 2, "IN STOCK"), item(STOCK, 2, 2, "sold out"), item(STOCK, 1, 3, "in stock")};
        rig.run(STOCK, first, again);
        assertThat(log).hasSize(3).last().satisfies(told -> {
            assertThat(told.change().key()).isEqualTo("[2]");
            assertThat(told.change().before().values()).containsExactly("\"in_stock\"");
            assertThat(told.change().told().values()).containsExactly("\"In  stock\"");
        });
        OperatorSubtaskState second = rig.run(STOCK, first, again);
        assertThat(log).hasSize(3);

        // a third file, and back to the first
        OperatorSubtaskState third =
                rig.run(TEXT, second, item(TEXT, 1, 4, "in stock "), item(TEXT, 2, 4, "sold  out"));
        rig.run(PLAIN, third, item(PLAIN, 1, 5, " in stock"), item(PLAIN, 2, 5, "sold out"));
        assertThat(log).hasSize(3);
    }

    @Test
    void aKeyThatWasNotSeenUnderTheFileBetweenIsReadAsItWasMade() throws Exception {
        OperatorSubtaskState first = rig.run(PLAIN, null, item(PLAIN, 1, 1, "in stock"));
        OperatorSubtaskState second = rig.run(STOCK, first, item(STOCK, 2, 2, "in stock"));

        rig.run(TEXT, second, item(TEXT, 1, 3, " in stock"), item(TEXT, 2, 3, "IN STOCK"));

        assertThat(log).hasSize(2);
    }

    @Test
    void withoutACheckpointTheLogSaysByWhichRules() throws Exception {
        rig.run(PLAIN, null, item(PLAIN, 1, 1, "$5.00"), item(PLAIN, 2, 1, "$6.00"));

        assertThatThrownBy(() -> rig.run(TEXT, null, item(TEXT, 1, 2, " $5.00")))
                .satisfies(thrown -> assertThat(Refusal.in(thrown)).satisfies(refusal -> {
                    assertThat(refusal.code().label()).isEqualTo("LEAT-322");
                    assertThat(refusal)
                            .hasMessageContaining("2 keys")
                            .extracting(Refusal::hint)
                            .asString()
                            .contains("adopt", "retell");
                }));
        rig.run(PLAIN, null, item(PLAIN, 1, 2, "$5.00"));
        assertThat(log).hasSize(2);

        rig.accepted = Set.of(Refusal.Code.RULES_UNKNOWN);
        OperatorSubtaskState adopted = rig.run(TEXT, null, item(TEXT, 1, 2, "$7.00"));
        rig.accepted = Set.of();
        rig.run(TEXT, adopted, item(TEXT, 2, 2, "$8.00")); // it was said once, of all keys
        assertThat(log).hasSize(2);

        rig.accepted = Set.of(Refusal.Code.KEY_CHANGED);
        rig.run(TEXT, null, item(TEXT, 1, 3, "$7.00"));
        assertThat(log).hasSize(3);
    }

    @Test
    void whatAnEarlierVersionToldCountsAsReadAsItIsNow() throws Exception {
        rig.run(PLAIN, null, item(PLAIN, 1, 1, "$5.00"));
        log.replaceAll(each -> new RuledLog.Logged(each.change(), Sameness.UNMARKED));

        OperatorSubtaskState saved = rig.run(PLAIN, null, item(PLAIN, 2, 1, "x"));
        rig.run(TEXT, saved, item(TEXT, 1, 2, " $5.00"));

        assertThat(log).hasSize(2);
    }

    @Test
    void anotherKeyIsRefusedWithTheNumberOfKeysAndTakesAWord() throws Exception {
        OperatorSubtaskState saved = rig.run(PLAIN, null, item(PLAIN, 1, 1, "a"), item(PLAIN, 2, 1, "b"));
        Feed other = feed("t");

        assertThatThrownBy(() -> rig.run(other, saved)).satisfies(thrown -> assertThat(Refusal.in(thrown))
                .hasMessageContaining("knows 2 keys")
                .extracting(refusal -> refusal.code().label())
                .isEqualTo("LEAT-317"));

        rig.accepted = Set.of(Refusal.Code.KEY_CHANGED);
        rig.run(other, saved, item(other, 1, 9, "a"));
        assertThat(log).hasSize(3).last().extracting(each -> each.change().op()).isEqualTo(Op.NEW);
    }

    private static Item item(Feed feed, int key, int second, String text) {
        Verdict verdict = new ScrapeReader(feed)
                .read(
                        "{\"k\":%d,\"t\":%d,\"v\":\"%s\"}"
                                .formatted(key, second, text)
                                .getBytes(StandardCharsets.UTF_8),
                        Long.MAX_VALUE / 2,
                        new Position("f.raw", 0, second));
        return ((Verdict.Kept) verdict).item();
    }

    private static Feed feed(String key, Normalizer... normalizers) {
        FieldPath value = FieldPath.parse("v");
        return new Feed(
                "f",
                new Feed.Source("f.raw", 1, Map.of()),
                List.of(),
                List.of(new Feed.KeyPart.Field(FieldPath.parse(key))),
                new Feed.Time(FieldPath.parse("t"), Feed.Time.Format.EPOCH_S, null, Duration.ofDays(1)),
                new Feed.Comparison.Only(List.of(value)),
                Rules.NONE,
                Feed.Log.DEFAULT,
                Limits.DEFAULT,
                List.of(),
                Feed.State.MEMORY,
                List.of(normalizers).stream()
                        .map(each -> new Normalization(value, each, false))
                        .toList(),
                null);
    }
}

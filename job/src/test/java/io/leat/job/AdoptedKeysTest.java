package io.leat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Limits;
import io.leat.core.Position;
import io.leat.core.Rules;
import io.leat.core.Verdict;
import io.leat.format.ScrapeReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** The key of a feed is changed in place, and what was known by the former key is remembered silently. */
class AdoptedKeysTest {

    private static final Feed BY_SKU = feed(Rules.NONE, "sku");
    private static final Feed BY_SHOP_AND_SKU = feed(Rules.NONE, "shop", "sku");

    private final RuledLog rig = new RuledLog();

    @Test
    void theFirstScrapeOfANewKeyTellsNothingIfItsFormerKeyWasKnown() throws Exception {
        OperatorSubtaskState saved = rig.run(BY_SKU, null, item(BY_SKU, "s", 1, 1, "5"), item(BY_SKU, "s", 2, 1, "6"));
        rig.accepted = Set.of(Refusal.Code.RULES_UNKNOWN);

        OperatorSubtaskState adopted = rig.run(
                BY_SHOP_AND_SKU,
                saved,
                item(BY_SHOP_AND_SKU, "s", 1, 2, "5"),
                item(BY_SHOP_AND_SKU, "s", 2, 2, "7"), // a change that nobody can see
                item(BY_SHOP_AND_SKU, "s", 3, 2, "8"));
        assertThat(told()).containsExactly("new [1] 1", "new [2] 1", "new [\"s\",3] 1");

        // said once, for all keys that were known: also for those that come later
        rig.accepted = Set.of();
        rig.run(
                BY_SHOP_AND_SKU,
                adopted,
                item(BY_SHOP_AND_SKU, "t", 1, 3, "5"),
                item(BY_SHOP_AND_SKU, "s", 2, 3, "8"),
                item(BY_SHOP_AND_SKU, "t", 3, 3, "8"));
        assertThat(told().subList(3, told().size()))
                .as("seq begins with the first change that is told of a key")
                .containsExactly("update [\"s\",2] 1", "new [\"t\",3] 1");
    }

    @Test
    void aStartThatComesAgainAfterACrashAdoptsTheSameKeys() throws Exception {
        OperatorSubtaskState saved = rig.run(BY_SKU, null, item(BY_SKU, "s", 1, 1, "5"));
        rig.run(BY_SKU, saved, item(BY_SKU, "s", 2, 1, "6")); // its checkpoint is lost: the log alone knows
        rig.accepted = Set.of(Refusal.Code.RULES_UNKNOWN);
        // sku 9 is not known, but is what the new key of another shop looks like
        Feed byOther = feed(Rules.NONE, "other");
        Item[] again = {
            item(byOther, "s", 1, 2, "5", 9), item(byOther, "s", 2, 2, "6", 8), item(byOther, "s", 9, 2, "1", 7)
        };

        rig.run(byOther, saved, again[2]); // tells [7] and dies
        rig.run(byOther, saved, again);
        OperatorSubtaskState then = rig.run(byOther, saved, again);
        assertThat(told()).containsExactly("new [1] 1", "new [2] 1", "new [7] 1");

        rig.accepted = Set.of();
        rig.run(byOther, then, item(byOther, "s", 7, 3, "1", 6)); // [7] was told by the new key, and is no former one
        assertThat(told()).hasSize(4).last().isEqualTo("new [6] 1");
    }

    @Test
    void aKeyThatWasToldAsGoneIsNew() throws Exception {
        Feed bySku = feed(FeedShapeTest.GONE, "sku");
        OperatorSubtaskState saved =
                rig.run(bySku, null, 61_000, item(bySku, "s", 1, 1, "5"), item(bySku, "s", 2, 60, "5"));
        assertThat(told()).containsExactly("new [1] 1", "new [2] 1", "gone [1] 2");
        rig.accepted = Set.of(Refusal.Code.RULES_UNKNOWN);

        rig.run(BY_SHOP_AND_SKU, saved, item(BY_SHOP_AND_SKU, "s", 1, 70, "5"), item(BY_SHOP_AND_SKU, "s", 2, 70, "5"));

        assertThat(told()).hasSize(4).last().isEqualTo("new [\"s\",1] 1");
    }

    @Test
    void whatWasAdoptedIsNotToldAsGoneUnderItsFormerKey() throws Exception {
        OperatorSubtaskState saved =
                rig.run(feed(FeedShapeTest.GONE, "sku"), null, item(feed(FeedShapeTest.GONE, "sku"), "s", 1, 1, "5"));
        Feed now = feed(FeedShapeTest.GONE, "shop", "sku");
        rig.accepted = Set.of(Refusal.Code.RULES_UNKNOWN);

        OperatorSubtaskState adopted = rig.run(now, saved, 5_000, item(now, "s", 1, 4, "5"));
        rig.accepted = Set.of();
        adopted = rig.run(now, adopted, 13_000, item(now, "s", 5, 13, "5"));
        assertThat(told()).containsExactly("new [1] 1", "new [\"s\",5] 1");
        rig.run(now, adopted, 61_000, item(now, "s", 6, 60, "5"));
        assertThat(told().subList(2, told().size()))
                .containsExactly("new [\"s\",6] 1", "gone [\"s\",1] 1", "gone [\"s\",5] 2");

        rig.log.subList(1, rig.log.size()).clear();
        rig.accepted = Set.of(Refusal.Code.KEY_CHANGED);
        rig.run(now, saved, 61_000, item(now, "s", 6, 60, "5"));
        assertThat(told()).as("with the other word").contains("gone [1] 2");
    }

    @Test
    void aFileWhoseKeyIsChangedTwiceAdoptsWhatEitherKnew() throws Exception {
        OperatorSubtaskState saved = rig.run(BY_SKU, null, item(BY_SKU, "s", 1, 1, "5"));
        rig.accepted = Set.of(Refusal.Code.RULES_UNKNOWN);
        saved = rig.run(BY_SHOP_AND_SKU, saved, item(BY_SHOP_AND_SKU, "s", 1, 2, "5")); // told by nobody
        Feed byOther = feed(Rules.NONE, "other", "shop");

        rig.run(byOther, saved, item(byOther, "s", 1, 3, "5", 4));

        assertThat(told()).containsExactly("new [1] 1");
    }

    @Test
    void withoutACheckpointNobodyKnowsTheFormerKey() throws Exception {
        rig.run(BY_SKU, null, item(BY_SKU, "s", 1, 1, "5"), item(BY_SKU, "s", 2, 1, "5"));

        assertThatThrownBy(() -> rig.run(BY_SHOP_AND_SKU, null)).satisfies(thrown -> assertThat(Refusal.in(thrown))
                .hasMessageContaining("2 keys")
                .extracting(refusal -> refusal.code().label())
                .isEqualTo("LEAT-317"));
        rig.accepted = Set.of(Refusal.Code.RULES_UNKNOWN);
        assertThatThrownBy(() -> rig.run(BY_SHOP_AND_SKU, null)).satisfies(thrown -> assertThat(Refusal.in(thrown))
                .extracting(refusal -> refusal.code().label())
                .isEqualTo("LEAT-323"));
    }

    private List<String> told() {
        return rig.log.stream()
                .map(each -> each.change())
                .map(each -> each.op().word() + " " + each.key() + " " + each.seq())
                .toList();
    }

    private static Item item(Feed feed, String shop, int sku, int second, String text) {
        return item(feed, shop, sku, second, text, 0);
    }

    private static Item item(Feed feed, String shop, int sku, int second, String text, int other) {
        Verdict verdict = new ScrapeReader(feed)
                .read(
                        "{\"shop\":\"%s\",\"sku\":%d,\"t\":%d,\"v\":\"%s\",\"other\":%d}"
                                .formatted(shop, sku, second, text, other)
                                .getBytes(StandardCharsets.UTF_8),
                        Long.MAX_VALUE / 2,
                        new Position("f.raw", 0, second * 100L + sku));
        return ((Verdict.Kept) verdict).item();
    }

    private static Feed feed(Rules rules, String... key) {
        return new Feed(
                "f",
                new Feed.Source("f.raw", 1, Map.of()),
                List.of(),
                Arrays.stream(key)
                        .<Feed.KeyPart>map(each -> new Feed.KeyPart.Field(FieldPath.parse(each)))
                        .toList(),
                new Feed.Time(FieldPath.parse("t"), Feed.Time.Format.EPOCH_S, null, Duration.ofDays(1)),
                new Feed.Comparison.Only(List.of(FieldPath.parse("v"))),
                rules,
                Feed.Log.DEFAULT,
                Limits.DEFAULT,
                List.of(),
                Feed.State.MEMORY,
                List.of(),
                null);
    }
}

package io.leat.app.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.Feeds;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AskedTest {

    private final Feed ofTwo = Feeds.shopPrices();
    private final Feed ofOne = new Feed(
            "one",
            new Feed.Source("scrapes", 1, Map.of()),
            List.of(),
            List.of(new Feed.KeyPart.Field(FieldPath.parse("sku"))),
            ofTwo.time(),
            ofTwo.comparison(),
            Feed.Log.DEFAULT);

    @Test
    void aListIsAKeyInItsOneSpelling() {
        assertThat(Asked.read("[ \"a\", 1.0 ]", ofTwo)).isEqualTo(new Asked.Key("[\"a\",1]"));
        assertThat(Asked.read("[\"a\"", ofTwo)).isNull();
    }

    @Test
    void aPlaceIsOneOfTheFeedsOwnTopics() {
        assertThat(Asked.read("shop-prices.raw:3:57", ofTwo)).isEqualTo(new Asked.Place("shop-prices.raw", 3, 57));
        assertThat(Asked.read("shop-prices.changes:0:1", ofTwo))
                .isEqualTo(new Asked.Place("shop-prices.changes", 0, 1));
        assertThat(Asked.read("other:0:1", ofTwo)).isNull();
        assertThat(Asked.read("scrapes:0:x", ofTwo)).isNull();
    }

    @Test
    void twentySixLettersAreAChangeAndAnyOtherTextTheOnlyPartOfAKey() {
        assertThat(Asked.read("mbqaclpbifzp2ft3xjwsrq3ql5", ofOne))
                .isEqualTo(new Asked.ChangeId("mbqaclpbifzp2ft3xjwsrq3ql5"));
        assertThat(Asked.read("B00X", ofOne)).isEqualTo(new Asked.Key("[\"B00X\"]"));
        assertThat(Asked.read("say \"x\"", ofOne)).isEqualTo(new Asked.Key("[\"say \\\"x\\\"\"]"));
        assertThat(Asked.read("B00X", ofTwo)).isNull();
    }
}

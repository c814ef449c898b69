package io.leat.app;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import java.util.List;
import java.util.Map;

/** Feeds for tests. */
public final class Feeds {

    private Feeds() {}

    /** The demo's feed without its contract. */
    public static Feed shopPrices() {
        return new Feed(
                "shop-prices",
                new Feed.Source("shop-prices.raw", 4, Map.of()),
                List.of(),
                List.of(
                        new Feed.KeyPart.Field(FieldPath.parse("shop")),
                        new Feed.KeyPart.Field(FieldPath.parse("sku"))),
                new Feed.Time(
                        FieldPath.parse("extracted_at"), Feed.Time.Format.RFC3339, null, Feed.Time.DEFAULT_MAX_SKEW),
                new Feed.Comparison.Only(
                        List.of(FieldPath.parse("price"), FieldPath.parse("currency"), FieldPath.parse("in_stock"))),
                Feed.Log.DEFAULT);
    }
}

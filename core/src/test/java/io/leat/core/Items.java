package io.leat.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Feeds and items for tests. */
final class Items {

    private Items() {}

    static Feed feed(Feed.Comparison comparison) {
        return new Feed(
                "shop",
                new Feed.Source("shop.raw", 1, Map.of()),
                List.of(),
                List.of(new Feed.KeyPart.Field(FieldPath.parse("sku"))),
                new Feed.Time(FieldPath.parse("at"), Feed.Time.Format.RFC3339, null, Duration.ofMinutes(10)),
                comparison,
                Feed.Log.DEFAULT);
    }

    static Feed feed() {
        return feed(new Feed.Comparison.Only(List.of(FieldPath.parse("price"))));
    }

    static Item item(long eventTime, long tie, String price) {
        return new Item(
                "[\"a\"]",
                eventTime,
                tie,
                new Compared(List.of("price"), List.of(price)),
                "{\"price\":" + price + "}",
                new Position("shop.raw", 0, eventTime),
                "");
    }
}

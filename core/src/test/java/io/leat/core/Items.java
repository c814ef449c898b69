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

    static Feed feed(Rules rules) {
        Feed plain = feed();
        return new Feed(
                plain.name(),
                plain.source(),
                plain.contracts(),
                plain.key(),
                plain.time(),
                plain.comparison(),
                rules,
                plain.log());
    }

    static Feed feed() {
        return feed(new Feed.Comparison.Only(List.of(FieldPath.parse("price"))));
    }

    /** A scrape so many seconds after the first. */
    static Item at(long seconds, String price) {
        return item(seconds * 1_000_000, 0, price);
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

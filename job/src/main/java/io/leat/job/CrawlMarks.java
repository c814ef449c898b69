package io.leat.job;

import io.leat.core.Compared;
import io.leat.core.CrawlEnded;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Ruling;

/** The end of a crawl on its way to the task that owns the keys. */
final class CrawlMarks {

    /** No key of an item: those are JSON. */
    private static final String KEY = "crawl ended";

    private CrawlMarks() {}

    static Item item(CrawlEnded end, Position source) {
        return new Item(KEY, end.ended(), end.started(), Compared.NOTHING, end.site(), source, "")
                .with(Ruling.CRAWL_ENDED);
    }

    static CrawlEnded of(Item item) {
        return new CrawlEnded(item.body(), item.tie(), item.eventTime());
    }
}

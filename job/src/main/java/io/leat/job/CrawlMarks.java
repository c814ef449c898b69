package io.leat.job;

import io.leat.core.Compared;
import io.leat.core.CrawlEnded;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Ruling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/** The end of a crawl on its way to every task that owns keys: one item for each key group. */
final class CrawlMarks {

    private static final Compared NOTHING = new Compared(List.of(), List.of());

    private final List<String> everywhere = new ArrayList<>();

    CrawlMarks(int keyGroups) {
        Set<Integer> reached = new HashSet<>();
        for (int i = 0; reached.size() < keyGroups; i++) {
            String key = "crawl ended " + i; // no key of an item: those are JSON
            if (reached.add(KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups))) {
                everywhere.add(key);
            }
        }
    }

    List<Item> items(CrawlEnded end, Position source) {
        return everywhere.stream()
                .map(key -> new Item(key, end.ended(), end.started(), NOTHING, end.site(), source, "")
                        .with(Ruling.CRAWL_ENDED))
                .toList();
    }

    static CrawlEnded of(Item item) {
        return new CrawlEnded(item.body(), item.tie(), item.eventTime());
    }
}

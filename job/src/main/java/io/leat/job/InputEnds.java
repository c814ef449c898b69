package io.leat.job;

import io.leat.core.Compared;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Ruling;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/** The end of the input of a raw partition, on its way to every task that has keys. */
final class InputEnds {

    /** No key of an item: those are JSON. */
    private static final String KEY = "input ended ";

    private InputEnds() {}

    /** One for each key group: whoever has keys has one. */
    static List<Item> items(Position source, int keyGroups) {
        List<Item> items = new ArrayList<>();
        boolean[] isThere = new boolean[keyGroups];
        for (int number = 0; items.size() < keyGroups; number++) {
            String key = KEY + number;
            int group = KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups);
            if (!isThere[group]) {
                isThere[group] = true;
                items.add(new Item(key, 0, 0, Compared.NOTHING, "", source, "").with(Ruling.INPUT_ENDED));
            }
        }
        return items;
    }
}

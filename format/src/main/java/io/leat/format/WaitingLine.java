package io.leat.format;

import io.leat.core.Disorder;
import io.leat.core.Item;
import io.leat.core.Order;
import io.leat.core.Ordering;
import io.leat.core.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets items wait for older ones of their key, in memory and by the broker's clock alone: nobody goes because nothing comes.
 * Used by one thread.
 */
final class WaitingLine {

    private final Order.Bound bound;
    private final Ordering ordering;
    private final Map<String, Waiting> waiting = new TreeMap<>();
    private final Map<String, Disorder> learned = new HashMap<>();

    WaitingLine(Order.Bound bound) {
        this.bound = bound;
        this.ordering = new Ordering(bound instanceof Order.Bound.Learned);
    }

    /**
     * An item joins the line.
     *
     * @param arrived when the broker took it, milliseconds since 1970
     */
    Ordering.Step arrive(Item item, long arrived) {
        Waiting before = waiting.getOrDefault(item.key(), Waiting.NONE);
        Ordering.Step step = ordering.arrive(before, item, arrived, arrived, wait(before, item, arrived));
        waiting.put(item.key(), step.next());
        return step;
    }

    /** Everybody goes, key after key. */
    Iterable<Item> letGo() {
        List<Item> gone = new ArrayList<>();
        waiting.replaceAll((key, each) -> {
            Ordering.Step step = Ordering.expire(each, Long.MAX_VALUE);
            gone.addAll(step.gone());
            return step.next();
        });
        return gone;
    }

    /** How many wait. */
    long length() {
        return waiting.values().stream()
                .mapToLong(each -> each.entries().size())
                .sum();
    }

    private long wait(Waiting before, Item item, long arrived) {
        if (bound instanceof Order.Bound.Fixed fixed) {
            return fixed.longest().toMillis();
        }
        Disorder disorder = learned.computeIfAbsent(Disorder.sourceOf(item.key()), source -> new Disorder());
        disorder.observe(Ordering.gap(before, item, arrived));
        return disorder.bound();
    }
}

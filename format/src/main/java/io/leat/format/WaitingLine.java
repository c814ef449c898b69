package io.leat.format;

import io.leat.core.Disorder;
import io.leat.core.Item;
import io.leat.core.Order;
import io.leat.core.Ordering;
import io.leat.core.Waiting;
import io.leat.core.WaitingPlaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets items wait for older ones of their key, in memory and by the broker's clock alone: nobody goes because nothing comes.
 * Used by one thread.
 */
final class WaitingLine {

    private final Order.Bound bound;
    private final Ordering ordering;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private final WaitingPlaces places = new WaitingPlaces();
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
        places.read(item.source(), arrived);
        Waiting before = of(item.key());
        long wait = wait(before, item, arrived);
        Ordering.Step step = ordering.arrive(before, item, arrived, arrived, wait);
        if (!step.isLate() && wait > 0) {
            places.waits(item, arrived + wait);
        }
        take(item.key(), step);
        return step;
    }

    /** Who need not wait any longer, by the clock of a raw partition. */
    List<Item> due(int partition) {
        List<Item> gone = new ArrayList<>();
        for (WaitingPlaces.Place due = places.due(partition); due != null; due = places.due(partition)) {
            gone.addAll(through(due));
        }
        return gone;
    }

    /** Who goes before what a person says of a scrape. */
    List<Item> spokenOf(Item said) {
        return take(said.key(), Ordering.spokenOf(of(said.key()), said));
    }

    /** Who goes right behind a reset of the key. */
    List<Item> reset(Item reset) {
        return take(reset.key(), Ordering.reset(of(reset.key()), reset.source()));
    }

    /** Nothing more comes in a raw partition for now: whoever waits of it goes. */
    List<Item> ended(int partition) {
        return through(places.of(partition));
    }

    /** Everybody goes. */
    List<Item> letGo() {
        return through(places.all());
    }

    private List<Item> through(List<WaitingPlaces.Place> those) {
        List<Item> gone = new ArrayList<>();
        those.forEach(place -> gone.addAll(through(place)));
        return gone;
    }

    private List<Item> through(WaitingPlaces.Place place) {
        places.gone(place.source());
        return take(place.key(), Ordering.through(of(place.key()), place.source()));
    }

    private List<Item> take(String key, Ordering.Step step) {
        step.gone().forEach(item -> places.gone(item.source()));
        waiting.put(key, step.next());
        return step.gone();
    }

    private Waiting of(String key) {
        return waiting.getOrDefault(key, Waiting.NONE);
    }

    /** How many wait. */
    long length() {
        return places.count();
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

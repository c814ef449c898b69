package io.leat.gateway.subscription;

import io.leat.delivery.Desk;
import io.leat.delivery.work.Keeper;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The desks of a gateway's feeds, each opened when it is first needed. Thread-safe. */
public final class Desks implements AutoCloseable {

    /** For a gateway that delivers no webhooks. */
    public static final Desks NONE = new Desks(Set.of(), (feed, keeper) -> {
        throw new IllegalStateException("no desk");
    });

    private final Set<String> feeds;
    private final BiFunction<String, Keeper, Desk> opening;
    private final Map<String, Desk> open = new HashMap<>();

    /** @param opening opens the desk of a feed, kept at work by the gateway; may wait for the broker */
    public Desks(Set<String> feeds, BiFunction<String, Keeper, Desk> opening) {
        this.feeds = Set.copyOf(feeds);
        this.opening = opening;
    }

    boolean has(String feed) {
        return feeds.contains(feed);
    }

    synchronized Desk of(String feed, Keeper keeper) {
        return open.computeIfAbsent(feed, name -> opening.apply(name, keeper));
    }

    @Override
    public synchronized void close() {
        open.values().forEach(Desk::close);
        open.clear();
    }
}

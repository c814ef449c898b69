package io.leat.gateway.subscription;

import io.leat.delivery.Desk;
import io.leat.delivery.work.Keeper;
import io.leat.format.feedfile.SinkOrders;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/** The desks of a gateway's feeds, each opened when it is first needed. Thread-safe. */
public final class Desks implements AutoCloseable {

    /** For a gateway that delivers no webhooks. */
    public static final Desks NONE = new Desks(Map.of(), (feed, keeper) -> {
        throw new IllegalStateException("no desk");
    });

    private final Map<String, SinkOrders> orders;
    private final BiFunction<String, Keeper, Desk> opening;
    private final Map<String, Desk> open = new HashMap<>();

    /**
     * Desks.
     *
     * @param orders of each feed, by its name, what reads those of its clients
     * @param opening opens the desk of a feed, kept at work by the gateway; may wait for the broker
     */
    public Desks(Map<String, SinkOrders> orders, BiFunction<String, Keeper, Desk> opening) {
        this.orders = Map.copyOf(orders);
        this.opening = opening;
    }

    /** Whether the feed has one. */
    public boolean has(String feed) {
        return orders.containsKey(feed);
    }

    /** What reads orders of the clients of a feed that has a desk. */
    public SinkOrders orders(String feed) {
        return Objects.requireNonNull(orders.get(feed));
    }

    /** The desk of a feed that has one; may wait for the broker. */
    public synchronized Desk of(String feed, Keeper keeper) {
        return open.computeIfAbsent(feed, name -> opening.apply(name, keeper));
    }

    @Override
    public synchronized void close() {
        open.values().forEach(Desk::close);
        open.clear();
    }
}

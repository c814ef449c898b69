package io.leat.gateway.status;

import io.leat.delivery.work.Keeper;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * What has to hold for a process to do its work, by name, and when it last did. Work that is kept is a check of its own:
 * what has died is not ready until it is at work again. Thread-safe.
 */
public final class Checks {

    private static final long NEVER = Long.MIN_VALUE;

    private final InstantSource clock;
    private final Map<String, BooleanSupplier> checks = new ConcurrentHashMap<>();
    private final List<Keeper> keepers = new CopyOnWriteArrayList<>();
    private final Map<String, Long> heldAt = new ConcurrentHashMap<>();

    public Checks(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * How a check stands.
     *
     * @param holds whether it holds now
     * @param ageMillis since it was last seen to hold; -1 if it never was
     */
    public record State(boolean holds, long ageMillis) {}

    /** @param holds is asked about once a second, by any thread: it must not wait */
    public void add(String name, BooleanSupplier holds) {
        checks.put(name, holds);
    }

    /** @param keeper of work none of which may be dead */
    public void add(Keeper keeper) {
        keepers.add(keeper);
    }

    /** All checks as they stand, by name. */
    public Map<String, State> look() {
        long now = clock.millis();
        Map<String, Boolean> found = new TreeMap<>();
        checks.forEach((name, holds) -> found.put(name, holds.getAsBoolean()));
        keepers.forEach(keeper -> keeper.states().forEach((work, state) -> found.put(work, state.alive())));
        heldAt.keySet().retainAll(found.keySet());
        Map<String, State> states = new TreeMap<>();
        found.forEach((name, holds) -> {
            if (holds) {
                heldAt.put(name, now);
            }
            long at = heldAt.getOrDefault(name, NEVER);
            states.put(name, new State(holds, at == NEVER ? -1 : Math.max(0, now - at)));
        });
        return states;
    }
}

package io.leat.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Waits until the gateways that deliver follow a change of a subscription: each lane says so with its cursor once nothing
 * is under way that it began before. Thread-safe.
 */
final class Followers {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(40);

    private final Deliverers deliverers;
    private final Cursors cursors;
    private final Places places;

    Followers(Deliverers deliverers, Cursors cursors, Places places) {
        this.deliverers = deliverers;
        this.cursors = cursors;
        this.places = places;
    }

    /** Whether all follow within a few seconds; also if there is nobody who delivers. */
    boolean await(Standing standing) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int partitions = places.partitions();
        while (!follow(standing, partitions)) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    private boolean follow(Standing standing, int partitions) {
        Map<Integer, Cursors.Committed> committed = cursors.load(
                        List.of(standing.id()),
                        IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                .getOrDefault(standing.id(), Map.of());
        long following = committed.values().stream()
                .filter(cursor -> cursor.revision() >= standing.revision())
                .count();
        return following == partitions || deliverers.none();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

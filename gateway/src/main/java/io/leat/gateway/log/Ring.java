package io.leat.gateway.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest changes of a log, numbered, in the one order in which all readers near its head see them. Bounded in count
 * and bytes; whoever falls behind it reads from Kafka. Thread-safe.
 */
final class Ring {

    private final @Nullable Told[] slots;
    private final long maxBytes;
    private long first;
    private long next;
    private long bytes;
    private Place start;
    private Place end;

    Ring(Place start, int maxCount, long maxBytes) {
        this.slots = new Told[maxCount];
        this.maxBytes = maxBytes;
        this.start = start;
        this.end = start;
    }

    /** Takes in a change; they come in the log's order within each partition. */
    synchronized void add(int partition, long offset, byte[] key, byte[] value) {
        if (next - first == slots.length) {
            drop();
        }
        end = end.after(partition, offset);
        slots[slot(next++)] = new Told(partition, offset, key, value, end);
        bytes += value.length + key.length;
        while (bytes > maxBytes && next - first > 1) {
            drop();
        }
    }

    /** Drops everything, to go on from a place that is further on. Whoever had read all there was falls behind, too. */
    synchronized void skipTo(Place place) {
        while (first < next) {
            drop();
        }
        first = ++next;
        start = place;
        end = place;
    }

    private void drop() {
        Told oldest = Objects.requireNonNull(slots[slot(first)]);
        slots[slot(first++)] = null;
        bytes -= oldest.value().length + oldest.key().length;
        start = oldest.after();
    }

    private int slot(long number) {
        return (int) (number % slots.length);
    }

    /**
     * The number from which a reader at this place has to look.
     *
     * @return -1 if something between the place and the head has been dropped
     */
    synchronized long coverFrom(Place place) {
        return place.reaches(start.next()) ? first : -1;
    }

    /** Where a reader stands who has seen everything. */
    synchronized Place end() {
        return end;
    }

    /**
     * Changes from a number on, at most so many.
     *
     * @return {@code null} if the first of them has been dropped
     */
    synchronized @Nullable List<Told> from(long number, int atMost) {
        if (number < first) {
            return null;
        }
        List<Told> found = new ArrayList<>();
        for (long at = number; at < Math.min(next, number + atMost); at++) {
            found.add(Objects.requireNonNull(slots[slot(at)]));
        }
        return found;
    }
}

package io.leat.delivery;

import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what becomes of the changes of a batch lane: they are delivered once they are durable, but for those that the end has
 * refused. On the office's thread, but for {@link #refused}.
 */
final class BatchCounts {

    private final SinkCounts.Counter counter;
    private final Deque<Handed> handed = new ArrayDeque<>();
    private final Set<Long> refused = ConcurrentHashMap.newKeySet();
    private int unread;

    /** Whether a change is asked for. */
    enum Asked {
        YES,
        NO,
        /** Nobody can tell: it cannot be read. */
        UNREADABLE
    }

    /**
     * A batch that was handed over and is not durable yet.
     *
     * @param position everything below this offset was handed over with it or before
     * @param taken changes that the end has taken
     * @param refused how many lie among what was not delivered
     */
    private record Handed(long position, List<SinkCounts.Arrived> taken, long refused) {}

    BatchCounts(SinkCounts.Counter counter) {
        this.counter = counter;
    }

    /** A change was taken up. */
    void took(Asked asked) {
        if (asked == Asked.NO) {
            counter.filtered();
            return;
        }
        counter.taken();
        unread += asked == Asked.UNREADABLE ? 1 : 0;
    }

    /** One that cannot be read lies among what was not delivered. */
    void buried() {
        unread--;
        counter.undelivered(1);
    }

    /** The end refuses the change at an offset; of a batch that is tried again it may do so again. Any thread. */
    void refused(long offset) {
        refused.add(offset);
    }

    /** The end has a batch, not durable yet. */
    void handedOver(Batch batch) {
        List<SinkCounts.Arrived> taken = new ArrayList<>();
        for (Arrival arrival : batch.arrivals()) {
            if (arrival.change() != null && !refused.contains(arrival.offset())) {
                taken.add(SinkCounts.Arrived.of(arrival.change()));
            }
        }
        handed.add(new Handed(batch.position(), taken, refused.size()));
        refused.clear();
    }

    /**
     * Everything below an offset is durable.
     *
     * @param now milliseconds since 1970
     * @return how many changes that were not are
     */
    long durable(long position, long now) {
        long delivered = 0;
        while (!handed.isEmpty() && handed.element().position() <= position) {
            Handed done = handed.remove();
            counter.delivered(done.taken().size());
            done.taken().forEach(each -> counter.arrived(each, now));
            counter.undelivered(done.refused());
            delivered += done.taken().size();
        }
        return delivered;
    }

    /**
     * The lane ends.
     *
     * @param waiting what was not handed over
     * @param inHand what the end has not taken, {@code null} for nothing
     */
    void ended(List<Arrival> waiting, @Nullable Batch inHand) {
        long left = unread + asked(waiting) + (inHand == null ? 0 : asked(inHand.arrivals()));
        counter.returned(left
                + handed.stream()
                        .mapToLong(each -> each.taken().size() + each.refused())
                        .sum());
    }

    /** How many of them are asked for. */
    static long asked(List<Arrival> arrivals) {
        return arrivals.stream().filter(arrival -> arrival.change() != null).count();
    }
}

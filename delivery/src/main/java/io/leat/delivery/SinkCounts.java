package io.leat.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * What became of the changes that this process took up for subscriptions, since it began: taken = delivered + undelivered +
 * filtered + folded + returned + waiting. Thread-safe.
 */
public final class SinkCounts {

    private final Map<Sink, Counter> counters = new ConcurrentHashMap<>();

    /** A subscription of a feed, by their names. */
    public record Sink(String feed, String name) {}

    /**
     * Where the changes of one subscription went.
     *
     * @param taken up from the log
     * @param delivered to its end
     * @param undelivered given up: they lie among what can be sent again
     * @param filtered not asked for
     * @param folded gave way to a newer one of their key
     * @param returned left to whoever serves the partition next
     */
    public record Counts(long taken, long delivered, long undelivered, long filtered, long folded, long returned) {

        /** Waiting, or under way. */
        public long waiting() {
            return taken - delivered - undelivered - filtered - folded - returned;
        }
    }

    /** All subscriptions that were served. */
    public void each(BiConsumer<Sink, Counts> reader) {
        counters.forEach((sink, counter) -> reader.accept(sink, counter.counts()));
    }

    Counter of(String feed, String subscription) {
        return counters.computeIfAbsent(new Sink(feed, subscription), fresh -> new Counter());
    }

    /** Counts for one subscription. */
    static final class Counter {
        private final LongAdder taken = new LongAdder();
        private final LongAdder delivered = new LongAdder();
        private final LongAdder undelivered = new LongAdder();
        private final LongAdder filtered = new LongAdder();
        private final LongAdder folded = new LongAdder();
        private final LongAdder returned = new LongAdder();

        void taken() {
            taken.increment();
        }

        void filtered() {
            taken.increment();
            filtered.increment();
        }

        void delivered(long changes) {
            delivered.add(changes);
        }

        void undelivered(long changes) {
            undelivered.add(changes);
        }

        void folded(long changes) {
            folded.add(changes);
        }

        void returned(long changes) {
            returned.add(changes);
        }

        /** Read last what is counted first: nothing is done that was not taken. */
        private Counts counts() {
            long done = delivered.sum();
            long givenUp = undelivered.sum();
            long passed = filtered.sum();
            long newer = folded.sum();
            long left = returned.sum();
            return new Counts(taken.sum(), done, givenUp, passed, newer, left);
        }
    }
}

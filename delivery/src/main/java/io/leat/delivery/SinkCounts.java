package io.leat.delivery;

import io.leat.delivery.lane.LogEntry;
import io.leat.delivery.lane.Outcome;
import io.leat.format.EventTimes;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What became of the changes that this process took up for subscriptions, since it began: taken = delivered + undelivered +
 * filtered + folded + returned + waiting. Thread-safe.
 */
public final class SinkCounts {

    private final Map<Sink, Counter> counters = new ConcurrentHashMap<>();
    private final Exchanges exchanges = new Exchanges();

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

    /**
     * How many durations there were.
     *
     * @param bounds of all buckets but the last, which has none; milliseconds
     * @param counts in each bucket, those below not included
     * @param sumMillis all of them together
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Buckets(long[] bounds, long[] counts, long sumMillis) {}

    /**
     * What was delivered to a subscription, and how long it took.
     *
     * @param bytes of the changes, as they stand in the log
     * @param fromLog from when the broker appended a change
     * @param fromExtraction from when its scrape was extracted; of a recording nothing
     */
    public record Deliveries(long bytes, Buckets fromLog, Buckets fromExtraction) {}

    /** What was delivered to each subscription that was served. */
    public void eachDelivered(BiConsumer<Sink, Deliveries> reader) {
        counters.forEach((sink, counter) -> reader.accept(sink, counter.deliveries()));
    }

    /** All subscriptions that were served. */
    public void each(BiConsumer<Sink, Counts> reader) {
        counters.forEach((sink, counter) -> reader.accept(sink, counter.counts()));
    }

    /**
     * How many partitions of a subscription this process serves.
     *
     * @param served all of them
     * @param resting those whose end is left alone for a while, because it answers nothing well
     */
    public record Lanes(int served, int resting) {}

    /** What this process serves of a subscription; nothing if it has not served it yet. */
    public Lanes lanes(String feed, String subscription) {
        Counter counter = counters.get(new Sink(feed, subscription));
        return counter == null ? new Lanes(0, 0) : counter.lanes();
    }

    /** What became of the changes of a subscription; all zero if this process has not served it yet. */
    public Counts counts(String feed, String subscription) {
        Counter counter = counters.get(new Sink(feed, subscription));
        return counter == null ? new Counts(0, 0, 0, 0, 0, 0) : counter.counts();
    }

    Counter of(String feed, String subscription) {
        return counters.computeIfAbsent(new Sink(feed, subscription), fresh -> new Counter(feed, exchanges));
    }

    /** The last attempts of each webhook as they went over the wire. */
    public Exchanges exchanges() {
        return exchanges;
    }

    /**
     * What has to be known of a change once it is delivered.
     *
     * @param eventMillis when its scrape was extracted; {@link Long#MIN_VALUE} if it does not say
     */
    record Arrived(long appendedMillis, long eventMillis, int bytes) {

        /** What was older when it was told is a recording: its age says nothing of us. */
        private static final long NEWS_MILLIS = 3_600_000;

        static Arrived of(LogEntry change) {
            long event;
            try {
                event = Math.floorDiv(EventTimes.parse(change.time()), 1_000);
            } catch (DateTimeException e) {
                event = Long.MIN_VALUE;
            }
            return new Arrived(change.appendedMillis(), event, change.value().length);
        }

        boolean isNews() {
            return eventMillis != Long.MIN_VALUE && appendedMillis - eventMillis <= NEWS_MILLIS;
        }
    }

    /** Counts for one subscription. */
    static final class Counter {
        private final String feed;
        private final Exchanges exchanges;
        private final LongAdder taken = new LongAdder();
        private final LongAdder delivered = new LongAdder();
        private final LongAdder undelivered = new LongAdder();
        private final LongAdder filtered = new LongAdder();
        private final LongAdder folded = new LongAdder();
        private final LongAdder returned = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private final Durations fromLog = new Durations();
        private final Durations fromExtraction = new Durations();
        private final Map<Integer, Boolean> resting = new ConcurrentHashMap<>();

        Counter(String feed, Exchanges exchanges) {
            this.feed = feed;
            this.exchanges = exchanges;
        }

        /** An attempt was made. */
        void exchanged(String id, Outcome outcome, long atMillis, Supplier<Exchange> made) {
            exchanges.take(feed, id, outcome, atMillis, made);
        }

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

        /** Changes were delivered at a moment, milliseconds since 1970. */
        void delivered(List<LogEntry> changes, long now) {
            delivered(changes.size());
            changes.forEach(change -> arrived(Arrived.of(change), now));
        }

        /** One of the changes that are counted as delivered was so at a moment. */
        void arrived(Arrived change, long now) {
            bytes.add(change.bytes());
            if (change.appendedMillis() > 0) {
                fromLog.add(now - change.appendedMillis());
                if (change.isNews()) {
                    fromExtraction.add(now - change.eventMillis());
                }
            }
        }

        private Deliveries deliveries() {
            return new Deliveries(bytes.sum(), fromLog.buckets(), fromExtraction.buckets());
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

        /** The lane of a partition serves. */
        void serves(int partition, boolean isResting) {
            resting.put(partition, isResting);
        }

        /** It does so no more. */
        void leaves(int partition) {
            resting.remove(partition);
        }

        private Lanes lanes() {
            int served = 0;
            int left = 0;
            for (boolean each : resting.values()) {
                served++;
                left += each ? 1 : 0;
            }
            return new Lanes(served, left);
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

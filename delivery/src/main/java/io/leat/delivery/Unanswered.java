package io.leat.delivery;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/** Changes whose condition had no answer and that were therefore not told, by feed and subscription. Thread-safe. */
public final class Unanswered {

    private final Map<Subscriber, LongAdder> counts = new ConcurrentHashMap<>();

    /** A subscription of a feed, by their names. */
    public record Subscriber(String feed, String subscription) {}

    void count(String feed, String subscription) {
        counts.computeIfAbsent(new Subscriber(feed, subscription), fresh -> new LongAdder())
                .increment();
    }

    /** How many there were of each since the process began; of a subscription that has had none, nothing is said. */
    public void each(ObjLongConsumer<Subscriber> reader) {
        counts.forEach((subscriber, count) -> reader.accept(subscriber, count.sum()));
    }

    /** The same of one feed, by subscription. */
    public Map<String, Long> of(String feed) {
        Map<String, Long> found = new TreeMap<>();
        each((subscriber, count) -> {
            if (subscriber.feed().equals(feed)) {
                found.put(subscriber.subscription(), count);
            }
        });
        return found;
    }
}

package io.leat.core;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Figures over spans of event time, as declared.
 *
 * @param name told with every result; unique within the feed
 * @param every how long a span is
 * @param slide how far apart spans begin; {@code every} for spans that do not overlap
 * @param allowedLateness for how long after its end a span is corrected
 * @param by the fields whose values share a figure; none: one figure for the whole feed
 * @param values what is computed; at least one
 */
public record Window(
        String name, Duration every, Duration slide, Duration allowedLateness, List<FieldPath> by, List<Value> values)
        implements Serializable {

    /** The most spans that one item may belong to. */
    public static final int MOST_OVERLAPS = 288;

    public Window {
        by = List.copyOf(by);
        values = List.copyOf(values);
        if (values.isEmpty() || slide.isZero() || slide.isNegative() || slide.compareTo(every) > 0) {
            throw new IllegalArgumentException("a window has values, and a slide above 0 and up to its length");
        }
        Set<String> names = new HashSet<>();
        for (Value value : values) {
            if (!names.add(value.name())) {
                throw new IllegalArgumentException("two values of one name: " + value.name());
            }
        }
    }

    /**
     * Whether every span that an item belongs to is closed: its end and the time for corrections are over.
     *
     * @param eventTimeMillis the item's, since 1970
     * @param time how far event time has come, milliseconds since 1970
     */
    public boolean isPast(long eventTimeMillis, long time) {
        long step = slide.toMillis();
        long end = Math.floorDiv(eventTimeMillis, step) * step + every.toMillis();
        return end + allowedLateness.toMillis() <= time;
    }

    /**
     * One figure.
     *
     * @param name told with its result
     * @param of how it is computed
     * @param field what it is computed from; {@code null} for {@link Aggregate#COUNT} of all items
     */
    public record Value(String name, Aggregate of, @Nullable FieldPath field) implements Serializable {
        public Value {
            if (field == null && of != Aggregate.COUNT) {
                throw new IllegalArgumentException(of + " needs a field");
            }
        }
    }

    /** How a figure is computed. An item without the field counts for none of them. */
    public enum Aggregate {
        /** Items, or items that have the field. */
        COUNT,
        /** The exact sum of numbers. */
        SUM,
        /** The mean of numbers, to 16 digits. */
        AVG,
        /** The least number. */
        MIN,
        /** The greatest number. */
        MAX,
        /** The value of the oldest item. */
        FIRST,
        /** The value of the newest item. */
        LAST,
        /** How many different values there are; exact for few, then within about 2 %. */
        DISTINCT,
        /** By what share the number of the newest item differs from that of the oldest: 0.05 for 5 % more. */
        RATE
    }
}

package io.leat.app.report;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When changes were extracted and appended, by where they stand in the log: 24 bytes each. For one thread.
 *
 * <p>Limit: {@value #MOST} changes; what comes beyond them is not timed.
 */
final class ToldTimes {

    private static final int MOST = 5_000_000;

    private final Map<Integer, Times> partitions = new HashMap<>();
    private int count;

    /** @param eventMillis when the scrape was extracted, milliseconds since 1970 */
    record Told(long eventMillis, long appendedMillis) {}

    /** Takes the next change of a partition, in its order. */
    void add(int partition, long offset, long eventMillis, long appendedMillis) {
        if (count < MOST) {
            count++;
            partitions.computeIfAbsent(partition, any -> new Times()).add(offset, eventMillis, appendedMillis);
        }
    }

    /** Those of a change; {@code null} if they are not known. */
    @Nullable
    Told at(int partition, long offset) {
        Times times = partitions.get(partition);
        return times == null ? null : times.at(offset);
    }

    private static final class Times {
        private long[] offsets = new long[64];
        private long[] events = new long[64];
        private long[] appends = new long[64];
        private int size;

        void add(long offset, long event, long append) {
            if (size == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * size);
                events = Arrays.copyOf(events, 2 * size);
                appends = Arrays.copyOf(appends, 2 * size);
            }
            offsets[size] = offset;
            events[size] = event;
            appends[size++] = append;
        }

        @Nullable
        Told at(long offset) {
            int place = Arrays.binarySearch(offsets, 0, size, offset);
            return place < 0 ? null : new Told(events[place], appends[place]);
        }
    }
}

package io.leat.core;

import java.util.List;

/**
 * The records of one key that wait to be let go in the order of their event time.
 *
 * @param gone the newest event time let go, microseconds since 1970; {@link Long#MIN_VALUE} if none was
 * @param entries who waits, oldest first
 * @param peaks the last records that were newer than all before them, in the order of their arrival; empty where disorder
 *     is not measured
 */
public record Waiting(long gone, List<Entry> entries, List<Peak> peaks) {

    /** Nobody has come yet. */
    public static final Waiting NONE = new Waiting(Long.MIN_VALUE, List.of(), List.of());

    public Waiting {
        entries = List.copyOf(entries);
        peaks = List.copyOf(peaks);
    }

    /**
     * One who waits.
     *
     * @param arrived when the broker took it, milliseconds since 1970
     * @param due when it goes whatever else comes, milliseconds since 1970 by the job's clock
     */
    public record Entry(Item item, long arrived, long due) {

        boolean isBefore(Entry other) {
            return item.eventTime() < other.item.eventTime()
                    || (item.eventTime() == other.item.eventTime() && item.tie() < other.item.tie());
        }
    }

    /** A record that was newer than all before it: when it arrived (milliseconds) and its event time (microseconds). */
    public record Peak(long arrived, long eventTime) {}

    /** When somebody has to go at the latest, by the job's clock; {@link Long#MAX_VALUE} if nobody waits. */
    public long firstDue() {
        long first = Long.MAX_VALUE;
        for (Entry entry : entries) {
            first = Math.min(first, entry.due());
        }
        return first;
    }
}

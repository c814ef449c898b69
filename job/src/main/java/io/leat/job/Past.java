package io.leat.job;

import io.leat.core.Change;
import io.leat.core.Known;
import io.leat.core.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the counters still have to hear of a key that the log is ahead with.
 *
 * @param known what was known of the key where the scrapes are that are read again, {@code null} for nothing
 * @param isBehind whether that is less than what is known now
 * @param departures when it was told as gone since, oldest first
 * @param told where the scrapes stand that told a change since and were not read again yet; see {@link #place}
 */
public record Past(@Nullable Known known, boolean isBehind, List<Change> departures, List<Long> told) {

    /** Nothing is left to hear. */
    public static final Past NONE = new Past(null, false, List.of(), List.of());

    private static final int OFFSET_BITS = 48;
    /** What an entry takes beside its texts, roughly. */
    private static final int ENTRY_BYTES = 300;

    public Past {
        departures = List.copyOf(departures);
        told = List.copyOf(told);
    }

    /** A place in the raw topic as one number. */
    static long place(Position position) {
        return (long) position.partition() << OFFSET_BITS | position.offset();
    }

    /** Whether there is nothing left to hear. */
    boolean isOver() {
        return !isBehind && told.isEmpty();
    }

    Past knowing(@Nullable Known next, List<Change> left) {
        return new Past(next, isBehind, left, told);
    }

    /** The key has caught up with what is known. */
    Past caughtUp() {
        return new Past(null, false, List.of(), told);
    }

    Past departing(Change gone) {
        List<Change> more = new ArrayList<>(departures);
        more.add(gone);
        return new Past(known, isBehind, more, told);
    }

    Past telling(Position source) {
        List<Long> more = new ArrayList<>(told);
        more.add(place(source));
        return new Past(known, isBehind, departures, more);
    }

    /** A partition has been read up to a place: what told before it will not be read again. */
    Past readTo(Position source) {
        List<Long> left = told.stream()
                .filter(place -> place >> OFFSET_BITS != source.partition() || place > place(source))
                .toList();
        return left.size() == told.size() ? this : new Past(known, isBehind, departures, left);
    }

    /** About how many bytes it takes. */
    long weight() {
        Known then = known;
        long texts = 0;
        if (then != null) {
            for (String value : then.compared().values()) {
                texts += value.length();
            }
            for (String path : then.compared().paths()) {
                texts += path.length();
            }
        }
        return ENTRY_BYTES * (1L + departures.size()) + texts + Long.BYTES * 3L * told.size();
    }
}

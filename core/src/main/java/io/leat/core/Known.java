package io.leat.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a key: the fence, the values last told, the number of changes told, and what was seen since.
 *
 * <p>The fence is the pair (event time, tie) of the newest item accepted. Whatever is not above it is stale or a repeat.
 *
 * <p>Right after a change everything here follows from the change alone ({@link #told}), but for a held item that is newer
 * still. What is remembered beyond that is a fold over later scrapes, which are read again after a crash. So it need not
 * stand in the log.
 *
 * @param eventTime microseconds since 1970; {@link Evidence#UNKNOWN} if no item was accepted yet
 * @param tie orders items of one moment
 * @param seq how many changes of this key have been told; 0 if it is only remembered
 * @param compared the values last told, or remembered silently
 * @param firstSeen event time of the key's first item, {@link Evidence#UNKNOWN} if not known
 * @param unchanged how many newer items told nothing since the last change
 * @param settling new values of debounced fields that were not seen for long enough
 * @param held the newest implausible item, {@code null} if there is none
 */
public record Known(
        long eventTime,
        long tie,
        long seq,
        Compared compared,
        long firstSeen,
        long unchanged,
        List<Settling> settling,
        @Nullable Held held) {

    private static final Compared NOTHING = new Compared(List.of(), List.of());

    public Known {
        settling = List.copyOf(settling);
    }

    /** What is known where only the fence, the values and the number of changes are. */
    public Known(long eventTime, long tie, long seq, Compared compared) {
        this(eventTime, tie, seq, compared, Evidence.UNKNOWN, 0, List.of(), null);
    }

    /** What is known of a key right after a change. */
    public static Known told(Change change, Compared compared) {
        return new Known(
                change.eventTime(),
                change.tie(),
                change.seq(),
                compared,
                change.evidence().firstSeen(),
                0,
                List.of(),
                null);
    }

    /** What is known of a key of which nothing but an implausible item has been seen. */
    static Known onlyHeld(Held held) {
        return new Known(Evidence.UNKNOWN, Long.MIN_VALUE, 0, NOTHING, Evidence.UNKNOWN, 0, List.of(), held);
    }

    /** Whether (event time, tie) lies above the fence. */
    public boolean isBelow(long otherEventTime, long otherTie) {
        return otherEventTime > eventTime || (otherEventTime == eventTime && otherTie > tie);
    }

    /** Whether no item of the key was accepted yet. */
    boolean isBlank() {
        return eventTime == Evidence.UNKNOWN;
    }

    /** The newest moment at which the key was seen, plausible or not. */
    public long lastSeen() {
        return held == null ? eventTime : Math.max(eventTime, held.eventTime());
    }

    /** After a newer item that told nothing. */
    Known seen(Item item, Compared values, List<Settling> nowSettling) {
        return new Known(
                item.eventTime(), item.tie(), seq, values, firstSeen, unchanged + 1, nowSettling, heldAbove(item));
    }

    /** The same with another held item. */
    Known holding(@Nullable Held other) {
        return new Known(eventTime, tie, seq, compared, firstSeen, unchanged, settling, other);
    }

    /** The same, with a held item if that is newer than everything here. */
    Known keepingHeld(@Nullable Held old) {
        return old != null && isBelowHeld(old) ? holding(old) : this;
    }

    @Nullable
    Settling settlingAt(String path) {
        for (Settling each : settling) {
            if (each.path().equals(path)) {
                return each;
            }
        }
        return null;
    }

    private boolean isBelowHeld(Held other) {
        return isBelow(other.eventTime(), other.tie());
    }

    private @Nullable Held heldAbove(Item item) {
        return held != null && !held.isBelow(item.eventTime(), item.tie()) ? held : null;
    }
}

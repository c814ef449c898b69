package io.leat.core;

import org.jspecify.annotations.Nullable;

/**
 * Brings what is known of a key up to a change that is already in the log.
 *
 * <p>A checkpoint may be older than the log. Everything the log holds beyond it has been told and must not be told again,
 * so it becomes part of what is known before any input is taken.
 */
public sealed interface RollForward {

    /** The change is newer than what was known: remember it. */
    record Advanced(Known next) implements RollForward {}

    /** The checkpoint already reflects the change. */
    record AlreadyKnown() implements RollForward {}

    /**
     * A change is missing between what is known and the log: the log is torn, was cut, or has a foreign writer.
     *
     * @param expectedSeq the number that should have followed
     */
    record Gap(long expectedSeq) implements RollForward {}

    /**
     * Decides one change of the log, in log order.
     *
     * @param known what is remembered of the key; {@code null} if nothing
     * @param change the change
     * @param compared its compared values
     * @param firstMayBeLate whether the oldest changes of a key may be gone, as in a compacted log read from its start
     */
    static RollForward decide(@Nullable Known known, Change change, Compared compared, boolean firstMayBeLate) {
        Advanced advanced = new Advanced(Known.told(known, change, compared));
        RollForward first = change.seq() == 1 || firstMayBeLate ? advanced : new Gap(1);
        if (known == null) {
            return first;
        }
        if (isUpToReset(known, change)) {
            return new AlreadyKnown();
        }
        boolean isAbove =
                change.op() == Op.RESET || known.isBelow(change.eventTime(), change.tie()) || isReleased(known, change);
        if (known.isBlank()) {
            return isAbove ? first : new AlreadyKnown(); // of a life that was forgotten since
        }
        if (change.op() == Op.NEW) {
            return isAbove ? advanced : new AlreadyKnown(); // a key that was forgotten begins anew
        }
        if (isOfAnotherLife(known, change)) {
            return isAbove ? first : new AlreadyKnown(); // seq 1 without op new: a life that began silently
        }
        if (change.seq() <= known.seq()) {
            return new AlreadyKnown();
        }
        return isAbove && change.seq() == known.seq() + 1 ? advanced : new Gap(known.seq() + 1);
    }

    /** Whether a change is the last reset that is known, or was told before it; what followed may be forgotten. */
    private static boolean isUpToReset(Known known, Change change) {
        Floor last = known.floor();
        if (last == null) {
            return false;
        }
        if (last.equals(change.floor())) {
            return change.op() == Op.RESET;
        }
        return change.floor() == null
                ? last.isAbove(change.source(), "")
                : change.floor().precedes(last);
    }

    /** Whether a change tells the very item that was held. */
    private static boolean isReleased(Known known, Change change) {
        return known.held() != null && known.eventTime() == change.eventTime() && known.tie() == change.tie();
    }

    /** Whether a change belongs to an earlier or later life of the key; each is named by its first moment. */
    private static boolean isOfAnotherLife(Known known, Change change) {
        long first = change.evidence().firstSeen();
        return first != Evidence.UNKNOWN && known.firstSeen() != Evidence.UNKNOWN && first != known.firstSeen();
    }
}

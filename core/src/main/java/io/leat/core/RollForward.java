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
     * @param seq the change's number
     * @param told what to remember if the change is newer
     * @param firstMayBeLate whether the oldest changes of a key may be gone, as in a compacted log read from its start
     */
    static RollForward decide(@Nullable Known known, long seq, Known told, boolean firstMayBeLate) {
        long knownSeq = known == null ? 0 : known.seq();
        if (seq <= knownSeq) {
            return new AlreadyKnown();
        }
        if (seq > knownSeq + 1 && !(known == null && firstMayBeLate)) {
            return new Gap(knownSeq + 1);
        }
        if (known != null && !known.isBelow(told.eventTime(), told.tie())) {
            return new Gap(knownSeq + 1);
        }
        return new Advanced(told);
    }
}

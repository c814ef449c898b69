package io.leat.testkit;

import java.util.Locale;

/** What can be wrong with a change log. */
public enum Fault {
    /** A change or a key the reference expects is not there. */
    LOST,
    /** An id stands in the log twice. */
    DUP,
    /** What a change calls before is not what the change ahead of it left; {@code new} is not first, or alone first. */
    CHAIN,
    /** The numbers of a key's changes are not 1, 2, 3 … */
    SEQ,
    /** Event time goes back within a key. */
    TIME,
    /** The last change of a key does not leave the value the reference expects. */
    FINAL,
    /** A change the reference does not expect. */
    EXTRA,
    /** A key's changes stand in more than one partition. */
    SPLIT,
    /** A change that changes nothing compared. */
    SAME;

    /** The word it is counted under. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

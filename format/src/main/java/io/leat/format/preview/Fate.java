package io.leat.format.preview;

import io.leat.core.Change;
import org.jspecify.annotations.Nullable;

/**
 * What became of a record.
 *
 * @param kind in a word
 * @param change what was told, {@code null} if nothing was
 * @param why it was refused; empty if it was not
 */
public record Fate(Kind kind, @Nullable Change change, String why) {

    static final Fate SILENT = new Fate(Kind.SILENT, null, "");

    /** In a word. */
    public enum Kind {
        NEW,
        CHANGED,
        HELD,
        REFUSED,
        /** Unchanged, stale, late or not settled yet: nothing is told. */
        SILENT
    }

    /** Whether both say the same of a record. */
    boolean isLike(Fate other) {
        Change mine = change;
        Change theirs = other.change;
        boolean isSame = kind == other.kind;
        return mine == null || theirs == null
                ? isSame
                : isSame && mine.key().equals(theirs.key()) && mine.changed().equals(theirs.changed());
    }
}

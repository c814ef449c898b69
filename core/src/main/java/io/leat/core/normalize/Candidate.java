package io.leat.core.normalize;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A figure of a line and what stands beside it, while the line is read. Of one thread. */
final class Candidate {

    /** The place of the figure among the tokens. */
    final int at;

    /** The place of the first token that belongs to it: a mark, a minus, the figure itself. */
    int first;

    /** The place after the last token that belongs to it. */
    int end;

    /** The place of a figure that is more of this number; {@code -1} if there is none. */
    int goesOnAt = -1;

    Figure figure;
    List<Mark> before;
    List<Mark> after;
    boolean endsRange;

    /** Why it is no price, {@code null} if it may be one. */
    @Nullable
    String noPrice;

    /** Why the whole text cannot be read, {@code null} if it can. */
    @Nullable
    String doubt;

    Candidate(int at, Figure figure) {
        this.at = at;
        this.first = at;
        this.end = at + 1;
        this.figure = figure;
        this.before = List.of();
        this.after = List.of();
    }

    boolean isMarked() {
        return !before.isEmpty() || !after.isEmpty();
    }

    /** The marks beside it; weak ones only if there are no others. */
    List<Mark> marks() {
        if (before.isEmpty() && after.size() == 1) {
            return after;
        }
        if (after.isEmpty() && before.size() == 1) {
            return before;
        }
        List<Mark> all = new ArrayList<>(before);
        for (Mark mark : after) {
            if (!all.contains(mark)) {
                all.add(mark);
            }
        }
        if (!Mark.areWeak(all)) {
            all.removeIf(Mark::isWeak);
        }
        return all;
    }

    /** Says why it can be read in several ways, unless that has been said. */
    void doubt(String why) {
        if (doubt == null) {
            doubt = why;
        }
    }

    /** Whether one of its marks is nothing else. */
    boolean isSure(Locality locality) {
        return isSure(before, locality) || isSure(after, locality);
    }

    private static boolean isSure(List<Mark> marks, Locality locality) {
        for (Mark mark : marks) {
            boolean mayBeOther = mark.isWeak() || mark.isLetter();
            if (!mayBeOther || Currencies.KNOWN.isLocal(mark, locality)) {
                return true;
            }
        }
        return false;
    }

    void refuse(String why) {
        if (noPrice == null) {
            noPrice = why;
        }
    }
}

package io.leat.format;

import io.leat.core.Change;
import io.leat.core.Item;
import io.leat.core.Op;
import io.leat.core.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the change log says of one key, and how far the records that were read go along with it. For one thread. */
final class KeyLog {

    private final List<LoggedChange> changes = new ArrayList<>();
    private final Map<Position, Integer> byPosition = new HashMap<>();
    private int passed;

    void add(LoggedChange change) {
        changes.add(change);
    }

    /** The last change that was told before the raw topic begins, {@code null} if there is none. The log is whole now. */
    @Nullable
    LoggedChange base(Tracing.Origin origin) {
        while (passed < changes.size() && origin.isBefore(changes.get(passed))) {
            passed++;
        }
        for (int i = passed; i < changes.size(); i++) {
            if (!isGone(i)) {
                byPosition.put(changes.get(i).change().source(), i);
            }
        }
        return passed == 0 ? null : changes.get(passed - 1);
    }

    /** Where the occasions stand at which the key was told as gone. */
    List<Position> occasions() {
        List<Position> occasions = new ArrayList<>();
        for (int i = passed; i < changes.size(); i++) {
            if (isGone(i)) {
                occasions.add(changes.get(i).change().source());
            }
        }
        return occasions;
    }

    /** Whether it holds more changes than were met yet. */
    boolean goesOn() {
        return passed < changes.size();
    }

    /** The changes not met yet that tell the key as gone, as far as they come before what this record told. */
    List<LoggedChange> goneBefore(Position at) {
        Integer index = byPosition.get(at);
        return index == null ? List.of() : gone(index);
    }

    /** The changes not met yet that tell the key as gone, as far as the one that had its occasion here. */
    List<LoggedChange> goneAt(Position occasion) {
        for (int i = changes.size() - 1; i >= passed; i--) {
            if (isGone(i) && changes.get(i).change().source().equals(occasion)) {
                return gone(i + 1);
            }
        }
        return List.of();
    }

    private List<LoggedChange> gone(int end) {
        List<LoggedChange> gone = new ArrayList<>();
        for (int i = passed; i < end; i++) {
            if (isGone(i)) {
                gone.add(changes.get(i));
                passed = i + 1;
            }
        }
        return gone;
    }

    /** The change that an item told, {@code null} if the log says of none. */
    @Nullable
    LoggedChange match(Item item) {
        Integer index = byPosition.get(item.source());
        if (index == null || changes.get(index).change().eventTime() != item.eventTime()) {
            return null; // of another topic that had this name
        }
        passed = Math.max(passed, index + 1);
        return changes.get(index);
    }

    /** How the log goes with a change that was decided again, where none matches it. */
    TracedRecord.Agreement withoutMatch(Change told) {
        List<LoggedChange> later = changes.subList(passed, changes.size());
        boolean isTaken = later.stream()
                .map(LoggedChange::change)
                .anyMatch(change -> change.seq() == told.seq()
                        && change.evidence().firstSeen() == told.evidence().firstSeen());
        if (isTaken) {
            return TracedRecord.Agreement.DIFFERS;
        }
        return later.isEmpty() ? TracedRecord.Agreement.NOT_YET : TracedRecord.Agreement.NO_LONGER;
    }

    private boolean isGone(int index) {
        return changes.get(index).change().op() == Op.GONE;
    }
}

package io.leat.app.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Something runs short, or does so no more.
 *
 * @param isOver whether it does so no more
 * @param used bytes in use; of the disk those that are left
 * @param limit bytes there may be; of the disk those that should be left
 */
record Alarm(What what, boolean isOver, long used, long limit) {

    /** What runs short. */
    enum What {
        /** The heap, after a collection. */
        MEMORY,
        /** The disk of the data directory. */
        DISK,
        /** What the feed allows its state. */
        STATE;

        /** The word in records: {@code memory}. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private boolean isMeasured(Room room) {
            return switch (this) {
                case MEMORY -> room.heap() > 0;
                case DISK -> room.heapLimit() > 0;
                case STATE -> room.state() > 0;
            };
        }

        private Alarm look(Room room) {
            return switch (this) {
                case MEMORY -> new Alarm(this, !room.isShortOfMemory(), room.heap(), room.heapLimit());
                case DISK -> new Alarm(this, !room.isShortOfDisk(), room.diskFree(), Room.DISK_ALARM);
                case STATE -> new Alarm(this, !room.isStateLarge(), room.state(), room.stateLimit());
            };
        }
    }

    /**
     * What is to be said of the room. Of what was not measured yet, nothing.
     *
     * @param raised what was said to run short since the start
     * @param before what was said to run short by an earlier run
     */
    static List<Alarm> of(Room room, Set<What> raised, Set<What> before) {
        List<Alarm> alarms = new ArrayList<>();
        for (What what : What.values()) {
            Alarm alarm = what.look(room);
            boolean isNews = alarm.isOver() ? raised.contains(what) || before.contains(what) : !raised.contains(what);
            if (isNews && what.isMeasured(room)) {
                alarms.add(alarm);
            }
        }
        return alarms;
    }

    /** For the log file. */
    String sentence() {
        if (isOver) {
            return "There is room again: %s, %s of %s bytes.".formatted(what.word(), used, limit);
        }
        return switch (what) {
            case MEMORY ->
                "Memory is getting short: %s of %s bytes of heap are in use. Start with a larger heap, or with 'state: disk' in the feed file."
                        .formatted(used, limit);
            case DISK -> "The disk is getting full: %s bytes are left.".formatted(used);
            case STATE ->
                "The state is getting large: %s of %s bytes. Let keys expire ('expire_after'), or raise 'state.limit'."
                        .formatted(used, limit);
        };
    }
}

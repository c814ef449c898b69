package io.leat.app.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    }

    /** What has changed between two looks. */
    static List<Alarm> between(Room before, Room now) {
        List<Alarm> alarms = new ArrayList<>();
        if (before.isShortOfMemory() != now.isShortOfMemory()) {
            alarms.add(new Alarm(What.MEMORY, !now.isShortOfMemory(), now.heap(), now.heapLimit()));
        }
        if (before.isShortOfDisk() != now.isShortOfDisk()) {
            alarms.add(new Alarm(What.DISK, !now.isShortOfDisk(), now.diskFree(), Room.DISK_ALARM));
        }
        if (before.isStateLarge() != now.isStateLarge()) {
            alarms.add(new Alarm(What.STATE, !now.isStateLarge(), now.state(), now.stateLimit()));
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

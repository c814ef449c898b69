package io.leat.app.panel;

import io.leat.app.embedded.Figures;
import io.leat.app.embedded.Room;

/** Figures as words; a dash where there is nothing to tell yet. */
final class Readings {

    static final long SILENT_MILLIS = 5_000;
    private static final String NONE = "–";

    private Readings() {}

    static String lag(Figures figures) {
        return figures.newestEventMillis() == Long.MIN_VALUE
                ? NONE
                : Amounts.span(Math.max(0, figures.at() - figures.newestEventMillis()));
    }

    static String memory(Figures figures) {
        Room room = figures.room();
        String used = room.heap() == 0
                ? NONE
                : "%s of %s".formatted(Amounts.bytes(room.heap()), Amounts.bytes(room.heapLimit()));
        return room.isShortOfMemory() ? used + " SHORT" : used;
    }

    static String state(Figures figures) {
        Room room = figures.room();
        if (room.state() == 0) {
            return NONE;
        }
        String size = Amounts.bytes(room.state());
        String used = room.isStateLimited() ? "%s of %s".formatted(size, Amounts.bytes(room.stateLimit())) : size;
        return room.isStateLarge() ? used + " LARGE" : used;
    }

    static String disk(Figures figures) {
        Room room = figures.room();
        String used = room.heapLimit() == 0 ? NONE : Amounts.bytes(room.disk());
        return room.isShortOfDisk() ? used + ", " + Amounts.bytes(room.diskFree()) + " LEFT" : used;
    }

    /** How long records wait for older ones, and how many do. */
    static String waits(Figures figures) {
        Figures.Order order = figures.order();
        return order.waitMillis() == 0 && order.waiting() == 0
                ? NONE
                : "%s, %s now".formatted(Amounts.span(order.waitMillis()), Amounts.count(order.waiting()));
    }

    static String checkpoint(Figures figures) {
        Figures.Checkpoint last = figures.checkpoint();
        return last.completed() == 0
                ? NONE
                : "%s, %s ago"
                        .formatted(
                                Amounts.span(last.durationMillis()),
                                Amounts.span(Math.max(0, figures.at() - last.completedAt())));
    }

    static String p50(Figures figures) {
        return figures.latency().samples() == 0
                ? NONE
                : Amounts.span(figures.latency().p50Millis());
    }

    static String p99(Figures figures) {
        return figures.latency().samples() == 0
                ? NONE
                : Amounts.span(figures.latency().p99Millis());
    }
}

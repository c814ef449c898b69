package io.leat.app.panel;

import io.leat.app.embedded.Figures;
import io.leat.app.embedded.Room;

/** Figures as words; a dash where there is nothing to tell yet. */
final class Readings {

    static final long SILENT_MILLIS = 5_000;
    private static final String NONE = "–";

    private Readings() {}

    static String lag(Figures figures) {
        return figures.newest().isNear()
                ? Amounts.span(Math.max(0, figures.at() - figures.newest().millis()))
                : NONE;
    }

    /** How many records have not been read. */
    static String unread(Figures figures) {
        return figures.behind().known() ? Amounts.count(figures.behind().records()) : NONE;
    }

    /** How old the oldest record is that has not been read, and where it stands. */
    static String behind(Figures figures) {
        Figures.Behind behind = figures.behind();
        if (!behind.known()) {
            return NONE;
        }
        return behind.partition() < 0
                ? Amounts.span(0L)
                : "%s, partition %s".formatted(Amounts.span(behind.millis()), behind.partition());
    }

    /** The same without where it stands. */
    static String behindBriefly(Figures figures) {
        return figures.behind().known()
                ? Amounts.span(Math.max(0, figures.behind().millis()))
                : NONE;
    }

    static String memory(Figures figures) {
        Room room = figures.room();
        String used = room.heapLimit() == 0
                ? NONE
                : "%s of %s".formatted(Amounts.bytes(room.heapUsed()), Amounts.bytes(room.heapLimit()));
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

    static String p50(Figures.Latency latency) {
        return latency.samples() == 0 ? NONE : Amounts.span(latency.p50Millis());
    }

    static String p99(Figures.Latency latency) {
        return latency.samples() == 0 ? NONE : Amounts.span(latency.p99Millis());
    }

    /** How old a change is; that of a recording says nothing. */
    static String age(long millis) {
        return Figures.isNear(millis) ? Amounts.span(millis) : "";
    }

    /** What the heap held when it was last cleared. */
    static String cleared(Figures figures) {
        return figures.room().heap() == 0 ? NONE : Amounts.bytes(figures.room().heap());
    }
}

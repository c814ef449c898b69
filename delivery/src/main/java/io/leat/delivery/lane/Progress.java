package io.leat.delivery.lane;

import java.util.TreeSet;

/** Which offsets of a partition are done, in whatever order they were. */
final class Progress {

    private final long epoch;
    private final TreeSet<Long> open;
    private long next;
    private long end;

    Progress(Cursor from) {
        this.epoch = from.epoch();
        this.open = new TreeSet<>(from.open());
        this.next = from.position();
        this.end = from.end();
    }

    /** The next offset to be offered. */
    long next() {
        return next;
    }

    /** Whether the offset is still to be dealt with: not offered yet, and not done in an earlier life. */
    boolean wants(long offset) {
        return offset >= next && (offset >= end || open.contains(offset));
    }

    /** The offset is taken and not done. */
    void take(long offset) {
        moveTo(offset + 1);
        open.add(offset);
    }

    /** The offset needs nothing to be done. */
    void pass(long offset) {
        moveTo(offset + 1);
    }

    /** Everything before the offset was offered, if it is there at all: some offsets are markers, others compacted away. */
    void moveTo(long offset) {
        if (offset > next) {
            forgetUnoffered(offset);
            next = offset;
            end = Math.max(end, next);
        }
    }

    /** What is open at or above {@code next} comes from an earlier life; passed by, it is not in the log any more. */
    private void forgetUnoffered(long before) {
        open.subSet(next, before).clear();
    }

    /** A taken offset is done. */
    void done(long offset) {
        open.remove(offset);
    }

    boolean isOpen(long offset) {
        return open.contains(offset);
    }

    Cursor cursor(Trials trials) {
        return new Cursor(epoch, end, open, trials);
    }

    long position() {
        return open.isEmpty() ? end : open.first();
    }
}

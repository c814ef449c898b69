package io.leat.core;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How far event time has come over the partitions that one task reads: as far as the one that is furthest behind, silent
 * ones left out; as far as the furthest once all are silent.
 *
 * <p>A partition is silent once the broker has said several times, with no item in between, that it holds nothing that was
 * not read. Time alone makes none silent: a backlog, a slow start and a process that stood still look the same to a clock.
 * Where a record has said that nothing more comes, it is silent at once; in a later life, once the broker says so too.
 *
 * <p>Event times in milliseconds. Used by one thread.
 */
public final class EventProgress {

    /** Before any item. */
    public static final long NEVER = Long.MIN_VALUE;

    private final int looksToSilence;
    private final Map<Integer, Part> parts = new HashMap<>();
    private long time = NEVER;

    /** What is known of a partition. */
    private static final class Part {
        private long next;
        private long newest = NEVER;
        private boolean isEnded;
        private int looks;
        private boolean isAhead;

        Part(long next) {
            this.next = next;
        }
    }

    /**
     * Where a partition begins and ends.
     *
     * @param first the offset of its first record
     * @param next the offset that its next record will have at least; no record stands there or beyond
     */
    public record Extent(long first, long next) implements Serializable {}

    /**
     * How far a partition had come when its reader's state was saved.
     *
     * @param newest the greatest event time that was read in it, {@link #NEVER} if none was
     * @param isEnded whether a record said that nothing more comes, and no item came since
     */
    public record Reached(long newest, boolean isEnded) {
        /** Nothing was read. */
        public static final Reached NOTHING = new Reached(NEVER, false);
    }

    /** @param looksToSilence how often a partition must have been found read to its end */
    public EventProgress(int looksToSilence) {
        this.looksToSilence = looksToSilence;
    }

    /**
     * A partition is to be read.
     *
     * @param offset from here; below 0 for from its first record
     * @param reached what was read before
     */
    public void begin(int partition, long offset, Reached reached) {
        Part part = new Part(offset);
        part.newest = reached.newest();
        part.isEnded = reached.isEnded();
        parts.putIfAbsent(partition, part);
    }

    /** How far a partition has come. */
    public Reached reached(int partition) {
        Part part = parts.get(partition);
        return part == null ? Reached.NOTHING : new Reached(part.newest, part.isEnded);
    }

    /**
     * A record has been read.
     *
     * @param eventTime {@link #NEVER} if it is none that has one
     */
    public void read(int partition, long offset, long eventTime) {
        Part part = parts.computeIfAbsent(partition, number -> new Part(offset));
        part.next = offset + 1;
        if (eventTime != NEVER) {
            part.looks = 0;
            part.isEnded = false;
            part.newest = Math.max(part.newest, eventTime);
        }
    }

    /** A record has been read that says that nothing more comes for now. */
    public void ended(int partition, long offset) {
        read(partition, offset, NEVER);
        parts.computeIfPresent(partition, (number, part) -> {
            part.isEnded = true;
            part.looks = looksToSilence;
            return part;
        });
    }

    /** Somebody has looked where partitions begin and end. */
    public void looked(Map<Integer, Extent> extents) {
        extents.forEach((partition, extent) -> {
            Part part = parts.get(partition);
            if (part != null) {
                part.next = Math.max(part.next, extent.first());
                if (part.next < extent.next()) {
                    part.looks = 0;
                } else if (part.isEnded) {
                    part.looks = looksToSilence;
                } else {
                    part.looks++;
                }
            }
        });
    }

    /** Whether all that is read here has been read up to these ends; of a partition that is not among them, nobody knows. */
    public boolean hasReached(Map<Integer, Extent> ends) {
        for (Map.Entry<Integer, Part> part : parts.entrySet()) {
            Extent end = ends.get(part.getKey());
            if (end == null || part.getValue().next < end.next()) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is nothing to be read here. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether all partitions are silent. */
    public boolean isSilent() {
        for (Part part : parts.values()) {
            if (!isSilent(part)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSilent(Part part) {
        return part.looks >= looksToSilence;
    }

    /** Up to when everything has come that is not late: what is older has been read. Never goes back. */
    public long time() {
        long behind = Long.MAX_VALUE;
        long furthest = NEVER;
        for (Part part : parts.values()) {
            furthest = Math.max(furthest, part.newest);
            if (!isSilent(part)) {
                behind = Math.min(behind, part.newest);
            }
        }
        time = Math.max(time, behind == Long.MAX_VALUE ? furthest : behind);
        return time;
    }

    /**
     * Partitions that are too far ahead of the others to be read on for now. One that was too far ahead is so until it is
     * well within reach.
     *
     * @param reach how far one may be ahead
     */
    public Collection<Integer> tooFarAhead(long reach) {
        long base = time == NEVER ? leastRead() : time;
        Collection<Integer> ahead = new TreeSet<>();
        parts.forEach((partition, part) -> {
            boolean mayBe = part.newest != NEVER && base != Long.MAX_VALUE;
            part.isAhead = mayBe && part.newest - base > (part.isAhead ? reach / 2 : reach);
            if (part.isAhead) {
                ahead.add(partition);
            }
        });
        return ahead;
    }

    private long leastRead() {
        long least = Long.MAX_VALUE;
        for (Part part : parts.values()) {
            least = part.newest == NEVER ? least : Math.min(least, part.newest);
        }
        return least;
    }
}

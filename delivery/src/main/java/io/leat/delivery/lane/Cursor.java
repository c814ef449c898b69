package io.leat.delivery.lane;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How far a subscription is in a partition: everything below {@code end} is done but what is open.
 *
 * @param epoch counts replays; a cursor of an older epoch no longer holds
 * @param end the offset after the last one read
 * @param open offsets below {@code end} that are not done
 * @param trials what of it has failed
 * @param mark what tells the end that was written to from another of its name; empty if nothing does
 */
public record Cursor(long epoch, long end, SortedSet<Long> open, Trials trials, String mark) {

    private static final Pattern MARK = Pattern.compile("[A-Za-z0-9_-]{0,64}");

    public Cursor {
        open = Collections.unmodifiableSortedSet(new TreeSet<>(open));
        if (!MARK.matcher(mark).matches()) {
            throw new IllegalArgumentException("not a mark: " + mark);
        }
    }

    /** Without a mark. */
    public Cursor(long epoch, long end, SortedSet<Long> open, Trials trials) {
        this(epoch, end, open, trials, "");
    }

    /** The same with a mark. */
    public Cursor marked(String other) {
        return new Cursor(epoch, end, open, trials, other);
    }

    /** Nothing is open. */
    public static Cursor at(long epoch, long offset) {
        return new Cursor(epoch, offset, new TreeSet<>(), Trials.NONE);
    }

    /** Everything below is done: the offset that is committed, and that shows as the client's lag. */
    public long position() {
        return open.isEmpty() ? end : open.first();
    }

    /**
     * The same in a log as it is now. One that ends before the cursor is not the log it was committed of: it was made anew,
     * and is read from its beginning.
     */
    public Cursor within(long beginning, long endOfLog) {
        return position() > endOfLog ? at(epoch, beginning) : this;
    }
}

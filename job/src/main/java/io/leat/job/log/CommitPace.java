package io.leat.job.log;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How far apart the commits of a partition lie: as asked, where that is what makes readers wait. Where commits take long, the
 * broker or this machine is busy, and fewer and larger ones get more done. And a change that is late anyway may wait for a
 * small part of that again: far behind transactions are large, and with the distance they grow small.
 *
 * <p>{@link #took} is for one thread, {@link #carries} and {@link #committing} for another, the rest for any.
 */
final class CommitPace {

    /** No commits lie further apart than this, unless asked. */
    static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** This many times as long as commits take lies between two. */
    private static final int TIMES = 2;
    /** The shortest of so many counts: a single one that takes long is an accident. */
    private static final int LOOKED_AT = 4;
    /** What is late may come later by this part of it. */
    private static final int PART = 10;

    private static final long NOTHING = Long.MAX_VALUE;

    private final long askedNanos;
    private final long[] took = new long[LOOKED_AT];
    private int commits;
    private volatile long shortest;
    private volatile long youngestMillis = NOTHING;

    CommitPace(long askedNanos) {
        this.askedNanos = askedNanos;
    }

    /** A commit took so long, from the flush until it was decided. */
    void took(long nanos) {
        took[Math.floorMod(commits++, LOOKED_AT)] = nanos;
        shortest = Arrays.stream(took).min().orElse(0);
    }

    /** The open transaction tells a change that was seen so long ago, milliseconds; below 0 for one of the future. */
    void carries(long ageMillis) {
        youngestMillis = Math.min(youngestMillis, Math.max(0, ageMillis));
    }

    /** The open transaction is being committed. */
    void committing() {
        youngestMillis = NOTHING;
    }

    long everyNanos() {
        long needed = Math.max(TIMES * shortest, lateNanos());
        return Math.max(askedNanos, Math.min(needed, LONGEST_NANOS));
    }

    /** Whether the open transaction waits longer than was asked because what it tells is late. */
    boolean isBehind() {
        return lateNanos() > askedNanos;
    }

    private long lateNanos() {
        long youngest = youngestMillis;
        return youngest == NOTHING ? 0 : TimeUnit.MILLISECONDS.toNanos(youngest) / PART;
    }
}

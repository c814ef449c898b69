package io.leat.job.log;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How far apart the commits of a partition lie: as asked while they are quick. Where they take long, the broker or this
 * machine is busy, and fewer and larger ones get more done. {@link #took} is for one thread, {@link #everyNanos} for any.
 */
final class CommitPace {

    /** No commits lie further apart than this, unless asked. */
    static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** This many times as long as commits take lies between two. */
    private static final int TIMES = 2;
    /** The shortest of so many counts: a single one that takes long is an accident. */
    private static final int LOOKED_AT = 4;

    private final long askedNanos;
    private final long[] took = new long[LOOKED_AT];
    private int commits;
    private volatile long shortest;

    CommitPace(long askedNanos) {
        this.askedNanos = askedNanos;
    }

    /** A commit took so long, from the flush until it was decided. */
    void took(long nanos) {
        took[Math.floorMod(commits++, LOOKED_AT)] = nanos;
        shortest = Arrays.stream(took).min().orElse(0);
    }

    long everyNanos() {
        return Math.max(askedNanos, Math.min(TIMES * shortest, LONGEST_NANOS));
    }
}

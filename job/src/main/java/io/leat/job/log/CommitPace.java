package io.leat.job.log;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How far apart the commits of a partition lie: as asked while they are quick. Where they take long, the broker or this
 * machine is busy, and where the job is behind, its input waits far longer than for a commit: fewer and larger ones get
 * more done. {@link #took} is for one thread, {@link #everyNanos} for any.
 */
final class CommitPace {

    /** No commits lie further apart than this, unless asked. */
    static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** This many times as long as commits take lies between two. */
    private static final int TIMES = 2;
    /** The shortest of so many counts: a single one that takes long is an accident. */
    private static final int LOOKED_AT = 4;

    private final long askedNanos;
    private final BooleanSupplier behind;
    private final long[] took = new long[LOOKED_AT];
    private int commits;
    private volatile long shortest;

    CommitPace(long askedNanos, BooleanSupplier behind) {
        this.askedNanos = askedNanos;
        this.behind = behind;
    }

    /** A commit took so long, from the flush until it was decided. */
    void took(long nanos) {
        took[Math.floorMod(commits++, LOOKED_AT)] = nanos;
        shortest = Arrays.stream(took).min().orElse(0);
    }

    long everyNanos() {
        long stretched = behind.getAsBoolean() ? LONGEST_NANOS : Math.min(TIMES * shortest, LONGEST_NANOS);
        return Math.max(askedNanos, stretched);
    }
}

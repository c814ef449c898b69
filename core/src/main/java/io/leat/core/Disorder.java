package io.leat.core;

import java.util.Arrays;

/**
 * What disorder a source has shown, and the shortest wait that would have kept 99.9 % of its records in order.
 *
 * <p>Of every record it takes how long the newer ones of its key would have had to wait for it: 0 for most. Old
 * observations fade, so that the wait follows the source. Used by one thread.
 */
public final class Disorder {

    /** The share that is to stay in order. */
    public static final double SHARE = 0.999;
    /** The wait until enough is known, milliseconds. */
    public static final long FIRST_BOUND = 1_000;
    /** No wait is longer, milliseconds. */
    public static final long LONGEST_BOUND = 60_000;
    /** The source of keys that name none. */
    public static final String THE_REST = "";
    /** From this many records on, what was observed decides. */
    static final int ENOUGH = 1_024;

    private static final int FADE_AT = 100_000;
    private static final int STEPS_PER_DOUBLING = 4;
    private static final int BUCKETS = 2 + STEPS_PER_DOUBLING * 16;

    private static final int REFRESH_EVERY = 256;

    private final long[] counts;
    private long total;
    private long bound;

    public Disorder() {
        this(new long[BUCKETS]);
    }

    private Disorder(long[] counts) {
        this.counts = counts;
        this.total = Arrays.stream(counts).sum();
        this.bound = needed();
    }

    /** Goes on from {@link #counts}; those of another layout are forgotten. */
    public static Disorder of(long[] counts) {
        return counts.length == BUCKETS ? new Disorder(counts.clone()) : new Disorder();
    }

    /** The source a key belongs to: its first field, if it has several and that is a text; all others are of one. */
    public static String sourceOf(String key) {
        if (!key.startsWith("[\"")) {
            return THE_REST;
        }
        for (int i = 2; i < key.length(); i++) {
            if (key.charAt(i) == '\\') {
                i++;
            } else if (key.charAt(i) == '"') {
                return key.charAt(i + 1) == ',' ? key.substring(2, i) : THE_REST;
            }
        }
        return THE_REST;
    }

    /** What has been observed, to be kept. */
    public long[] counts() {
        return counts.clone();
    }

    /**
     * Takes one record.
     *
     * @param millis how long the first newer record of its key arrived before it; 0 if none did
     */
    public void observe(long millis) {
        counts[bucket(millis)]++;
        total++;
        if (total >= FADE_AT) {
            total = 0;
            for (int i = 0; i < counts.length; i++) {
                counts[i] /= 2;
                total += counts[i];
            }
        }
        if (total % REFRESH_EVERY == 0) {
            bound = needed();
        }
    }

    /** How long records should wait, milliseconds; a fifth more than needed at most. */
    public long bound() {
        return bound;
    }

    private long needed() {
        if (total < ENOUGH) {
            return FIRST_BOUND;
        }
        long wanted = (long) Math.ceil(total * SHARE);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(LONGEST_BOUND, edge(i));
            }
        }
        return LONGEST_BOUND;
    }

    /** The first bucket holds what needs no wait, each further one what needs no more than its edge. */
    private static int bucket(long millis) {
        if (millis <= 0) {
            return 0;
        }
        int bucket = 1;
        while (bucket < BUCKETS - 1 && edge(bucket) <= millis) {
            bucket++;
        }
        return bucket;
    }

    private static long edge(int bucket) {
        return bucket == 0 ? 0 : (long) Math.ceil(Math.pow(2, (bucket - 1) / (double) STEPS_PER_DOUBLING)) + 1;
    }
}

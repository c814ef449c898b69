package io.leat.testkit;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The seed of a random test: from {@code -Dleat.seed}, else by chance, and always printed, so that every failure can be
 * had again.
 */
public record RandomSeed(String test, long value) {

    /** The property that fixes the seed. */
    public static final String PROPERTY = "leat.seed";

    /** Takes and prints the seed of a test. */
    public static RandomSeed of(String test) {
        Long given = Long.getLong(PROPERTY);
        RandomSeed seed = new RandomSeed(test, given != null ? given : new SplittableRandom().nextLong());
        System.out.println(seed);
        return seed;
    }

    /** A new generator, the same each time. */
    public RandomGenerator random() {
        return new SplittableRandom(value);
    }

    /** The seed of the n-th round of the test; what one round draws tells nothing of what another draws. */
    public RandomSeed round(int n) {
        return new RandomSeed(test + "#" + n, new SplittableRandom(value + n).nextLong());
    }

    @Override
    public String toString() {
        return test + " seed=" + value;
    }
}

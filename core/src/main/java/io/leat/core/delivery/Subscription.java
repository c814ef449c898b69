package io.leat.core.delivery;

import io.leat.core.FieldPath;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One client's standing order: where its changes go, which of them, and on what terms.
 *
 * @param name unique within its feed; it becomes part of a consumer group's name
 * @param url where deliveries are posted
 * @param keys what signs a delivery, newest first; each one in force signs, so that a client can change over
 * @param where a filter expression, {@code null} for every change
 * @param fields what is told of a change, as paths into it; empty for all of it
 * @param catchUp what a client gets that was away
 * @param from where a new subscription begins
 * @param batch how many changes go into one delivery
 * @param gzip whether bodies are compressed
 * @param limits how fast and how long
 */
public record Subscription(
        String name,
        String url,
        List<SigningKey> keys,
        @Nullable String where,
        List<FieldPath> fields,
        CatchUp catchUp,
        From from,
        Batch batch,
        boolean gzip,
        Limits limits) {

    /** The shape of a subscription's name. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Subscription {
        keys = List.copyOf(keys);
        fields = List.copyOf(fields);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a subscription's name: " + name);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a subscription needs a key to sign with");
        }
    }

    /** What a client gets that was away or slow. */
    public enum CatchUp {
        /** Every change. */
        ALL,
        /** Of the changes of one key that wait, the newest. */
        LATEST
    }

    /** Where a new subscription begins. */
    public enum From {
        /** With the oldest change the log keeps. */
        EARLIEST,
        /** With what is told from now on. */
        NOW
    }

    /**
     * How many changes go into one delivery.
     *
     * @param maxItems at most so many; 1 for deliveries of a single change
     * @param maxWait how long a change waits for others
     */
    public record Batch(int maxItems, Duration maxWait) {
        public static final int MOST_ITEMS = 1_000;
        public static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
        public static final Batch NONE = new Batch(1, Duration.ZERO);

        public Batch {
            if (maxItems < 1 || maxItems > MOST_ITEMS) {
                throw new IllegalArgumentException("a batch has 1 to 1000 items");
            }
            within("a batch waits", maxWait, Duration.ZERO, LONGEST_WAIT);
        }
    }

    /**
     * How fast and how long.
     *
     * @param inFlight deliveries under way at once, in each partition of the change log
     * @param ratePerSecond deliveries begun in a second over all partitions; 0 for no limit
     * @param timeout how long one attempt may take from look-up to answer
     * @param giveUpAfter how long after its first attempt a change is given up
     */
    public record Limits(int inFlight, int ratePerSecond, Duration timeout, Duration giveUpAfter) {
        public static final int MOST_IN_FLIGHT = 1_000;
        public static final int MOST_RATE = 100_000;
        public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
        public static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
        public static final Duration LONGEST_TRYING = Duration.ofDays(5);
        public static final Limits DEFAULT = new Limits(32, 0, Duration.ofSeconds(15), Duration.ofDays(3));

        public Limits {
            if (inFlight < 1 || inFlight > MOST_IN_FLIGHT) {
                throw new IllegalArgumentException("1 to 1000 deliveries are under way");
            }
            if (ratePerSecond < 0 || ratePerSecond > MOST_RATE) {
                throw new IllegalArgumentException("at most 100000 deliveries are begun in a second");
            }
            within("an attempt takes", timeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
            within("a change is tried", giveUpAfter, Duration.ZERO, LONGEST_TRYING);
        }
    }

    private static void within(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s %s to %s ms".formatted(what, least.toMillis(), most.toMillis()));
        }
    }

    /** The same order sent elsewhere; what waits goes there. */
    public Subscription to(String newUrl) {
        return new Subscription(name, newUrl, keys, where, fields, catchUp, from, batch, gzip, limits);
    }

    /** The same order signed with other keys. */
    public Subscription signedWith(List<SigningKey> newKeys) {
        return new Subscription(name, url, newKeys, where, fields, catchUp, from, batch, gzip, limits);
    }
}

package io.leat.core.delivery;

import java.time.Duration;
import java.util.List;

/**
 * An HTTP endpoint that changes are posted to.
 *
 * @param url where deliveries are posted
 * @param keys what signs a delivery, newest first; each one in force signs, so that a client can change over
 * @param batch how many changes go into one delivery
 * @param gzip whether bodies are compressed
 * @param limits how fast and how long
 */
public record Webhook(String url, List<SigningKey> keys, Batch batch, boolean gzip, Limits limits) implements Sink {

    public Webhook {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a webhook needs a key to sign with");
        }
    }

    @Override
    public String kind() {
        return "webhook";
    }

    /** The same sent elsewhere. */
    public Webhook to(String newUrl) {
        return new Webhook(newUrl, keys, batch, gzip, limits);
    }

    /** The same signed with other keys. */
    public Webhook signedWith(List<SigningKey> newKeys) {
        return new Webhook(url, newKeys, batch, gzip, limits);
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
}

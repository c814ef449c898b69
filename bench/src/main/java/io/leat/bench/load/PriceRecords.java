package io.leat.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Price records of about 330 bytes, prices as shops write them: every key once, then keys at random, of which 5 % changed and 0.5 % are invalid. The
 * same seed gives the same records but for their times.
 */
public final class PriceRecords {

    private static final double CHANGED = 0.05;
    private static final double INVALID = 0.005;
    private static final int MOST_CENTS = 200_000;

    private final RandomGenerator random;
    private final int[] cents;
    private final boolean[] inStock;
    private long made;
    private long changes;

    /**
     * @param seed told with each result
     * @param keys how many different items
     */
    public PriceRecords(long seed, int keys) {
        this.random = new SplittableRandom(seed);
        this.cents = new int[keys];
        this.inStock = new boolean[keys];
    }

    /**
     * A record.
     *
     * @param key what keeps an item in one partition
     * @param value JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes to send; nobody compares them
    public record Scrape(byte[] key, byte[] value) {}

    /** How many changes the records made so far are. */
    public long changes() {
        return changes;
    }

    /**
     * The next record.
     *
     * @param atMicros its time of extraction, microseconds since 1970, later than that of the record before
     */
    public Scrape next(long atMicros) {
        boolean isFirst = made < cents.length;
        int item = isFirst ? (int) made : random.nextInt(cents.length);
        boolean isInvalid = !isFirst && random.nextDouble() < INVALID;
        if (isFirst) {
            cents[item] = 100 + random.nextInt(MOST_CENTS);
            inStock[item] = true;
            changes++;
        } else if (!isInvalid && random.nextDouble() < CHANGED) {
            change(item);
            changes++;
        }
        return new Scrape(bytes(source(item) + "|" + sku(item)), bytes(json(item, isInvalid, atMicros)));
    }

    private void change(int item) {
        if (random.nextInt(5) == 0) {
            inStock[item] = !inStock[item];
        } else {
            cents[item] = 100 + (cents[item] + random.nextInt(5_000)) % MOST_CENTS;
        }
    }

    private String json(int item, boolean isInvalid, long atMicros) {
        StringBuilder json = new StringBuilder(352);
        json.append("{\"event_id\":\"").append(new UUID(random.nextLong(), random.nextLong()));
        made++;
        json.append("\",\"type\":\"price_update\",\"source\":\"").append(source(item));
        json.append("\",\"sku\":\"").append(sku(item));
        json.append("\",\"url\":\"https://").append(source(item)).append("/p/").append(sku(item));
        json.append("\",\"title\":\"Stainless steel bottle, double wall, 750 ml, colour ")
                .append(item % 64);
        json.append("\",\"price\":\"").append(isInvalid ? "call us" : price(cents[item]));
        json.append("\",\"currency\":\"USD\",\"in_stock\":").append(inStock[item]);
        json.append(",\"extracted_at\":\"");
        json.append(Instant.EPOCH.plus(atMicros, ChronoUnit.MICROS));
        return json.append("\"}").toString();
    }

    /** As shops write it: $1,045.99. */
    private static String price(int cents) {
        int whole = cents / 100;
        StringBuilder price = new StringBuilder("$");
        if (whole >= 1_000) {
            price.append(whole / 1_000).append(',').append(digit(whole / 100));
            price.append(digit(whole / 10)).append(digit(whole));
        } else {
            price.append(whole);
        }
        return price.append('.').append(digit(cents / 10)).append(digit(cents)).toString();
    }

    private static char digit(int number) {
        return (char) ('0' + number % 10);
    }

    private static String source(int item) {
        return "shop-" + (10 + item % 50) + ".example";
    }

    private static String sku(int item) {
        return "SKU-" + (100_000_000 + item);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

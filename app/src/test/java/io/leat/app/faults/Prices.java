package io.leat.app.faults;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The scrapes of one shop, as {@link io.leat.testkit.Scrapes} shapes them, of now: a third changes nothing, some are repeated, some
 * break the contract. For one thread.
 */
final class Prices {

    private static final int ITEMS = 300;
    private static final int PRICES = 40;
    private static final int BROKEN_PERCENT = 1;
    private static final int REPEATED_PERCENT = 4;

    private final String shop;
    private final AtomicLong numbers;
    private final SplittableRandom random;
    private Instant last = Instant.EPOCH;
    private byte[] former = new byte[0];

    /** @param numbers the next scrape's number, shared by all shops */
    Prices(String shop, AtomicLong numbers, long seed) {
        this.shop = shop;
        this.numbers = numbers;
        this.random = new SplittableRandom(seed);
    }

    byte[] next() {
        int dice = random.nextInt(100);
        if (dice < REPEATED_PERCENT && former.length > 0) {
            return former;
        }
        String price =
                dice >= 100 - BROKEN_PERCENT ? "\"on request\"" : Integer.toString(1 + random.nextInt(PRICES) / 2);
        former = item("i" + random.nextInt(ITEMS), price);
        return former;
    }

    /** Of one item, with a price that it never had. */
    byte[] fresh(String sku) {
        return item(sku, null);
    }

    private byte[] item(String sku, @org.jspecify.annotations.Nullable String price) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        last = now.isAfter(last) ? now : last.plusMillis(1);
        long number = numbers.getAndIncrement();
        return "{\"shop\":\"%s\",\"sku\":\"%s\",\"price\":%s,\"currency\":\"EUR\",\"in_stock\":true,\"extracted_at\":\"%s\",\"n\":%d}"
                .formatted(shop, sku, price == null ? number + 1 : price, last, number)
                .getBytes(StandardCharsets.UTF_8);
    }
}

package io.leat.app.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a fleet of scrapers sends: mostly prices that have not changed, some that have, some records that break the
 * contract, some late, some twice, now and then one in cents, and one shop that falls silent for a while. The same chance gives the same records.
 * For one thread.
 */
public final class Fleet {

    private static final List<String> SHOPS = List.of(
            "northwind", "bluepeak", "marktplein", "kauphaus", "tienda-sol", "petitprix", "harbour", "fjordbutikk");
    private static final List<String> CURRENCIES = List.of("USD", "USD", "EUR", "EUR", "EUR", "EUR", "GBP", "NOK");
    private static final int ITEMS = 60;

    /** The shop that falls silent. */
    static final String QUIET_SHOP = "harbour";

    private static final Duration QUIET_AFTER = Duration.ofSeconds(20);
    private static final Duration QUIET_FOR = Duration.ofSeconds(20);
    private static final Duration QUIET_EVERY = Duration.ofSeconds(90);

    private final RandomGenerator chance;
    private final Instant begin;
    private final List<Shop> shops;
    private final int[] next = new int[SHOPS.size()];
    private Scrape last;

    public Fleet(RandomGenerator chance, Instant begin) {
        this.chance = chance;
        this.begin = begin;
        this.shops = java.util.stream.IntStream.range(0, SHOPS.size())
                .mapToObj(i -> new Shop(SHOPS.get(i), CURRENCIES.get(i), ITEMS, chance))
                .toList();
        this.last = new Scrape(SHOPS.get(0), shops.get(0).scrape(0, text(begin)));
    }

    /** One record, as a scraper sends it. */
    public record Scrape(String shop, String json) {}

    /** The names of all shops. */
    public static List<String> shops() {
        return SHOPS;
    }

    /** The next record of the fleet. */
    public Scrape next(Instant now) {
        int dice = chance.nextInt(1000);
        if (dice >= 990 && !isQuiet(last.shop(), now)) {
            return last;
        }
        int at = chance.nextInt(shops.size());
        while (isQuiet(SHOPS.get(at), now)) {
            at = chance.nextInt(shops.size());
        }
        Shop shop = shops.get(at);
        int item = next[at]++ % shop.items();
        last = new Scrape(shop.name(), json(shop, item, dice, now));
        return last;
    }

    private String json(Shop shop, int item, int dice, Instant now) {
        boolean firstRound = Duration.between(begin, now).toSeconds() < 5;
        if (dice < 50 && !firstRound) {
            shop.change(item, chance);
        }
        String extractedAt = text(now);
        if (dice >= 50 && dice < 56) {
            return shop.scrapeWithTextPrice(item, extractedAt);
        }
        if (dice >= 56 && dice < 60) {
            return shop.scrape(item, extractedAt).replaceFirst("\"sku\":\"[^\"]*\",", "");
        }
        if (dice >= 60 && dice < 63) {
            String whole = shop.scrape(item, extractedAt);
            return whole.substring(0, whole.length() / 2);
        }
        if (dice == 63 && !firstRound) {
            return shop.scrapeInCents(item, extractedAt);
        }
        if (dice > 63 && dice < 80) {
            return shop.scrape(item, text(now.minusSeconds(5 + chance.nextInt(60))));
        }
        return shop.scrape(item, extractedAt);
    }

    private boolean isQuiet(String shop, Instant now) {
        if (!shop.equals(QUIET_SHOP)) {
            return false;
        }
        long since = Duration.between(begin, now).toMillis();
        return since % QUIET_EVERY.toMillis() >= QUIET_AFTER.toMillis()
                && since % QUIET_EVERY.toMillis() < QUIET_AFTER.plus(QUIET_FOR).toMillis();
    }

    private static String text(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}

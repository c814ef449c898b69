package io.leat.app.demo;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** One shop and its shelf: prices in cents and what is in stock. For one thread. */
final class Shop {

    private static final String[] THINGS = {
        "Desk lamp",
        "Kettle",
        "Running shoes",
        "Backpack",
        "Headphones",
        "Coffee grinder",
        "Rain jacket",
        "Notebook",
        "Bike light",
        "Tea pot",
        "Keyboard",
        "Wall clock"
    };
    private static final String[] KINDS = {"Classic", "Mini", "Pro", "Travel", "Oak"};

    private final String name;
    private final String currency;
    private final String[] titles;
    private final long[] cents;
    private final boolean[] inStock;

    Shop(String name, String currency, int items, RandomGenerator chance) {
        this.name = name;
        this.currency = currency;
        this.titles = new String[items];
        this.cents = new long[items];
        this.inStock = new boolean[items];
        for (int i = 0; i < items; i++) {
            titles[i] = THINGS[i % THINGS.length] + " " + KINDS[i / THINGS.length % KINDS.length];
            cents[i] = 499L + chance.nextInt(20_000);
            inStock[i] = chance.nextInt(10) > 0;
        }
    }

    String name() {
        return name;
    }

    int items() {
        return cents.length;
    }

    /** A new price, up to a fifth away from the last, or in or out of stock. */
    void change(int item, RandomGenerator chance) {
        if (chance.nextInt(4) == 0) {
            inStock[item] = !inStock[item];
        } else {
            long step = Math.max(1, cents[item] * (1 + chance.nextInt(20)) / 100);
            cents[item] = Math.max(99, cents[item] + (chance.nextBoolean() ? step : -step));
        }
    }

    /** What a scraper sees now. */
    String scrape(int item, String extractedAt) {
        return scrape(item, price(item), extractedAt);
    }

    /** A price as text, as some pages write it: against the contract. */
    String scrapeWithTextPrice(int item, String extractedAt) {
        return scrape(item, "\"" + price(item).replace('.', ',') + " " + currency + "\"", extractedAt);
    }

    /** A price a hundred times too high, as a shop shows that has lost its decimal point: keeps the contract. */
    String scrapeInCents(int item, String extractedAt) {
        return scrape(item, Long.toString(cents[item]), extractedAt);
    }

    private String price(int item) {
        return java.math.BigDecimal.valueOf(cents[item], 2).toString();
    }

    private String scrape(int item, String price, String extractedAt) {
        return String.format(
                Locale.ROOT,
                """
                {"shop":"%s","sku":"%s-%03d","title":"%s","price":%s,"currency":"%s","in_stock":%s,\
                "url":"https://%s.example/p/%03d","extracted_at":"%s"}""",
                name,
                name.substring(0, 2).toUpperCase(Locale.ROOT),
                item,
                titles[item],
                price,
                currency,
                inStock[item],
                name,
                item,
                extractedAt);
    }
}

package io.leat.app.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Scrapes that were made up, and what becomes of each, worked out from the numbers they were made of. It shares no line with
 * the product: it reads no JSON and knows one feed only.
 *
 * <p>Prices within 1 % of what was told do not count, below a fifth or above five times of it they are held until a later one
 * within a day agrees, and stock must stay for ten minutes.
 */
final class TruePrices {

    static final String FEED =
            """
            feed: traced
            contract: item.schema.json
            key: [shop, sku]
            time: {field: at, max_skew: 365d}
            normalize: {price: {as: money}}
            changes:
              compare: [price, in_stock]
              tolerance: {price: 1%}
              debounce: {in_stock: 10m}
              hold: {price: {ratio: [0.2, 5]}}
            """;

    static final String CONTRACT =
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
             "required": ["in_stock"], "properties": {"in_stock": {"type": "boolean"}}}
            """;

    private static final int KEYS = 40;
    private static final long SETTLES = 600;
    private static final long DAY = 86_400;

    private final RandomGenerator random;
    private final Map<Integer, Key> keys = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private long clock = 1_772_323_200L;

    /**
     * A scrape and what becomes of it.
     *
     * @param word as a trace says it
     * @param reason as a trace says it; empty for a refusal
     * @param code of a refusal; empty if it is none
     * @param seq of the change told, 0 if none is
     */
    record Made(String line, String key, String word, String reason, String code, long seq) {}

    /** What is known of a key, in cents and seconds. */
    private static final class Key {
        private boolean isNew = true;
        private long fence;
        private String newest = "";
        private long price;
        private boolean stock;
        private @Nullable Long since;
        private @Nullable Long held;
        private long seq;
    }

    TruePrices(RandomGenerator random) {
        this.random = random;
    }

    List<Made> make(int count) {
        List<Made> made = new ArrayList<>();
        Map<Integer, Made> repeatable = new HashMap<>();
        while (made.size() < count) {
            int number = random.nextInt(KEYS);
            Made before = repeatable.get(number);
            int dice = random.nextInt(100);
            if (before != null && dice < 6) {
                made.add(again(before, number));
            } else if (dice < 14) {
                made.add(broken(number));
            } else {
                Made next = scrape(number, dice < 22);
                made.add(next);
                repeatable.put(number, next);
            }
        }
        return made;
    }

    private Made scrape(int number, boolean old) {
        Key key = keys.computeIfAbsent(number, n -> new Key());
        clock += 1 + random.nextInt(20);
        long at = old && !key.isNew ? key.fence - 1 - random.nextInt(50) : clock;
        long price = price(key);
        // what waits to settle mostly stays, or hardly any of it ever would
        boolean isSettling = key.since != null;
        boolean turns = random.nextInt(isSettling ? 4 : 12) == 0;
        boolean stock = key.stock ^ isSettling ^ turns;
        String line = line(number, at, text(price), Boolean.toString(stock));
        return decided(line, name(number), key, at, price, stock);
    }

    private long price(Key key) {
        if (key.isNew) {
            return 1_000 + random.nextInt(9_000);
        }
        Long held = key.held;
        if (held != null && random.nextInt(2) == 0) {
            return held;
        }
        return switch (random.nextInt(10)) {
            case 0 -> key.price * 7 + random.nextInt(100);
            case 1 -> Math.max(1, key.price / 9);
            case 2, 3 -> key.price + key.price * (2 + random.nextInt(30)) / 100;
            case 4 -> Math.max(1, key.price - key.price * (2 + random.nextInt(30)) / 100);
            case 5 -> key.price + key.price / 200;
            default -> key.price;
        };
    }

    private static Made decided(String line, String name, Key key, long at, long price, boolean stock) {
        if (!key.isNew && at < key.fence) {
            return new Made(line, name, "stale", "older", "", 0);
        }
        if (key.isNew) {
            key.isNew = false;
            key.price = price;
            key.stock = stock;
            return told(line, name, key, at, "first");
        }
        boolean isStrange = price != key.price && (price * 5 < key.price || price > key.price * 5);
        boolean isConfirmed = false;
        if (isStrange) {
            Long held = key.held;
            isConfirmed = held != null && at > key.fence && at - key.fence <= DAY && isClose(held, price);
            if (!isConfirmed) {
                key.held = price;
                return seen(line, name, key, at, "held", "implausible");
            }
        }
        key.held = null;
        boolean priceCounts = !isClose(key.price, price);
        boolean stockCounts = stock != key.stock;
        if (!priceCounts && !stockCounts) {
            key.since = null;
            return seen(line, name, key, at, "unchanged", price == key.price ? "same" : "within_tolerance");
        }
        Long since = key.since;
        boolean isSettled = stockCounts && since != null && at - since >= SETTLES;
        if (!priceCounts && !isSettled) {
            key.since = since == null ? (Long) at : since;
            return seen(line, name, key, at, "unsettled", "settling");
        }
        String reason = isConfirmed ? "confirmed" : stockCounts && since != null ? "settled" : "differs";
        key.price = price;
        key.stock = stock;
        key.since = null;
        return told(line, name, key, at, reason);
    }

    private static boolean isClose(long was, long is) {
        return Math.abs(is - was) * 100 <= was;
    }

    private static Made told(String line, String name, Key key, long at, String reason) {
        key.seq++;
        Made made = seen(line, name, key, at, "told", reason);
        return new Made(made.line(), made.key(), made.word(), made.reason(), "", key.seq);
    }

    private static Made seen(String line, String name, Key key, long at, String word, String reason) {
        key.fence = at;
        key.newest = line;
        return new Made(line, name, word, reason, "", 0);
    }

    private Made again(Made before, int number) {
        Key key = keys.computeIfAbsent(number, n -> new Key());
        String reason = before.line().equals(key.newest) ? "repeat" : "older";
        return new Made(before.line(), before.key(), "stale", reason, "", 0);
    }

    private Made broken(int number) {
        clock++;
        return switch (random.nextInt(3)) {
            case 0 -> refused(number, line(number, clock, "ask us", "true"), "value_unparsed");
            case 1 -> refused(number, line(number, clock, text(500), "\"yes\""), "contract_broken");
            default ->
                refused(
                        number,
                        line(number, clock, text(500), "true").replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"soon\""),
                        "time_invalid");
        };
    }

    private static Made refused(int number, String line, String code) {
        return new Made(line, name(number), "refused", "", code, 0);
    }

    private static String name(int number) {
        return "[\"s%d\",\"k%d\"]".formatted(number % 3, number);
    }

    private static String text(long cents) {
        return String.format(Locale.ROOT, "%d,%02d €", cents / 100, cents % 100);
    }

    private String line(int number, long at, String price, String stock) {
        long n = last.merge("n", 1L, Long::sum);
        return "{\"shop\":\"s%s\",\"sku\":\"k%s\",\"at\":\"%s\",\"price\":\"%s\",\"in_stock\":%s,\"n\":%s}"
                .formatted(number % 3, number, java.time.Instant.ofEpochSecond(at), price, stock, n);
    }
}

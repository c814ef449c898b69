package io.leat.job.quick;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Scrapes of a small shop in which everything goes wrong: dirt, disorder, repeats, flicker, other spellings of the same. */
final class RandomShop {

    private static final List<String> PRICES = List.of(
            "\"$10.00\"",
            "\"$10\"",
            "\"10.00\"",
            "\"$10.04\"",
            "\"10,00 €\"",
            "\"$1,045.99\"",
            "\"1.045,99 €\"",
            "10",
            "10.0",
            "1e1",
            "10.04",
            "1000",
            "0.1",
            "\"call us\"",
            "\"$1.23 or $4.56\"",
            "null",
            "\"\"",
            "\"0,5 kg\"",
            "true",
            "[1]",
            "{}");

    private static final List<String> CURRENCIES = List.of("\"USD\"", "\"EUR\"", "\"€\"", "null", "\"usd\"", "1");
    private static final List<String> STOCKS =
            List.of("true", "false", "\"In stock\"", "\"sold out\"", "\"InStock\"", "1", "null", "\"perhaps\"");
    private static final List<String> TITLES =
            List.of("\"Bottle\"", "\"B\\u006fttle\"", "\"Bo\\u0301ttle\"", "\"Böttle\"", "\"Bottle \"", "\"\"");

    private final RandomGenerator random;
    private final Random shuffle;
    private final int keys;
    private long clock = 1_770_000_000_000_000L;
    private final List<String> last = new ArrayList<>();

    RandomShop(RandomGenerator random, int keys) {
        this.random = random;
        this.shuffle = new Random(random.nextLong());
        this.keys = keys;
        for (int key = 0; key < keys; key++) {
            last.add(item());
        }
    }

    /** Microseconds since 1970 of the newest scrape. */
    long clock() {
        return clock;
    }

    byte[] next() {
        clock += random.nextInt(4) * 250_000L;
        if (random.nextInt(400) == 0) {
            clock += 3_600_000_000L;
        }
        if (random.nextInt(60) == 0) {
            return bytes("{\"sku\":\"1\",\"price\"");
        }
        int key = random.nextInt(keys);
        if (random.nextInt(5) == 0) {
            last.set(key, item());
        }
        long at = clock - (random.nextInt(10) == 0 ? random.nextInt(40) * 250_000L : 0);
        List<String> members = new ArrayList<>(List.of(last.get(key).split("\u0001")));
        if (random.nextInt(50) > 0) {
            members.add("\"sku\":\"" + key + "\"");
        }
        members.add("\"at\":" + at / 1_000 + (at % 1_000 == 0 ? "" : "." + at % 1_000));
        members.add("\"n\":" + random.nextInt(3));
        if (random.nextBoolean()) {
            Collections.shuffle(members, shuffle);
        }
        return bytes("{" + String.join(random.nextInt(4) == 0 ? " ,\n" : ",", members) + "}");
    }

    private String item() {
        List<String> members = new ArrayList<>();
        members.add("\"price\":" + one(PRICES));
        members.add("\"title\":" + one(TITLES));
        if (random.nextInt(3) > 0) {
            members.add("\"currency\":" + one(CURRENCIES));
        }
        if (random.nextInt(4) > 0) {
            members.add("\"" + (random.nextInt(6) == 0 ? "available" : "in_stock") + "\":" + one(STOCKS));
        }
        if (random.nextInt(4) > 0) {
            members.add("\"offer\":" + (random.nextInt(5) == 0 ? "7" : "{\"per\":" + one(PRICES) + ",\"x\":1}"));
        }
        return String.join("\u0001", members);
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

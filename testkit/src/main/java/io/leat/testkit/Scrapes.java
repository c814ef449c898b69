package io.leat.testkit;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Synthetic scrapes of shops: mostly unchanged, some real changes, some repeated, late, of one moment, or broken. The
 * same plan gives the same bytes.
 */
public final class Scrapes {

    /** The contract that broken records break, as JSON Schema. */
    public static final String CONTRACT =
            """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "required": ["shop", "sku", "price", "currency", "in_stock", "extracted_at", "n"],
              "properties": {
                "shop": {"type": "string"},
                "sku": {"type": "string"},
                "price": {"type": "number", "minimum": 0},
                "currency": {"type": "string"},
                "in_stock": {"type": "boolean"},
                "extracted_at": {"type": "string"},
                "n": {"type": "integer"}
              }
            }
            """;

    /** The latest that records are held back, counted in records. */
    private static final int MAX_DELAY = 4096;

    private static final long STEP_MICROS = 1_000;

    /**
     * What to make. Shares are of all records, 0 to 1.
     *
     * @param seed the same seed, the same bytes
     * @param records how many, all told
     * @param keys how many different items
     * @param changed a compared value differs
     * @param repeated a record sent lately is sent again, byte by byte
     * @param late held back for up to 4,096 records, its event time kept
     * @param sameTime has the event time of the record before it of the same key
     * @param broken no JSON, or breaks the contract
     * @param hot comes from the first hundredth of the keys
     */
    public record Plan(
            long seed,
            long records,
            int keys,
            double changed,
            double repeated,
            double late,
            double sameTime,
            double broken,
            double hot) {

        /** The usual shares: 5 % changed, 3 % repeated, 5 % late, 0.1 % of one moment, 0.5 % broken, none hot. */
        public static Plan of(long seed, long records, int keys) {
            return new Plan(seed, records, keys, 0.05, 0.03, 0.05, 0.001, 0.005, 0);
        }

        /** The same with a share of records from the first hundredth of the keys. */
        public Plan withHot(double share) {
            return new Plan(seed, records, keys, changed, repeated, late, sameTime, broken, share);
        }
    }

    /**
     * One record.
     *
     * @param key what keeps an item in one partition, a JSON list
     * @param value the scrape
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Scrape(byte[] key, byte[] value) {}

    private final Plan plan;
    private final RandomGenerator random;
    private final ScrapeWriter writer = new ScrapeWriter();
    private final int[] cents;
    private final boolean[] inStock;
    private final long[] lastMicros;
    private final Scrape[] recent = new Scrape[MAX_DELAY];
    private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparingLong(Held::due));
    private long made;
    private long given;
    private long clockMicros = ScrapeWriter.START_MICROS;

    public Scrapes(Plan plan) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
        this.cents = new int[plan.keys()];
        this.inStock = new boolean[plan.keys()];
        this.lastMicros = new long[plan.keys()];
    }

    /** What a reference needs to know of these records. */
    public static Shape shape() {
        return Shape.of(List.of("shop", "sku"), "extracted_at", compared()).withContract(Scrapes::keepsContract);
    }

    /** The fields that tell a change. */
    public static ComparedFields compared() {
        return ComparedFields.only("price", "currency", "in_stock");
    }

    /** Whether there is a next record. */
    public boolean hasNext() {
        return given < plan.records();
    }

    /** The next record. */
    public Scrape next() {
        Scrape scrape = pick();
        recent[(int) (given++ % MAX_DELAY)] = scrape;
        return scrape;
    }

    private Scrape pick() {
        while (true) {
            Held first = held.peek();
            boolean isDue = first != null && (first.due() <= given || given + held.size() >= plan.records());
            if (isDue) {
                held.remove();
                return first.scrape();
            }
            if (given > 0 && random.nextDouble() < plan.repeated()) {
                return recent[random.nextInt((int) Math.min(given, MAX_DELAY))];
            }
            Scrape scrape = make();
            if (random.nextDouble() >= plan.late()) {
                return scrape;
            }
            held.add(new Held(given + 1 + random.nextInt(MAX_DELAY), scrape));
        }
    }

    private Scrape make() {
        boolean isHot = plan.hot() > 0 && random.nextDouble() < plan.hot();
        int key = random.nextInt(isHot ? Math.max(1, plan.keys() / 100) : plan.keys());
        clockMicros += STEP_MICROS;
        long n = made++;
        if (random.nextDouble() < plan.broken()) {
            return new Scrape(writer.key(key), writer.broken(random.nextInt(ScrapeWriter.BREAKS), key, clockMicros, n));
        }
        if (lastMicros[key] == 0) {
            cents[key] = 100 + random.nextInt(100_000);
            inStock[key] = true;
        } else if (random.nextDouble() < plan.changed()) {
            change(key);
        }
        if (lastMicros[key] == 0 || random.nextDouble() >= plan.sameTime()) {
            lastMicros[key] = clockMicros;
        }
        boolean isBare = random.nextInt(8) == 0;
        return new Scrape(writer.key(key), writer.scrape(key, cents[key], isBare, inStock[key], lastMicros[key], n));
    }

    private void change(int key) {
        if (random.nextInt(5) == 0) {
            inStock[key] = !inStock[key];
        } else {
            cents[key] = Math.floorMod(cents[key] + 1 + random.nextInt(5_000), 1_000_000);
        }
    }

    private static boolean keepsContract(JsonNode rec) {
        return rec.path("shop").isString()
                && rec.path("sku").isString()
                && rec.path("price").isNumber()
                && rec.path("price").decimalValue().signum() >= 0
                && rec.path("currency").isString()
                && rec.path("in_stock").isBoolean()
                && rec.path("extracted_at").isString()
                && rec.path("n").isIntegralNumber();
    }

    private record Held(long due, Scrape scrape) {}
}

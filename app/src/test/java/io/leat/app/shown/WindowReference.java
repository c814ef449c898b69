package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leat.testkit.PlainJson;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What the windows of {@link ShuffledStreamIT} must tell, computed from the raw records alone: all of them are kept, and
 * sorted in the end.
 */
final class WindowReference {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long LATENESS = 5 * DAY;

    private record Scrape(long time, String name, BigDecimal price) {}

    private final Map<String, List<Scrape>> spans = new TreeMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final Map<Integer, Long> newest = new HashMap<>();

    void add(int partition, long time, JsonNode rec) {
        long clock = newest.merge(partition, time, Math::max);
        JsonNode record = rec.required("record");
        Scrape scrape = new Scrape(
                time,
                PlainJson.text(record.required("name")),
                record.required("price").decimalValue());
        put("daily", Math.floorDiv(time, DAY) * DAY, DAY, "[" + scrape.name() + "]", scrape, clock);
        for (long start = Math.floorDiv(time, 2 * DAY) * 2 * DAY; start > time - 6 * DAY; start -= 2 * DAY) {
            put("weekly", start, 6 * DAY, "[" + PlainJson.text(rec.required("source")) + "]", scrape, clock);
        }
    }

    private void put(String window, long start, long length, String group, Scrape scrape, long clock) {
        if (start + length + LATENESS <= clock) {
            return; // months late, and no window's business
        }
        String key = "[\"%s\",\"%s\",%s]".formatted(window, Instant.ofEpochMilli(start), group);
        spans.computeIfAbsent(key, k -> new ArrayList<>()).add(scrape);
        ends.put(key, start + length);
    }

    /** Every span that event time has passed is told, as it should be, and no other. */
    void mustEqual(Map<String, JsonNode> told) {
        long time = newest.values().stream().min(Comparator.naturalOrder()).orElseThrow();
        spans.keySet().removeIf(key -> ends.getOrDefault(key, Long.MAX_VALUE) > time);
        assertThat(told.keySet()).isEqualTo(spans.keySet());
        spans.forEach((key, scrapes) -> {
            JsonNode result = java.util.Objects.requireNonNull(told.get(key));
            assertThat(result.required("revision").longValue()).as(key).isEqualTo(scrapes.size());
            if (key.startsWith("[\"daily")) {
                daily(key, scrapes, result.required("values"));
            } else {
                weekly(key, scrapes, result.required("values"));
            }
        });
    }

    private static void daily(String key, List<Scrape> scrapes, JsonNode values) {
        List<BigDecimal> prices = scrapes.stream().map(Scrape::price).sorted().toList();
        BigDecimal sum = prices.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        is(key, values, "n", BigDecimal.valueOf(scrapes.size()));
        is(key, values, "prices", BigDecimal.valueOf(scrapes.size()));
        is(key, values, "sum", sum);
        is(key, values, "avg", sum.divide(BigDecimal.valueOf(prices.size()), MathContext.DECIMAL64));
        is(key, values, "min", prices.get(0));
        is(key, values, "max", prices.get(prices.size() - 1));
        List<Scrape> inOrder =
                scrapes.stream().sorted(Comparator.comparingLong(Scrape::time)).toList();
        BigDecimal first = inOrder.get(0).price();
        BigDecimal last = inOrder.get(inOrder.size() - 1).price();
        is(key, values, "first", first);
        is(key, values, "last", last);
        is(key, values, "rate", last.subtract(first).divide(first, MathContext.DECIMAL64));
    }

    private static void weekly(String key, List<Scrape> scrapes, JsonNode values) {
        is(key, values, "n", BigDecimal.valueOf(scrapes.size()));
        is(
                key,
                values,
                "max",
                scrapes.stream()
                        .map(Scrape::price)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
        double distinct = scrapes.stream().map(Scrape::name).distinct().count();
        assertThat(values.required("names").doubleValue()).as(key).isCloseTo(distinct, within(0.06 * distinct));
    }

    private static void is(String key, JsonNode values, String name, BigDecimal expected) {
        assertThat(values.required(name).decimalValue()).as(key + " " + name).isEqualByComparingTo(expected);
    }
}

package io.leat.job.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Change;
import io.leat.core.Changes;
import io.leat.core.Compared;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Rules;
import io.leat.testkit.RandomSeed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What must not matter does not: repeats, interleaving, delays, the unit of all prices, an expiry that never comes. */
class MetamorphicTest {

    private static final int ROUNDS = 300;
    private static final int SCRAPES = 120;
    private static final FieldPath PRICE = FieldPath.parse("price");

    private final RandomSeed seed = RandomSeed.of(MetamorphicTest.class.getSimpleName());

    /** A scrape before its price is written down. */
    private record Seen(String key, long second, long tie, BigDecimal price) {

        Item item(BigDecimal unit) {
            String text = price.multiply(unit).stripTrailingZeros().toPlainString();
            return new Item(
                    key,
                    second * 1_000_000,
                    tie,
                    new Compared(List.of("price"), List.of(text)),
                    "{\"price\":" + text + "}",
                    new Position("raw", 0, tie),
                    "");
        }
    }

    @Test
    void repeatsTellNothing() {
        for (int i = 0; i < ROUNDS; i++) {
            RandomGenerator random = seed.round(i).random();
            Rules rules = rules(random, BigDecimal.ONE, null);
            List<Seen> once = scrapes(random);
            List<Seen> repeated = new ArrayList<>();
            for (Seen each : once) {
                repeated.add(each);
                while (random.nextInt(3) == 0) {
                    repeated.add(repeated.get(random.nextInt(repeated.size())));
                }
            }
            assertThat(shape(fold(rules, repeated, BigDecimal.ONE)))
                    .as(seed.round(i).toString())
                    .isEqualTo(shape(fold(rules, once, BigDecimal.ONE)));
        }
    }

    @Test
    void howKeysInterleaveDoesNotMatter() {
        for (int i = 0; i < ROUNDS; i++) {
            RandomGenerator random = seed.round(i).random();
            Rules rules = rules(random, BigDecimal.ONE, Duration.ofSeconds(30));
            List<Seen> scrapes = scrapes(random);
            List<Seen> keyAfterKey = new ArrayList<>();
            for (int key = 0; key < 4; key++) {
                String name = name(key);
                scrapes.stream().filter(each -> each.key().equals(name)).forEach(keyAfterKey::add);
            }
            assertThat(shape(fold(rules, keyAfterKey, BigDecimal.ONE)))
                    .as(seed.round(i).toString())
                    .isEqualTo(shape(fold(rules, scrapes, BigDecimal.ONE)));
        }
    }

    @Test
    void delaysChangeNoFinalValue() {
        for (int i = 0; i < ROUNDS; i++) {
            RandomGenerator random = seed.round(i).random();
            List<Seen> scrapes = scrapes(random);
            List<Seen> delayed = new ArrayList<>(scrapes);
            Collections.shuffle(delayed, new Random(random.nextLong()));
            assertThat(last(fold(Rules.NONE, delayed, BigDecimal.ONE)))
                    .as(seed.round(i).toString())
                    .isEqualTo(last(fold(Rules.NONE, scrapes, BigDecimal.ONE)));
        }
    }

    @Test
    void scalingAllPricesAndThresholdsChangesNothingButTheNumbers() {
        BigDecimal unit = new BigDecimal("0.07");
        for (int i = 0; i < ROUNDS; i++) {
            long same = seed.round(i).random().nextLong();
            List<Seen> scrapes = scrapes(new Random(same));
            Map<String, List<Change>> plain =
                    fold(rules(new Random(same), BigDecimal.ONE, null), scrapes, BigDecimal.ONE);
            Map<String, List<Change>> scaled = fold(rules(new Random(same), unit, null), scrapes, unit);

            assertThat(shape(scaled)).as(seed.round(i).toString()).isEqualTo(shape(plain));
            plain.forEach((key, changes) -> {
                for (int n = 0; n < changes.size(); n++) {
                    assertThat(price(scaled.get(key).get(n)))
                            .isEqualByComparingTo(price(changes.get(n)).multiply(unit));
                }
            });
        }
    }

    @Test
    void anExpiryThatNeverComesChangesNothing() {
        for (int i = 0; i < ROUNDS; i++) {
            long same = seed.round(i).random().nextLong();
            List<Seen> scrapes = scrapes(new Random(same));
            Duration longerThanAll =
                    Duration.ofSeconds(scrapes.get(scrapes.size() - 1).second());

            assertThat(fold(rules(new Random(same), BigDecimal.ONE, longerThanAll), scrapes, BigDecimal.ONE))
                    .as(seed.round(i).toString())
                    .isEqualTo(fold(rules(new Random(same), BigDecimal.ONE, null), scrapes, BigDecimal.ONE));
        }
    }

    @Test
    void theJudgeSeesAThresholdThatWasNotScaled() {
        int differing = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long same = seed.round(i).random().nextLong();
            List<Seen> scrapes = scrapes(new Random(same));
            Rules rules = rules(new Random(same), BigDecimal.ONE, null);
            BigDecimal unit = new BigDecimal("0.07");
            differing += shape(fold(rules, scrapes, unit)).equals(shape(fold(rules, scrapes, BigDecimal.ONE))) ? 0 : 1;
        }
        assertThat(differing).isPositive();
    }

    private static List<Seen> scrapes(RandomGenerator random) {
        List<Seen> scrapes = new ArrayList<>();
        long clock = 100;
        for (int i = 0; i < SCRAPES; i++) {
            clock += random.nextInt(3);
            BigDecimal price = BigDecimal.valueOf(1_000 + random.nextInt(40), 2);
            BigDecimal shown = random.nextInt(10) == 0 ? price.multiply(BigDecimal.valueOf(100)) : price;
            scrapes.add(new Seen(name(random.nextInt(4)), clock - random.nextInt(3), i, shown));
        }
        return scrapes;
    }

    private static Rules rules(RandomGenerator random, BigDecimal unit, @Nullable Duration expireAfter) {
        boolean averages = random.nextBoolean();
        return new Rules(
                random.nextBoolean()
                        ? Map.of(PRICE, new Rules.Tolerance(new BigDecimal("0.05").multiply(unit), false))
                        : Map.of(PRICE, new Rules.Tolerance(new BigDecimal("0.5"), true)),
                random.nextBoolean() ? Map.of(PRICE, Duration.ofSeconds(1 + random.nextInt(6))) : Map.of(),
                Set.of(),
                random.nextBoolean()
                        ? Map.of(
                                PRICE,
                                new Rules.Plausible(
                                        new BigDecimal("0.2"),
                                        new BigDecimal(5),
                                        null,
                                        new BigDecimal("10.3").multiply(unit),
                                        true,
                                        averages ? Rules.Measure.AVERAGE : Rules.Measure.LAST))
                        : Map.of(),
                Duration.ofSeconds(20),
                random.nextBoolean() ? Rules.FirstSeen.EMIT : Rules.FirstSeen.SEED,
                expireAfter,
                null,
                averages ? Map.of(PRICE, Duration.ofSeconds(10)) : Map.of());
    }

    private static Map<String, List<Change>> fold(Rules rules, List<Seen> scrapes, BigDecimal unit) {
        Changes changes = new Changes(feed(rules));
        Map<String, Known> known = new HashMap<>();
        Map<String, List<Change>> told = new HashMap<>();
        for (Seen each : scrapes) {
            Decision decision = changes.decide(known.get(each.key()), each.item(unit));
            if (decision instanceof Decision.Told tale) {
                told.computeIfAbsent(each.key(), key -> new ArrayList<>()).add(tale.change());
            }
            Known next = decision.next();
            if (next != null) {
                known.put(each.key(), next);
            }
        }
        return told;
    }

    /** Everything but the numbers. */
    private static Map<String, List<String>> shape(Map<String, List<Change>> told) {
        Map<String, List<String>> shape = new HashMap<>();
        told.forEach((key, changes) -> shape.put(
                key,
                changes.stream()
                        .map(each -> each.id() + each.seq() + each.op() + each.changed()
                                + each.evidence().unchanged() + "/"
                                + each.evidence().firstSeen() + "/"
                                + each.evidence().lastSeen())
                        .toList()));
        return shape;
    }

    private static Map<String, String> last(Map<String, List<Change>> told) {
        Map<String, String> last = new HashMap<>();
        told.forEach(
                (key, changes) -> last.put(key, changes.get(changes.size() - 1).after()));
        return last;
    }

    private static BigDecimal price(Change change) {
        String body = change.after();
        return new BigDecimal(body.substring(body.indexOf(':') + 1, body.length() - 1));
    }

    private static String name(int key) {
        return "[\"" + key + "\"]";
    }

    private static Feed feed(Rules rules) {
        return new Feed(
                "meta",
                new Feed.Source("meta.raw", 1, Map.of()),
                List.of(),
                List.of(new Feed.KeyPart.Field(FieldPath.parse("sku"))),
                new Feed.Time(FieldPath.parse("at"), Feed.Time.Format.RFC3339, null, Feed.Time.DEFAULT_MAX_SKEW),
                new Feed.Comparison.Only(List.of(PRICE)),
                rules,
                Feed.Log.DEFAULT);
    }
}

package io.leat.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Change;
import io.leat.core.Changes;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Ordering;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.core.Waiting;
import io.leat.format.ScrapeReader;
import io.leat.testkit.RandomSeed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What must not matter does not: repeats, the partition a scrape lies in, a delay within the bound. */
class MetamorphicTest {

    private static final Feed FEED = new Feed(
            "metamorphic",
            new Feed.Source("raw", 1, Map.of()),
            List.of(),
            List.of(new Feed.KeyPart.Field(FieldPath.parse("k"))),
            new Feed.Time(FieldPath.parse("t"), Feed.Time.Format.EPOCH_S, null, Duration.ofDays(1)),
            new Feed.Comparison.Only(List.of(FieldPath.parse("v"))),
            Feed.Log.DEFAULT);

    private static final int ROUNDS = 200;
    private static final int SCRAPES = 300;
    private static final int KEYS = 7;
    private static final long BOUND_MILLIS = 5_000;

    /** A scrape and when the broker took it, milliseconds since 1970. */
    private record Sent(long arrived, Item item) {}

    private final ScrapeReader reader = new ScrapeReader(FEED);

    @Test
    void repeatingChangesNoFinalValue() {
        forEachRound("repeating", (random, sent) -> {
            List<Sent> repeated = new ArrayList<>(sent);
            for (Sent each : sent) {
                if (random.nextInt(4) == 0) {
                    repeated.add(new Sent(each.arrived() + random.nextLong(60_000), each.item()));
                }
            }
            assertThat(finals(tell(repeated, 0))).isEqualTo(finals(tell(sent, 0)));
            assertThat(finals(tell(repeated, BOUND_MILLIS))).isEqualTo(finals(tell(sent, 0)));
        });
    }

    @Test
    void splittingOverPartitionsThatAreReadAtAnySpeedChangesNoFinalValue() {
        forEachRound("splitting", (random, sent) -> {
            long[] behind = random.longs(4, 0, 3_600_000).toArray();
            List<Sent> split = sent.stream()
                    .map(each -> new Sent(each.arrived() + behind[random.nextInt(behind.length)], each.item()))
                    .toList();
            assertThat(finals(tell(split, 0))).isEqualTo(finals(tell(sent, 0)));
            assertThat(finals(tell(split, BOUND_MILLIS))).isEqualTo(finals(tell(sent, 0)));
        });
    }

    @Test
    void delayingWithinTheBoundChangesNothingAtAll() {
        forEachRound("delaying", (random, sent) -> {
            List<Sent> delayed = sent.stream()
                    .map(each -> new Sent(each.arrived() + random.nextLong(BOUND_MILLIS), each.item()))
                    .toList();
            assertThat(byKey(tell(delayed, BOUND_MILLIS))).isEqualTo(byKey(tell(sent, 0)));
        });
    }

    @Test
    void withoutABoundADelayIsSeenSoTheTestAboveCanFail() {
        int[] differing = {0};
        forEachRound("control", (random, sent) -> {
            List<Sent> delayed = sent.stream()
                    .map(each -> new Sent(each.arrived() + random.nextLong(BOUND_MILLIS), each.item()))
                    .toList();
            differing[0] += byKey(tell(delayed, 0)).equals(byKey(tell(sent, 0))) ? 0 : 1;
        });
        assertThat(differing[0]).isGreaterThan(ROUNDS / 2);
    }

    private interface Round {
        void check(RandomGenerator random, List<Sent> sent);
    }

    private void forEachRound(String name, Round round) {
        RandomSeed seed = RandomSeed.of("MetamorphicTest " + name);
        for (int i = 0; i < ROUNDS; i++) {
            RandomGenerator random = seed.round(i).random();
            round.check(random, inOrder(random));
        }
    }

    /** Each scrape arrives as it is made; no two of a key are of one moment. */
    private List<Sent> inOrder(RandomGenerator random) {
        List<Sent> sent = new ArrayList<>();
        long second = 1_000;
        for (int i = 0; i < SCRAPES; i++) {
            second += 1 + random.nextInt(2);
            byte[] scrape = "{\"k\":\"k%d\",\"t\":%d,\"v\":%d}"
                    .formatted(random.nextInt(KEYS), second, random.nextInt(3))
                    .getBytes(StandardCharsets.UTF_8);
            Verdict verdict = reader.read(scrape, second * 1_000, new Position("raw", 0, i));
            sent.add(new Sent(second * 1_000, ((Verdict.Kept) verdict).item()));
        }
        return sent;
    }

    /** The pure stages in the order the broker has: wait for order, then decide. */
    private static List<Change> tell(List<Sent> sent, long boundMillis) {
        Ordering ordering = new Ordering(false);
        Map<String, Waiting> waiting = new HashMap<>();
        Map<String, Known> known = new HashMap<>();
        List<Change> told = new ArrayList<>();
        Changes changes = new Changes(FEED);
        List<Sent> byArrival = new ArrayList<>(sent);
        byArrival.sort(Comparator.comparingLong(Sent::arrived));
        for (Sent each : byArrival) {
            String key = each.item().key();
            Ordering.Step step = ordering.arrive(
                    waiting.getOrDefault(key, Waiting.NONE), each.item(), each.arrived(), each.arrived(), boundMillis);
            waiting.put(key, step.next());
            step.gone().forEach(item -> decide(changes, known, item, told));
            if (step.isLate()) {
                decide(changes, known, each.item(), told);
            }
        }
        waiting.values().forEach(rest -> Ordering.expire(rest, Long.MAX_VALUE)
                .gone()
                .forEach(item -> decide(changes, known, item, told)));
        return told;
    }

    private static void decide(Changes changes, Map<String, Known> known, Item item, List<Change> told) {
        Decision decision = changes.decide(known.get(item.key()), item);
        if (decision instanceof Decision.Told change) {
            known.put(item.key(), change.next());
            told.add(change.change());
        } else if (decision instanceof Decision.Unchanged same) {
            known.put(item.key(), same.next());
        }
    }

    private static Map<String, String> finals(List<Change> told) {
        Map<String, String> finals = new TreeMap<>();
        told.forEach(change -> finals.put(change.key(), change.after().replaceAll("\"t\":\\d+,", "")));
        return finals;
    }

    private static Map<String, List<String>> byKey(List<Change> told) {
        Map<String, List<String>> changes = new TreeMap<>();
        told.forEach(change -> changes.computeIfAbsent(change.key(), key -> new ArrayList<>())
                .add(change.id() + " " + change.seq() + " " + change.after()));
        return changes;
    }
}

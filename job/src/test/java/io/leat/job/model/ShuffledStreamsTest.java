package io.leat.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.Changes;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.format.ScrapeReader;
import io.leat.format.feedfile.FeedFile;
import io.leat.testkit.PlainJson;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.SharedData;
import io.leat.testkit.StreamFile;
import io.leat.testkit.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Real recordings, each record delayed by up to an hour and a twentieth sent twice: the last value of every key is the
 * truth's, and no key's changes go back in time. Whole, with {@code -Dleat.streams}: names with commas, or {@code all}.
 */
class ShuffledStreamsTest {

    private static final long DELAY_MILLIS = Duration.ofHours(1).toMillis();
    private static final String QUICK = "demo-cs2-rifles,llm-api-prices";
    /** Not pc-parts: there a crawl lists items several times in one moment, and which of them wins is up to a hash. */
    private static final String ALL = QUICK + ",velib-stations,cs2-market-prices,hn-frontpage";

    private static Stream<String> streams() {
        String chosen = System.getProperty("leat.streams", QUICK);
        return Stream.of((chosen.equals("all") ? ALL : chosen).split(","));
    }

    /** A line and when it comes, milliseconds since 1970. */
    private record Sent(long at, byte[] line) {}

    private final Map<String, Known> known = new HashMap<>();
    private final PriorityQueue<Sent> underWay = new PriorityQueue<>(Comparator.comparingLong(Sent::at));
    private long taken;
    private long stale;
    private long backInTime;

    @ParameterizedTest
    @MethodSource("streams")
    void everyKeyEndsWithItsTrueValue(String name) throws IOException {
        assumeTrue(SharedData.isPresent(ShuffledStreamsTest.class.getSimpleName() + " " + name));
        Feed feed = ((FeedFile.Valid)
                        FeedFile.read(Path.of("../examples").resolve(name).resolve("feed.yaml"), variable -> null))
                .feed();
        ScrapeReader reader = new ScrapeReader(feed);
        Changes changes = new Changes(feed);
        RandomGenerator random = RandomSeed.of("ShuffledStreamsTest " + name).random();
        Path folder = SharedData.file(name);
        StreamFile.forEachLine(file(folder, "stream"), line -> {
            long time = Instant.parse(
                            PlainJson.parse(line).required("arrived_at").stringValue())
                    .toEpochMilli();
            underWay.add(new Sent(time + random.nextLong(DELAY_MILLIS), line));
            if (random.nextInt(20) == 0) {
                underWay.add(new Sent(time + random.nextLong(DELAY_MILLIS), line));
            }
            arriveBefore(time, reader, changes);
        });
        arriveBefore(Long.MAX_VALUE, reader, changes);

        Map<String, List<String>> expected = new HashMap<>();
        Truth.forEach(
                file(folder, "truth"),
                Truth.Reading.NUMERIC,
                row -> expected.put(PlainJson.text(row.key()), texts(row.after())));
        Map<String, List<String>> found = new HashMap<>();
        known.forEach((key, last) -> found.put(
                PlainJson.text(PlainJson.parse(key)),
                texts(PlainJson.parse("[" + String.join(",", last.compared().values()) + "]"))));
        assertThat(found).isEqualTo(expected);
        assertThat(backInTime).isZero();
        System.out.printf("%s: %d taken, %d stale, %d keys%n", name, taken, stale, found.size());
    }

    private void arriveBefore(long time, ScrapeReader reader, Changes changes) {
        while (!underWay.isEmpty() && underWay.element().at() < time) {
            byte[] line = underWay.remove().line();
            Verdict verdict = reader.read(line, Long.MAX_VALUE / 2, new Position("raw", 0, taken++));
            if (verdict instanceof Verdict.Kept kept) {
                decide(changes, kept.item());
            }
        }
    }

    private void decide(Changes changes, Item item) {
        Known before = known.get(item.key());
        Decision decision = changes.decide(before, item);
        if (decision instanceof Decision.Stale) {
            stale++;
            return;
        }
        Known next = decision.next();
        assertThat(next).isNotNull();
        if (before != null && !before.isBelow(next.eventTime(), next.tie())) {
            backInTime++;
        }
        known.put(item.key(), next);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(value -> texts.add(PlainJson.text(value)));
        return texts;
    }

    private static Path file(Path folder, String start) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

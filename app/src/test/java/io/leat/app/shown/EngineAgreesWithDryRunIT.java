package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.format.ScrapeReader;
import io.leat.format.feedfile.FeedFile;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.Scrapes;
import io.leat.testkit.TopicReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine and the dry run tell the same changes, record by record, and refuse the same scrapes: over generated ones
 * with disorder, repeats, equal times and dirt of every kind.
 */
class EngineAgreesWithDryRunIT {

    private static final int ROUNDS = 3;
    private static final int RECORDS = 4_000;
    private static final int KEYS = 150;

    private static final String COMPARE =
            """
            feed: agree
            contract: item.schema.json
            key: [shop, sku]
            time: {field: extracted_at}
            changes: {compare: [price, currency, in_stock]}
            """;

    /** Without a contract more dirt gets through to be compared. */
    private static final String IGNORE =
            """
            feed: agree
            key: [shop, sku]
            time: {field: extracted_at}
            changes: {ignore: [extracted_at, n]}
            """;

    @TempDir
    private Path dir;

    private static Stream<Arguments> rounds() {
        RandomSeed seed = RandomSeed.of(EngineAgreesWithDryRunIT.class.getSimpleName());
        return Stream.iterate(0, n -> n < ROUNDS, n -> n + 1)
                .flatMap(n -> Stream.of(COMPARE, IGNORE).map(text -> Arguments.of(seed.round(n), text)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rounds")
    void theSameChangesAndTheSameRefusals(RandomSeed seed, String text) throws IOException {
        String feed = Files.writeString(dir.resolve("feed.yaml"), text).toString();
        Files.writeString(dir.resolve("item.schema.json"), Scrapes.CONTRACT);
        List<byte[]> scrapes = scrapes(seed.random());
        String file = write(scrapes).toString();

        Product.Ended dry = Product.within("run", feed, "--dry-run", file, "--json");
        assertThat(dry.exit()).as(dry.err()).isZero();
        Path data = dir.resolve("data");
        Product.Ended run = Product.within(
                "run", feed, "--from", file, "--until-end", "--data", data.toString(), "--port", "0", "--json");
        assertThat(run.exit()).as(run.toString()).isZero();
        Told told = Told.json(run.lastLine());
        assertThat(told).isEqualTo(Told.sentence(dry.err()));
        assertThat(told.isComplete()).isTrue();
        assertThat(told.in()).isEqualTo(scrapes.size());
        assertThat(told.changed()).isGreaterThan(KEYS);
        assertThat(told.dead()).isPositive();
        assertThat(told.stale()).isPositive();

        try (DataDirectory held = DataDirectory.take(data);
                EmbeddedKafka broker = EmbeddedKafka.start(held, 0)) {
            Product.Ended changes = Product.within("changes", feed, "--data", data.toString(), "--json", "--until-end");
            assertThat(changes.exit()).as(changes.err()).isZero();
            assertThat(byKey(changes.out())).isEqualTo(byKey(dry.out()));
            refusals(broker.bootstrap(), ((FeedFile.Valid) FeedFile.read(Path.of(feed), name -> null)).feed(), told);
        }
    }

    private static List<byte[]> scrapes(RandomGenerator random) {
        Scrapes clean = new Scrapes(new Scrapes.Plan(random.nextLong(), RECORDS, KEYS, 0.3, 0.1, 0.1, 0.1, 0.02, 0.1));
        Dirt dirt = new Dirt(random);
        List<byte[]> scrapes = new ArrayList<>();
        while (clean.hasNext()) {
            byte[] scrape = clean.next().value();
            scrapes.add(random.nextInt(8) == 0 ? dirt.spoil(scrape) : scrape);
        }
        scrapes.set(random.nextInt(scrapes.size()), Dirt.tooLong());
        return scrapes;
    }

    /** Some lines end as on other systems, and some are blank: neither is part of a scrape. */
    private Path write(List<byte[]> scrapes) throws IOException {
        Path file = dir.resolve("scrapes.jsonl");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < scrapes.size(); i++) {
                out.write(scrapes.get(i));
                out.write((i % 17 == 0 ? "\r\n" : i % 23 == 0 ? "\n\n" : "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        return file;
    }

    /** The changes of each key in their order, each as it stands. */
    private static Map<String, List<String>> byKey(String lines) {
        Map<String, List<String>> changes = new HashMap<>();
        lines.lines()
                .forEach(line -> changes.computeIfAbsent(ChangeLine.parse(line).keyText(), key -> new ArrayList<>())
                        .add(line));
        return changes;
    }

    private record Place(int partition, long offset) {}

    /** Dead letters are the refused records, each of them and no other, their bytes and headers untouched. */
    private static void refusals(String bootstrap, Feed feed, Told told) {
        ScrapeReader reader = new ScrapeReader(feed);
        Map<Place, ConsumerRecord<byte[], byte[]>> refused = new HashMap<>();
        Map<Place, String> reasons = new HashMap<>();
        long raw = TopicReader.committed(bootstrap)
                .read("agree.raw", rec -> {
                    Position position = new Position(rec.topic(), rec.partition(), rec.offset());
                    if (reader.read(rec.value(), rec.timestamp(), position) instanceof Verdict.Refused no) {
                        Place place = new Place(rec.partition(), rec.offset());
                        refused.put(place, rec);
                        reasons.put(place, no.refusal().code().word());
                    }
                })
                .count();
        assertThat(raw).isEqualTo(told.in());
        List<Place> letters = new ArrayList<>();
        TopicReader.committed(bootstrap).read("agree.dlq", letter -> {
            Place place = new Place(
                    Integer.parseInt(header(letter, "__connect.errors.partition")),
                    Long.parseLong(header(letter, "__connect.errors.offset")));
            letters.add(place);
            ConsumerRecord<byte[], byte[]> scrape = refused.get(place);
            assertThat(scrape).as("a letter of a scrape that is not refused").isNotNull();
            assertThat(letter.value()).isEqualTo(scrape.value());
            assertThat(letter.timestamp()).isEqualTo(scrape.timestamp());
            assertThat(header(letter, "leat.error.code")).isEqualTo(reasons.get(place));
            assertThat(header(letter, "__connect.errors.topic")).isEqualTo("agree.raw");
            assertThat(header(letter, "__connect.errors.exception.message")).isNotEmpty();
            Header key = letter.headers().lastHeader("leat.raw.key");
            assertThat(key == null ? null : key.value()).isEqualTo(scrape.key());
        });
        assertThat(letters).containsExactlyInAnyOrderElementsOf(refused.keySet());
        assertThat(letters).hasSize((int) told.dead());
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}

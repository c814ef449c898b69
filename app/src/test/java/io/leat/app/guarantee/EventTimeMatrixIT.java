package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.embedded.FeedRun;
import io.leat.app.embedded.Figures;
import io.leat.app.feeding.Placement;
import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.format.ChangeJson;
import io.leat.format.Fold;
import io.leat.format.Topics;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.Rulings;
import io.leat.testkit.PlainJson;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.SharedData;
import io.leat.testkit.StreamFile;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The engine tells what the dry run tells, for every rule and pair of rules, through four partitions that are read at
 * different speeds, by one task or two, through crashes. A choice of all that in every build; {@code -Dleat.matrix=all} for
 * everything, {@code -Dleat.matrix.page=FILE} for a page of what was seen, {@code -Dleat.matrix.parts=2
 * -Dleat.matrix.part=0} and {@code 1} to share it between two processes.
 */
class EventTimeMatrixIT {

    private static final String NAME = EventTimeMatrixIT.class.getSimpleName();
    private static final boolean ALL = "all".equals(System.getProperty("leat.matrix"));
    private static final int CHOSEN = 5;
    /** Every so many keys of the stream; the whole stream has 720. */
    private static final int KEYS_LEFT_OUT = Integer.getInteger("leat.matrix.keys", ALL ? 1 : 12);
    /** Of so many processes that share the cells, and which of them this is. */
    private static final int PARTS = Integer.getInteger("leat.matrix.parts", 1);

    private static final int PART = Integer.getInteger("leat.matrix.part", 0);

    private static final int PARTITIONS = 4;
    private static final int KILLS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(ALL ? 10 : 3);

    private static final Map<String, String> RULES = new TreeMap<>(Map.of(
            "tolerance", "tolerance: {record.price: 2%}",
            "debounce", "debounce: {record.price: 12h}",
            "hold", "hold: {record.price: {ratio: [0.5, 2]}}",
            "seed", "first_seen: seed",
            "average", "average: {record.price: 7d}",
            "fingerprint", "fingerprint: [record.currency]",
            "expire", "expire_after: 20d",
            "gone", "gone_after: 3d"));

    @TempDir
    private static Path brokerDir;

    @TempDir
    private Path dir;

    private static EmbeddedKafka broker;
    private static final List<String> PAGE = new ArrayList<>();

    enum Skew {
        /** All is there when the job starts: partitions are read one after the other. */
        BACKLOG,
        /** One partition gets its records when the others have been read. */
        LATE,
        /** One partition gets a tenth of its records at a time. */
        SLOW
    }

    /** One cell of the matrix. */
    record Case(List<String> rules, int parallelism, Skew skew, boolean kills, RandomSeed seed) {
        @Override
        public String toString() {
            return "%s, parallelism %d, %s%s, %s".formatted(rules, parallelism, skew, kills ? ", killed" : "", seed);
        }
    }

    @BeforeAll
    static void start() {
        assumeTrue(SharedData.isPresent(NAME));
        broker = EmbeddedKafka.start(DataDirectory.take(brokerDir), 0);
    }

    @AfterAll
    static void stop() throws IOException {
        if (broker != null) {
            broker.close();
        }
        String page = System.getProperty("leat.matrix.page");
        if (page != null) {
            Files.write(Path.of(page), PAGE);
        }
    }

    private static Stream<Case> cases() {
        RandomSeed seed = RandomSeed.of(NAME);
        List<List<String>> pairs = new ArrayList<>();
        List<String> names = List.copyOf(RULES.keySet());
        for (int i = 0; i < names.size(); i++) {
            for (int j = i; j < names.size(); j++) {
                pairs.add(i == j ? List.of(names.get(i)) : List.of(names.get(i), names.get(j)));
            }
        }
        List<Case> all = new ArrayList<>();
        for (List<String> rules : pairs) {
            for (Skew skew : Skew.values()) {
                for (int parallelism : new int[] {1, 2}) {
                    for (boolean kills : new boolean[] {false, true}) {
                        all.add(new Case(rules, parallelism, skew, kills, seed.round(all.size())));
                    }
                }
            }
        }
        if (ALL) {
            return IntStream.range(0, all.size()).filter(i -> i % PARTS == PART).mapToObj(all::get);
        }
        RandomGenerator random = seed.random();
        List<Case> chosen = new ArrayList<>(List.of(
                new Case(List.of("expire", "gone"), 1, Skew.LATE, false, seed),
                new Case(List.of("gone"), 2, Skew.BACKLOG, true, seed)));
        while (chosen.size() < CHOSEN) {
            chosen.add(all.get(random.nextInt(all.size())));
        }
        return chosen.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theEngineTellsWhatTheDryRunTells(Case cell) throws IOException {
        Feed feed = feed(cell);
        List<byte[]> scrapes = scrapes();
        List<List<byte[]>> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new ArrayList<>());
        }
        Map<String, List<String>> expected = new TreeMap<>();
        Fold fold = new Fold(feed, change -> add(expected, feed, change));
        Placement placement = new Placement(feed, PARTITIONS);
        long now = InstantSource.system().millis();
        for (byte[] scrape : scrapes) {
            int partition = placement.of(scrape).partition();
            List<byte[]> there = partitions.get(partition);
            fold.take(scrape, now, new Position(feed.source().topic(), partition, there.size()), Ruling.NONE);
            there.add(scrape);
        }

        Killer.arm(cell.kills() ? KILLS : 0, cell.seed().random());
        FeedRun.Settings settings = new FeedRun.Settings(
                broker.bootstrap(), 0, cell.parallelism(), Duration.ofMillis(500), Map.of(), Set.of(), Killer.WATCH);
        Figures last;
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                FeedRun run = FeedRun.start(feed, data, settings, InstantSource.system());
                Feeding feeding = new Feeding(feed)) {
            feed(run, feeding, partitions, cell);
            last = settle(run, feeding);
        }
        Map<String, List<String>> told = new TreeMap<>();
        TopicReader.committed(broker.bootstrap())
                .read(Topics.of(feed).changes(), rec -> add(told, PlainJson.parse(rec.value())));
        assertThat(told.keySet()).isEqualTo(expected.keySet());
        expected.forEach((key, changes) -> assertThat(told.get(key)).containsExactlyElementsOf(changes));
        assertThat(last.tally()).isEqualTo(fold.tally());
        PAGE.add("| %s | %d | %s | %s | %,d | %,d | %d |"
                .formatted(
                        String.join(" + ", cell.rules()),
                        cell.parallelism(),
                        cell.skew().name().toLowerCase(java.util.Locale.ROOT),
                        cell.kills() ? KILLS : "-",
                        scrapes.size(),
                        told.values().stream().mapToInt(List::size).sum(),
                        last.restarts()));
    }

    private Feed feed(Case cell) throws IOException {
        StringBuilder text = new StringBuilder(
                """
                feed: matrix-%s
                key: [record.name]
                time: {field: arrived_at, idle_after: 1h}
                changes:
                  compare: [record.price, record.currency]
                """
                        .formatted(Long.toHexString(System.nanoTime())));
        cell.rules().forEach(rule -> text.append("  ").append(RULES.get(rule)).append('\n'));
        Path file = Files.writeString(dir.resolve("feed.yaml"), text);
        FeedFile.Outcome read = FeedFile.read(file, name -> null);
        assertThat(read).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) read).feed();
    }

    /** Some keys of the real stream, over its whole time. */
    private static List<byte[]> scrapes() throws IOException {
        List<byte[]> scrapes = new ArrayList<>();
        StreamFile.forEachLine(SharedData.file("demo-cs2-rifles").resolve("stream.jsonl.gz"), line -> {
            String name =
                    PlainJson.parse(line).required("record").required("name").stringValue();
            if (Math.floorMod(name.hashCode(), KEYS_LEFT_OUT) == 0) {
                scrapes.add(line);
            }
        });
        return scrapes;
    }

    private static void feed(FeedRun run, Feeding feeding, List<List<byte[]>> partitions, Case cell) {
        int slow =
                cell.skew() == Skew.BACKLOG ? PARTITIONS : cell.seed().random().nextInt(PARTITIONS);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (partition != slow) {
                feeding.send(partition, partitions.get(partition));
            }
        }
        if (slow < PARTITIONS) {
            List<byte[]> rest = partitions.get(slow);
            int parts = cell.skew() == Skew.SLOW ? 10 : 1;
            for (int part = 0; part < parts; part++) {
                int from = rest.size() * part / parts;
                awaitRead(run, feeding, part > 0);
                feeding.send(slow, rest.subList(from, rest.size() * (part + 1) / parts));
            }
        }
        feeding.end();
    }

    /** Until the job has read what was fed; at first only as far as it reads ahead of the one partition that is empty. */
    private static void awaitRead(FeedRun run, Feeding feeding, boolean all) {
        await().atMost(PATIENCE).until(() -> {
            Map<Integer, Long> next = run.figures().nextOffsets();
            return all
                    ? feeding.isRead(next)
                    : next.values().stream().mapToLong(Long::longValue).sum() > 0;
        });
    }

    private static Figures settle(FeedRun run, Feeding feeding) {
        await().atMost(PATIENCE).until(() -> {
            Figures now = run.figures();
            assertThat(run.failed()).isEmpty();
            return now.status().equals("RUNNING")
                    && feeding.isRead(now.nextOffsets())
                    && now.order().waiting() == 0
                    && isSaved(run)
                    && run.figures().order().waiting() == 0
                    && isSaved(run);
        });
        return run.figures();
    }

    private static boolean isSaved(FeedRun run) {
        try {
            run.checkpoint().join();
            return true;
        } catch (CompletionException e) {
            return false; // between two lives of the job
        }
    }

    private static void add(Map<String, List<String>> changes, Feed feed, Change change) {
        add(changes, PlainJson.parse(ChangeJson.write(feed.name(), change).getBytes(StandardCharsets.UTF_8)));
    }

    /** What gave the occasion to look for missing keys is up to who was read first. */
    private static void add(Map<String, List<String>> changes, JsonNode change) {
        ObjectNode line = (ObjectNode) change;
        if (line.required("op").stringValue().equals("gone")) {
            line.remove("source");
        }
        changes.computeIfAbsent(line.required("key").toString(), key -> new ArrayList<>())
                .add(line.toString());
    }

    /** Puts records into partitions, and knows how many there are. */
    private static final class Feeding implements AutoCloseable {

        private final String topic;
        private final Map<Integer, Long> ends = new HashMap<>();
        private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer());

        Feeding(Feed feed) {
            this.topic = feed.source().topic();
        }

        void send(int partition, List<byte[]> values) {
            values.forEach(value -> producer.send(new ProducerRecord<>(topic, partition, null, value)));
            producer.flush();
            ends.merge(partition, (long) values.size(), Long::sum);
        }

        void end() {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(
                        topic,
                        partition,
                        (byte[]) null,
                        (byte[]) null,
                        List.of(new RecordHeader(Rulings.HEADER, Rulings.word(Ruling.INPUT_ENDED)))));
                ends.merge(partition, 1L, Long::sum);
            }
            producer.flush();
        }

        boolean isRead(Map<Integer, Long> next) {
            return ends.entrySet().stream().allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}

package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStream;
import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.format.feedfile.FeedFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Real scraped streams once more: with the ends of their crawls marked, every disappearance and return on record is told and
 * no other; shaken by up to an hour and repeated, every key still ends with its last value. Without the streams the tests
 * are skipped.
 */
class ShakenStreamsTest {

    private static final Path DATA =
            Path.of(System.getProperty("leat.shared", "../../shared")).resolve("data");
    private static final Path EXAMPLES = Path.of("../examples");
    private static final long NEVER_AHEAD_MILLIS = 4_000_000_000_000L;
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long SEED = Long.getLong("leat.seed", System.nanoTime());

    private static final String QUICK = "demo-cs2-rifles,llm-api-prices";
    private static final String ALL = QUICK + ",velib-stations,cs2-market-prices,pc-parts,hn-frontpage";
    private static final Set<String> TOO_LARGE_TO_SORT = Set.of("cs2-market-prices", "pc-parts", "hn-frontpage");

    /** {@code -Dleat.streams}: names with commas, or {@code all}; the quick ones otherwise. */
    private static Stream<String> crawls() {
        String chosen = System.getProperty("leat.streams", QUICK);
        return Stream.of((chosen.equals("all") ? ALL : chosen).split(","));
    }

    /** Those of them that fit into memory; {@code ShuffledStreamsTest} shuffles the others. */
    private static Stream<String> streams() {
        return crawls().filter(name -> !TOO_LARGE_TO_SORT.contains(name));
    }

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("crawls")
    void everyDisappearanceAndReturnIsToldAndNoOther(String name) throws IOException {
        Path folder = folder(name);
        boolean bySource = name.equals("pc-parts");
        Feed feed = feed(
                name,
                "  gone: {%scoverage: 1%%, crawl_end: {field: event, value: crawl finished, started: began_at%s}}\n"
                        .formatted(bySource ? "by: source, " : "", bySource ? ", site: source" : ""));
        TreeSet<String> told = new TreeSet<>();
        Fold fold = new Fold(feed, change -> {
            if (change.op() == Op.GONE || change.op() == Op.BACK) {
                told.add(change.op().word() + " " + EventTimes.format(change.eventTime()) + " "
                        + RealStreamsTest.keyAsTruth(change.key()));
            }
        });
        String crawl = "";
        String finished = "";
        String arrived = "";
        String line = "";
        try (BufferedReader stream = lines(file(folder, "stream"))) {
            for (String next = stream.readLine(); next != null; next = stream.readLine()) {
                JsonNode rec = Json.OWN.readTree(next);
                String source = rec.required("source").stringValue();
                String itsCrawl = source + rec.required("snapshot").stringValue();
                if (!crawl.isEmpty() && !itsCrawl.equals(crawl)) {
                    take(fold, finished);
                }
                crawl = itsCrawl;
                arrived = rec.required("arrived_at").stringValue();
                finished = crawlFinished(source, arrived);
                line = next;
                take(fold, next);
            }
        }
        take(fold, finished);
        take(fold, line.replace(arrived, EventTimes.format(EventTimes.parse(arrived) + HOUR_MICROS)));

        TreeSet<String> expected = new TreeSet<>();
        try (BufferedReader rows = lines(file(folder, "gone"))) {
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] cells = row.split("\t", -1);
                if (cells[0].matches("\\d+")) {
                    expected.add(cells[2] + " " + EventTimes.format(EventTimes.parse(cells[1])) + " "
                            + RealStreamsTest.keyAsTruth(cells[3]));
                }
            }
        }
        assertThat(expected).isNotEmpty();
        TreeSet<String> missing = new TreeSet<>(expected);
        missing.removeAll(told);
        TreeSet<String> extra = new TreeSet<>(told);
        extra.removeAll(expected);
        System.out.printf("%s: %d of %d disappearances and returns told%n", name, told.size(), expected.size());
        assertThat(missing).as("missing").isEmpty();
        assertThat(extra).as("told too much").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shakenByUpToAnHourAndRepeatedEveryKeyEndsWithItsLastValue(String name) throws IOException {
        System.out.println("seed " + SEED + ": repeat with -Dleat.seed=" + SEED);
        Random random = new Random(SEED);
        List<String> inOrder = new ArrayList<>();
        try (BufferedReader stream = lines(file(folder(name), "stream"))) {
            for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                inOrder.add(line);
            }
        }
        record Shaken(long at, String line) {}
        List<Shaken> shaken = new ArrayList<>();
        for (String line : inOrder) {
            int from = line.indexOf("\"arrived_at\":\"") + 14;
            long at = EventTimes.parse(line.substring(from, line.indexOf('"', from)));
            shaken.add(new Shaken(at + random.nextLong(HOUR_MICROS), line));
            if (random.nextInt(20) == 0) {
                shaken.add(new Shaken(at + random.nextLong(HOUR_MICROS), line));
            }
        }
        shaken.sort(Comparator.comparingLong(Shaken::at));

        Feed feed = feed(name, "");
        Map<String, String> last = ends(feed, inOrder);
        assertThat(ends(feed, shaken.stream().map(Shaken::line).toList())).isEqualTo(last);
        assertThat(last).isNotEmpty();
    }

    /** The compared values each key ends with, read from what is told; the log must not go back in time. */
    private static Map<String, String> ends(Feed feed, List<String> lines) {
        ToldReader reader = new ToldReader(feed);
        Map<String, Change> last = new HashMap<>();
        Fold fold = new Fold(feed, change -> {
            Change before = last.put(change.key(), change);
            assertThat(before == null || before.eventTime() <= change.eventTime())
                    .as("%s after %s", change, before)
                    .isTrue();
        });
        lines.forEach(line -> take(fold, line));
        Map<String, String> ends = new HashMap<>();
        last.forEach((key, change) ->
                ends.put(key, reader.compared(change.after()).values().toString()));
        return ends;
    }

    private static void take(Fold fold, String line) {
        fold.take(line.getBytes(StandardCharsets.UTF_8), NEVER_AHEAD_MILLIS, new Position("raw", 0, 0), Ruling.NONE);
    }

    private static String crawlFinished(String source, String at) {
        return "{\"event\":\"crawl finished\",\"source\":\"%s\",\"began_at\":\"%s\",\"arrived_at\":\"%s\"}"
                .formatted(source, at, at);
    }

    private Feed feed(String name, String rules) throws IOException {
        Path example = EXAMPLES.resolve(name);
        Files.copy(example.resolve("contract.schema.json"), directory.resolve("contract.schema.json"));
        Path file = Files.writeString(
                directory.resolve("feed.yaml"), Files.readString(example.resolve("feed.yaml")) + rules);
        return ((FeedFile.Valid) FeedFile.read(file, variable -> null)).feed();
    }

    private static Path folder(String name) {
        Path folder = DATA.resolve(name);
        if (!Files.isDirectory(folder)) {
            System.out.println("SKIPPED " + name + " shaken: there is no " + DATA + ", set -Dleat.shared");
        }
        assumeTrue(Files.isDirectory(folder));
        return folder;
    }

    private static Path file(Path folder, String start) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static BufferedReader lines(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        InputStream plain =
                file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : new ZstdInputStream(bytes);
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16);
    }
}

package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStream;
import io.leat.core.Change;
import io.leat.core.Changes;
import io.leat.core.Compared;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.format.feedfile.FeedFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Folds real scraped streams through the example feeds and compares every change told with what truly changed. The
 * streams are too large to be kept here; without them the tests are skipped.
 */
class RealStreamsTest {

    private static final Path DATA =
            Path.of(System.getProperty("leat.shared", "../../shared")).resolve("data");
    private static final Path EXAMPLES = Path.of("../examples");
    private static final long NEVER_AHEAD_MILLIS = 4_000_000_000_000L;
    private static final int SHOWN = 5;

    private static final String QUICK = "demo-cs2-rifles,llm-api-prices,velib-stations";
    private static final String ALL = QUICK + ",cs2-market-prices,hn-frontpage,pc-parts";

    /** {@code -Dleat.streams}: names with commas, or {@code all}; the quick ones otherwise. */
    private static Stream<String> streams() {
        String chosen = System.getProperty("leat.streams", QUICK);
        return Stream.of((chosen.equals("all") ? ALL : chosen).split(","));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void everyTrueChangeIsToldAndNoOther(String name) throws IOException {
        Path folder = DATA.resolve(name);
        if (!Files.isDirectory(folder)) {
            System.out.println("SKIPPED " + name + ": there is no " + DATA + ", set -Dleat.shared");
        }
        assumeTrue(Files.isDirectory(folder));

        Fold fold = new Fold(feed(name));
        List<String> differences = new ArrayList<>();
        try (BufferedReader stream = lines(file(folder, "stream"));
                BufferedReader truth = lines(file(folder, "truth"))) {
            Truth expected = Truth.next(truth);
            for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                long seq = fold.records;
                Told told = fold.take(line);
                Truth due = null;
                if (expected != null && expected.seq == seq) {
                    due = expected;
                    expected = Truth.next(truth);
                }
                String difference = difference(seq, due, told);
                if (difference != null) {
                    fold.different++;
                    if (differences.size() < SHOWN) {
                        differences.add(difference);
                    }
                }
            }
            assertThat(expected).as("the truth's rest").isNull();
        }
        long refused = Json.STRICT
                .readTree(Files.readString(folder.resolve("summary.json")))
                .required("rejected_no_key")
                .longValue();
        assertThat(differences).as(fold.different + " differences").isEmpty();
        assertThat(fold.refused).isEqualTo(refused);
    }

    /** The stream with every other number written as text: the truth that a normalizing feed has to tell is the same. */
    @Test
    void numbersWrittenAsTextTellTheSameTruthOnceNormalized(@TempDir Path directory) throws IOException {
        String name = "llm-api-prices";
        Path folder = DATA.resolve(name);
        if (!Files.isDirectory(folder)) {
            System.out.println("SKIPPED " + name + " as text: there is no " + DATA + ", set -Dleat.shared");
        }
        assumeTrue(Files.isDirectory(folder));
        Path file = Files.writeString(
                directory.resolve("feed.yaml"),
                Files.readString(EXAMPLES.resolve(name).resolve("feed.yaml"))
                                .replace("contract: contract.schema.json\n", "")
                        + "normalize:\n  record.input_cost_per_token: number\n  record.output_cost_per_token: number\n");
        Fold fold = new Fold(((FeedFile.Valid) FeedFile.read(file, variable -> null)).feed());
        List<String> differences = new ArrayList<>();
        long respelled = 0;
        try (BufferedReader stream = lines(file(folder, "stream"));
                BufferedReader truth = lines(file(folder, "truth"))) {
            Truth expected = Truth.next(truth);
            for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                long seq = fold.records;
                String asText =
                        seq % 2 == 0 ? line : line.replaceAll("(_cost_per_token\":)([0-9][0-9.eE+-]*)", "$1\"$2\"");
                respelled += asText.equals(line) ? 0 : 1;
                Told told = fold.take(asText);
                Truth due = expected != null && expected.seq == seq ? expected : null;
                expected = due == null ? expected : Truth.next(truth);
                String difference = difference(seq, due, told);
                if (difference != null) {
                    differences.add(difference);
                }
            }
        }
        assertThat(respelled).isPositive();
        assertThat(differences).hasSizeLessThan(SHOWN).isEmpty();
    }

    @Test
    void everyExampleIsWithoutDoubt() throws IOException {
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            List<Path> files = folders.map(folder -> folder.resolve("feed.yaml"))
                    .filter(Files::exists)
                    .toList();
            assertThat(files).isNotEmpty();
            for (Path file : files) {
                FeedFile.Outcome outcome = FeedFile.read(file, name -> null);
                assertThat(outcome).as(file.toString()).isInstanceOf(FeedFile.Valid.class);
                assertThat(((FeedFile.Valid) outcome).warnings()).isEmpty();
            }
        }
    }

    private static Feed feed(String name) {
        FeedFile.Outcome outcome = FeedFile.read(EXAMPLES.resolve(name).resolve("feed.yaml"), variable -> null);
        assertThat(outcome).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).feed();
    }

    private static String difference(long seq, Truth due, Told told) {
        if (due == null) {
            return told == null ? null : seq + ": told, but should not: " + told;
        }
        if (told == null) {
            return seq + ": not told: " + due;
        }
        Change change = told.change();
        boolean same = due.isNew == (change.op() == Op.NEW)
                && keyAsTruth(change.key()).equals(keyAsTruth(due.key))
                && (due.isNew || valuesOf(due.before).equals(change.before().values()))
                && valuesOf(due.after).equals(told.after().values());
        return same ? null : seq + ": told " + told + ", should be " + due;
    }

    /** Canonical, with the object of a {@code rest_of} as JSON within JSON spelled the same way on both sides. */
    static String keyAsTruth(String key) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : Json.STRICT.readTree(key)) {
            boolean nested = part.isString() && part.stringValue().startsWith("{\"")
                    || part.isString() && part.stringValue().equals("{}");
            text.append(CanonicalJson.of(nested ? Json.STRICT.readTree(part.stringValue()) : part))
                    .append(' ');
        }
        return text.toString();
    }

    private static List<String> valuesOf(String array) {
        List<String> values = new ArrayList<>();
        Json.STRICT.readTree(array).forEach(value -> values.add(CanonicalJson.of(value)));
        return values;
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

    /** One row of the truth in the numeric reading. */
    private record Truth(long seq, boolean isNew, String key, String before, String after) {

        static Truth next(BufferedReader rows) throws IOException {
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] cells = row.split("\t", -1);
                if (cells[0].matches("\\d+") && !cells[3].equals("exact")) {
                    return new Truth(Long.parseLong(cells[0]), cells[2].equals("new"), cells[4], cells[5], cells[6]);
                }
            }
            return null;
        }
    }

    /** The feed's decisions over a map instead of a job's state. */
    private static final class Fold {

        private final ScrapeReader reader;
        private final Changes changes;
        private final Map<String, Known> known = new HashMap<>();
        private long records;
        private long refused;
        private long different;

        Fold(Feed feed) {
            this.reader = new ScrapeReader(feed);
            this.changes = new Changes(feed);
        }

        Told take(String line) {
            Verdict verdict = reader.read(
                    line.getBytes(StandardCharsets.UTF_8), NEVER_AHEAD_MILLIS, new Position("raw", 0, records++));
            if (!(verdict instanceof Verdict.Kept kept)) {
                refused++;
                return null;
            }
            Item item = kept.item();
            Decision decision = changes.decide(known.get(item.key()), item);
            if (decision instanceof Decision.Told told) {
                known.put(item.key(), told.next());
                return new Told(told.change(), item.compared());
            }
            if (decision instanceof Decision.Unchanged unchanged) {
                known.put(item.key(), unchanged.next());
            }
            return null;
        }
    }

    private record Told(Change change, Compared after) {}
}

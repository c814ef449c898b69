package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.testkit.ChangeLine;
import io.leat.testkit.PlainJson;
import io.leat.testkit.SharedData;
import io.leat.testkit.StreamFile;
import io.leat.testkit.Truth;
import io.leat.testkit.TruthCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * {@code leat run} over a real scraped stream, through the broker and the job, then {@code leat changes}: exactly what
 * truly changed, nothing missing and nothing extra.
 */
class RealStreamsIT {

    private static final String QUICK = "demo-cs2-rifles,llm-api-prices";

    /** For the longest stream on a machine that does much else. */
    private static final Duration LONG = Duration.ofMinutes(30);

    /** The tracked fields of a stream, in the order of the truth's columns. */
    private static final Map<String, List<String>> TRACKED = Map.of(
            "demo-cs2-rifles", List.of("record.price"),
            "cs2-market-prices", List.of("record.price"),
            "velib-stations",
                    List.of(
                            "record.Nombre total vélos disponibles",
                            "record.Nombre bornettes libres",
                            "record.Station en fonctionnement"),
            "hn-frontpage", List.of("record.title", "record.url"),
            "pc-parts", List.of("record.price"),
            "llm-api-prices", List.of("record.input_cost_per_token", "record.output_cost_per_token"));

    @TempDir
    private Path dir;

    /** {@code -Dleat.streams}: names with commas, or {@code all}; the quick ones otherwise. */
    private static Stream<String> streams() {
        String chosen = System.getProperty("leat.streams", QUICK);
        return chosen.equals("all") ? TRACKED.keySet().stream().sorted() : Stream.of(chosen.split(","));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void theChangeListIsTheTruth(String name) throws IOException {
        assumeTrue(SharedData.isPresent(RealStreamsIT.class.getSimpleName() + " " + name));
        Path folder = SharedData.file(name);
        JsonNode summary = PlainJson.parse(Files.readAllBytes(folder.resolve("summary.json")));
        String feed = Product.ROOT.resolve("examples/" + name + "/feed.yaml").toString();
        String data = dir.resolve("data").toString();

        Product.Ended run;
        try (Product.Running running = Product.start(
                dir,
                "run",
                "run",
                feed,
                "--from",
                file(folder, "stream").toString(),
                "--until-end",
                "--data",
                data,
                "--port",
                "0",
                "--json")) {
            run = running.awaitEnd(LONG);
        }
        assertThat(run.exit()).as(run.toString()).isZero();
        Product.Running changes =
                Product.start(dir, "changes", "changes", feed, "--data", data, "--json", "--until-end");
        try (changes) {
            assertThat(changes.process().awaitExit(LONG)).isZero();
        }

        TruthCheck check = check(name);
        Truth.forEach(file(folder, "truth"), Truth.Reading.NUMERIC, check::expect);
        long told = StreamFile.forEachLine(changes.process().output(), line -> check.add(ChangeLine.parse(line)));
        TruthCheck.Outcome outcome = check.finish();
        assertThat(outcome.isExact()).as(outcome.toString()).isTrue();

        JsonNode result = PlainJson.parse(run.lastLine());
        Told tally = Told.json(run.lastLine());
        assertThat(tally.isComplete()).as(run.lastLine()).isTrue();
        assertThat(tally.in()).isEqualTo(summary.required("records").longValue());
        assertThat(tally.dead()).isEqualTo(summary.required("rejected_no_key").longValue());
        assertThat(tally.changed()).isEqualTo(told).isEqualTo(outcome.rows());
        assertThat(result.required("restarts").longValue()).isZero();
        System.out.println(String.format(
                Locale.ROOT,
                "%s: exact; %,d records in %.1f s, %,.0f/s; %s",
                name,
                tally.in(),
                result.required("elapsed_ms").longValue() / 1000.0,
                result.required("records_per_second").doubleValue(),
                outcome));
    }

    private static TruthCheck check(String name) {
        TruthCheck check = new TruthCheck(TRACKED.get(name), TruthCheck::objectsInText, key -> false);
        return name.equals("pc-parts") ? check.orFormer("record.price", "record.price_usd") : check;
    }

    private static Path file(Path folder, String start) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

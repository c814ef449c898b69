package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.process.Cli;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.PlainJson;
import io.leat.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * What {@code leat preview} says of a changed feed file over a real scraped stream is what two full runs say that know nothing of
 * each other: the tallies, and how many records end otherwise. Streams: {@code -Dleat.streams}, names with commas or
 * {@code all}; the longer ones need {@code -DargLine=-Xmx9g}.
 */
class PreviewRealStreamsTest {

    private static final Pattern REFUSED = Pattern.compile("^line (\\d+): ", Pattern.MULTILINE);

    /** Of each stream a field that its feed file does not look at, and numbers that move a little. */
    private static final Map<String, Field> FIELDS = Map.of(
            "demo-cs2-rifles", new Field("currency", "record.price"),
            "cs2-market-prices", new Field("currency", "record.price"),
            "llm-api-prices", new Field("litellm_provider", "record.input_cost_per_token"),
            "hn-frontpage", new Field("upvotes", "record.upvotes"),
            "velib-stations", new Field("Capacité de la station", "record.Nombre bornettes libres"),
            "pc-parts", new Field("rating", "record.price"));

    private record Field(String unseen, String number) {}

    /** What is changed of a feed file. */
    private enum Changed {
        TOLERANCE,
        COMPARED_FIELD,
        CONTRACT,
        KEY
    }

    @TempDir
    private Path dir;

    private static Stream<Arguments> changes() {
        String chosen = System.getProperty("leat.streams", "llm-api-prices");
        Stream<String> streams =
                chosen.equals("all") ? FIELDS.keySet().stream().sorted() : Stream.of(chosen.split(","));
        return streams.flatMap(stream -> Stream.of(Changed.values()).map(changed -> Arguments.of(stream, changed)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void itAgreesWithTwoFullRuns(String stream, Changed changed) throws IOException {
        assumeTrue(SharedData.isPresent(PreviewRealStreamsTest.class.getSimpleName() + " " + stream));
        Path examples = Path.of("..", "examples").resolve(stream);
        String declared = Files.readString(examples.resolve("feed.yaml")) + "source: {partitions: 1}\n";
        Path contract = Files.copy(examples.resolve("contract.schema.json"), dir.resolve("contract.schema.json"));
        Path old = Files.writeString(dir.resolve("old.yaml"), declared);
        Path now = Files.writeString(dir.resolve("new.yaml"), changed(declared, FIELDS.get(stream), contract, changed));
        String records = records(stream).toString();

        Run before = run(old, records);
        Run after = run(now, records);
        Cli.Said said = Cli.run(
                "preview",
                now.toString(),
                "--against",
                old.toString(),
                "--from",
                records,
                "--first",
                "9999999",
                "--json");
        assertThat(said.exit()).as(said.err()).isZero();
        JsonNode preview = PlainJson.parse(said.out());

        assertThat(preview.path("more").booleanValue()).isFalse();
        assertThat(preview.path("old")).isEqualTo(before.tally);
        assertThat(preview.path("new")).isEqualTo(after.tally);
        long differing = before.differingFrom(after);
        assertThat(preview.path("differing").longValue()).isEqualTo(differing);
        assertThat(preview.path("state_kept").booleanValue()).isEqualTo(changed != Changed.KEY);
        if (changed != Changed.KEY) {
            assertThat(preview.path("told_again").longValue()).isZero();
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%s, %s: %,d of %,d records end otherwise, %,d changes became %,d",
                stream,
                changed.name().toLowerCase(Locale.ROOT),
                differing,
                preview.path("records").longValue(),
                before.told,
                after.told));
    }

    private static String compared(String declared, String path) {
        return declared.contains("compare: [")
                ? declared.replace("compare: [", "compare: ['%s', ".formatted(path))
                : declared.replace("compare:\n", "compare:\n    - '%s'\n".formatted(path));
    }

    private static String changed(String declared, Field field, Path contract, Changed changed) throws IOException {
        return switch (changed) {
            case TOLERANCE ->
                (declared.contains(field.number) ? declared : compared(declared, field.number))
                        .replace("changes:\n", "changes:\n  tolerance: {'%s': 5%%}\n".formatted(field.number));
            case COMPARED_FIELD -> compared(declared, "record." + field.unseen);
            case CONTRACT -> {
                JsonNode schema = PlainJson.parse(Files.readAllBytes(contract));
                ((ArrayNode) schema.at("/properties/record/required")).add(field.unseen);
                Files.writeString(contract.resolveSibling("tightened.json"), schema.toString());
                yield declared.replace("contract.schema.json", "tightened.json");
            }
            case KEY ->
                declared.contains("key: [")
                        ? declared.replace("key: [", "key: ['record.%s', ".formatted(field.unseen))
                        : declared.replace("key:\n", "key:\n  - 'record.%s'\n".formatted(field.unseen));
        };
    }

    /** What a dry run made of each record, by its place; silent ones have none. */
    private record Run(JsonNode tally, Map<Long, List<Object>> fates, long told) {

        long differingFrom(Run other) {
            TreeSet<Long> places = new TreeSet<>(fates.keySet());
            places.addAll(other.fates.keySet());
            return places.stream()
                    .filter(place ->
                            !fates.getOrDefault(place, List.of()).equals(other.fates.getOrDefault(place, List.of())))
                    .count();
        }
    }

    private static Run run(Path feed, String records) {
        Cli.Said said = Cli.run("run", feed.toString(), "--dry-run", records, "--json", "--explain");
        assertThat(said.exit()).as(said.err()).isZero();
        Map<Long, List<Object>> fates = new HashMap<>();
        said.out().lines().forEach(line -> {
            ChangeLine change = ChangeLine.parse(line);
            fates.put(change.source().offset(), List.of(change.op().equals("new"), change.keyText(), change.changed()));
        });
        long told = fates.size();
        Matcher refused = REFUSED.matcher(said.err());
        while (refused.find()) {
            fates.put(Long.parseLong(refused.group(1)) - 1, List.of("refused"));
        }
        String lastLine = said.err().strip();
        return new Run(PlainJson.parse(lastLine.substring(lastLine.lastIndexOf('\n') + 1)), fates, told);
    }

    private static Path records(String stream) throws IOException {
        try (Stream<Path> files = Files.list(SharedData.file(stream))) {
            return files.filter(file -> file.getFileName().toString().startsWith("stream"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

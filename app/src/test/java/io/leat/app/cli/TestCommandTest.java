package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.Cli;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code leat test} on the repository's own scenarios, and on one in which something is wrong. */
class TestCommandTest {

    private static final String FEED =
            """
            feed: shop
            key: sku
            time: {field: at, out_of_orderness: 1s, late: dead_letter}
            changes: {compare: [price], hold: {price: {ratio: [0.2, 5]}}}
            windows: [{name: hourly, every: 1h, values: {n: count()}}]
            """;

    private static final String RECORDS =
            """
            @2026-03-01T10:00:00Z {"sku":"a","at":"2026-03-01T10:00:00Z","price":10}
            @2026-03-01T10:30:00Z {"sku":"a","at":"2026-03-01T10:30:00Z","price":12}
            @2026-03-01T10:40:00Z {"sku":"a","at":"2026-03-01T10:40:00Z","price":900}
            @2026-03-01T10:50:00Z {"sku":"b","at":"2026-03-01T10:50:00Z","price":5}
            @2026-03-01T10:50:10Z {"sku":"b","at":"2026-03-01T10:20:00Z","price":4}
            @2026-03-01T11:50:00Z {"price":1,"at":"2026-03-01T11:50:00Z"}
            @2026-03-01T12:50:00Z {"sku":"c","at":"2026-03-01T12:50:00Z","price":7}
            """;

    @TempDir
    private Path dir;

    private Cli.Said test(String... more) {
        return Cli.run(Stream.concat(Stream.of("test", dir.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    @BeforeEach
    void aScenarioThatHolds() throws IOException {
        Files.writeString(dir.resolve("feed.yaml"), FEED);
        Files.createDirectories(dir.resolve("tests/moves"));
        Files.writeString(file("records.jsonl"), RECORDS);
        assertThat(Cli.run("test", dir.resolve("tests/moves").toString(), "--update")
                        .exit())
                .isZero();
        assertThat(test().exit()).as(test().out()).isZero();
    }

    private Path file(String name) {
        return dir.resolve("tests/moves").resolve(name);
    }

    @Test
    void theRepositorysOwnScenariosHold() {
        Cli.Said said = Cli.run("test", "../scenarios");
        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(said.out()).contains("ok      windows", "scenarios, 0 failed");
    }

    @Test
    void theExampleThatTheDocumentsShowHoldsAndFailsAsTheyShowIt() throws IOException {
        Path example = dir.resolve("examples/demo");
        Path scenario = example.resolve("tests/price-and-stock");
        Files.createDirectories(scenario);
        for (String name : new String[] {"feed.yaml", "price.schema.json"}) {
            Files.copy(Path.of("../examples/demo", name), example.resolve(name));
        }
        for (String name : new String[] {"records.jsonl", "changes.jsonl", "dead.jsonl", "counters.json"}) {
            Files.copy(Path.of("../examples/demo/tests/price-and-stock", name), scenario.resolve(name));
        }
        assertThat(Cli.run("test", example.toString()).out()).contains("1 scenario, 0 failed");
        Path changes = scenario.resolve("changes.jsonl");
        Files.writeString(changes, Files.readString(changes).replaceFirst("\"price\":56.98", "\"price\":57"));
        String shown = Cli.run("test", example.toString()).out().replace(example.toString(), "examples/demo");
        assertThat(Files.readString(Path.of("../docs/testing.md"))).contains(shown);
    }

    static Stream<Arguments> planted() {
        return Stream.of(
                Arguments.of(
                        "changes.jsonl", "\"price\":12", "\"price\":13", "changes.jsonl:2: after.price: expected 13"),
                Arguments.of("changes.jsonl", "\"seq\":2", "\"seq\":3", "changes.jsonl:2: seq: expected 3, found 2"),
                Arguments.of("changes.jsonl", "\"op\":\"update\"", "\"op\":\"gone\"", "op: expected \"gone\""),
                Arguments.of("changes.jsonl", "[\"price\"]", "[\"stock\"]", "changed: expected [\"stock\"]"),
                Arguments.of("changes.jsonl", "[\"b\"]", "[\"z\"]", "missing: {\"key\":[\"z\"]"),
                Arguments.of("changes.jsonl", "(?m)^.*\\[\"c\"\\].*\n", "", "changes.jsonl: not expected: {"),
                Arguments.of(
                        "dead.jsonl", "key_missing", "time_missing", "dead.jsonl:1: code: expected \"time_missing\""),
                Arguments.of("held.jsonl", "waiting", "released", "held.jsonl:1: status: expected \"released\""),
                Arguments.of("late.jsonl", "\"price\":4", "\"price\":3", "late.jsonl:1: price: expected 3, found 4"),
                Arguments.of("windows.jsonl", "\"n\":5", "\"n\":4", "n: expected 4, found 5"),
                Arguments.of("counters.json", "\"dead\":1", "\"dead\":2", "counters.json:1: dead: expected 2, found 1"),
                Arguments.of("changes.jsonl", "^\\{", "", "changes.jsonl:1: this is not a JSON object"));
    }

    @ParameterizedTest
    @MethodSource("planted")
    void aPlantedDifferenceIsToldWithItsPlace(String name, String was, String becomes, String told) throws IOException {
        String before = Files.readString(file(name));
        String after = before.replaceFirst(was.startsWith("(?m)") || was.startsWith("^") ? was : quoted(was), becomes);
        assertThat(after).as("the difference is planted in %s", before).isNotEqualTo(before);
        Files.writeString(file(name), after);
        Cli.Said said = test();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("FAILED  tests/moves", told, "1 scenario, 1 failed");
    }

    private static String quoted(String text) {
        return java.util.regex.Pattern.quote(text);
    }

    @Test
    void updateWritesWhatCameAndOnlyWhereItDiffers() throws IOException {
        String dead = Files.readString(file("dead.jsonl")) + "\n";
        Files.writeString(file("dead.jsonl"), dead);
        Files.writeString(file("changes.jsonl"), "");
        assertThat(test().exit()).isEqualTo(1);
        assertThat(test("--update").out())
                .contains("updated tests/moves", "changes.jsonl")
                .doesNotContain("dead.jsonl");
        assertThat(test().exit()).isZero();
        assertThat(Files.readString(file("dead.jsonl"))).isEqualTo(dead);
    }

    @Test
    void buildServersReadTheResult() throws Exception {
        Files.writeString(file("changes.jsonl"), "{\"key\":[\"<&\\u0001\"]}\n");
        Path report = dir.resolve("junit.xml");
        assertThat(test("--junit", report.toString()).exit()).isEqualTo(1);
        org.w3c.dom.Document xml =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("1");
        assertThat(xml.getElementsByTagName("failure").item(0).getTextContent()).contains("changes.jsonl:1: missing");
    }

    @Test
    void programsReadTheResultToo() {
        assertThat(PlainJson.parse(test("--json").out())
                        .path("results")
                        .path(0)
                        .path("holds")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void aFolderWithoutScenariosAndAFeedFileThatIsWrongAreSaid() throws IOException {
        Path empty = Files.createDirectories(dir.resolve("empty"));
        assertThat(Cli.run("test", empty.toString()).err()).contains("LEAT-444");
        Files.writeString(dir.resolve("feed.yaml"), FEED.replace("hourly", "Hour ly"));
        assertThat(test().out()).contains("FAILED", "feed.yaml:5:");
        Files.writeString(dir.resolve("feed.yaml"), FEED);
        Files.writeString(file("records.jsonl"), "@noon {}\n");
        assertThat(test().out()).contains("records.jsonl:1: 'noon' is not a moment");
    }
}

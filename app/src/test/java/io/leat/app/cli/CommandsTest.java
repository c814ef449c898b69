package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.Cli;
import io.leat.testkit.OsProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

    @TempDir
    Path dir;

    /** What the last command said. */
    private Cli.Said said;

    private int leat(String... args) {
        said = Cli.runAt(InstantSource.fixed(Instant.parse("2026-01-06T00:00:00Z")), args);
        return said.exit();
    }

    private String file(String name) {
        return dir.resolve(name).toString();
    }

    @BeforeEach
    void aFeedToBeginWith() {
        assertThat(leat("init", dir.toString())).isZero();
    }

    @Test
    void whatInitWritesIsFine() {
        assertThat(leat("check", file("feed.yaml"))).isZero();
        assertThat(said.err()).isEmpty();
    }

    @Test
    void aDryRunSaysWhichLineIsRefusedAndWhy() throws IOException {
        Files.writeString(dir.resolve("records.jsonl"), "{\"source\":\"s\"}\nnonsense\n");
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("records.jsonl"), "--explain"))
                .isZero();
        assertThat(said.err()).contains("line 1: contract_broken", "line 2: not_json", "dead 2");
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("records.jsonl"), "--explain", "--json"))
                .isZero();
        assertThat(said.err()).contains("\"dead\":2");
    }

    @Test
    void whoWantsQuietGetsResultsAndFailuresOnly() throws IOException {
        Files.writeString(dir.resolve("item.schema.json"), "{\"properties\":{\"price\":{\"nullable\":true}}}");
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("records.jsonl")))
                .isZero();
        String told = said.out();
        assertThat(said.err()).contains("warning: ", "in 7 = ");
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("records.jsonl"), "-q"))
                .isZero();
        assertThat(said).isEqualTo(new Cli.Said(0, told, ""));
        assertThat(leat("-q", "run", file("feed.yaml"), "--dry-run", file("none")))
                .isEqualTo(3);
        assertThat(said.err()).contains("LEAT-410");
    }

    @Test
    void recordsComeThroughStandardInputAndPipes() throws IOException {
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("records.jsonl")))
                .isZero();
        Cli.Said fromFile = said;
        InputStream usual = System.in;
        try (InputStream piped = Files.newInputStream(dir.resolve("records.jsonl"))) {
            System.setIn(piped);
            assertThat(leat("run", file("feed.yaml"), "--dry-run", "-")).isZero();
            assertThat(said).isEqualTo(fromFile);
        }
        try (InputStream array = new ByteArrayInputStream("[{}]".getBytes(StandardCharsets.UTF_8))) {
            System.setIn(array);
            assertThat(leat("run", file("feed.yaml"), "--dry-run", "-")).isEqualTo(2);
            assertThat(said.err()).contains("Standard input is one JSON array");
        } finally {
            System.setIn(usual);
        }
    }

    @Test
    void whatAContractLacksIsSaidWhole() throws IOException {
        Files.writeString(
                dir.resolve("item.schema.json"),
                "{\"$ref\":\"https://schemas.example.com/a/long/way/to/an/item.json\"}");
        assertThat(leat("check", file("feed.yaml"))).isEqualTo(2);
        assertThat(said.err())
                .contains("cannot be used. It is no schema: ", "https://schemas.example.com/a/long/way/to/an/item.json")
                .doesNotContain("…", "Exception");
        Files.writeString(dir.resolve("item.schema.json"), "{\"type\":\n \"object\",");
        assertThat(leat("check", file("feed.yaml"))).isEqualTo(2);
        assertThat(said.err())
                .contains("It is not well-formed JSON: Unexpected end-of-input", ", in line 2, column ")
                .doesNotContain("…");
    }

    @Test
    void whereAFeedsKafkaIsCanBeSaidAfterEveryVerb() throws IOException {
        Files.writeString(
                dir.resolve("feed.yaml"), "feed: x\nkey: k\ntime: at\nchanges: {compare: [price]}\nwatch: {by: k}\n");
        for (String command : List.of(
                "alerts list",
                "sinks list",
                "deliveries list",
                "keys list --feed",
                "held list",
                "dlq list",
                "changes",
                "report",
                "trace key",
                "reset key")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.add(command.endsWith(" key") ? 1 : words.size(), file("feed.yaml"));
            words.addAll(List.of("--data", "elsewhere"));
            assertThat(leat(words.toArray(String[]::new))).as(command).isEqualTo(3);
            assertThat(said.err())
                    .as(command)
                    .contains("LEAT-409  There is no change log under 'elsewhere' yet.")
                    .as("who runs the feed was warned")
                    .doesNotContain("LEAT-160");
        }
        for (String command : List.of("alerts", "sinks", "deliveries")) {
            assertThat(leat(command, "--data", "elsewhere", "list", file("feed.yaml")))
                    .as(command)
                    .isEqualTo(3);
            assertThat(said.err()).as(command).contains("'elsewhere'");
            assertThat(leat(command, "list", file("feed.yaml"), "--json", "--data", "elsewhere"))
                    .isEqualTo(3);
            assertThat(said.out()).as(command).contains("{\"error\":{\"code\":\"LEAT-409\"");
        }
    }

    @Test
    void aFileThatIsOneArrayIsNamedAsSuch() throws IOException {
        Files.writeString(dir.resolve("records.jsonl"), "[\n  {\"sku\": \"a\"}\n]\n");
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("records.jsonl")))
                .isEqualTo(2);
        assertThat(said.err()).contains("LEAT-443", "is one JSON array", "jq -c");
    }

    @Test
    void aWordThatTheContractDoesNotKnowIsNamed() throws IOException {
        Files.writeString(
                dir.resolve("item.schema.json"),
                "{\"properties\":{\"price\":{\"type\":\"number\",\"nullable\":true,\"minimun\":0,\"x-mine\":1}}}");
        assertThat(leat("check", file("feed.yaml"))).isZero();
        assertThat(said.err())
                .contains(
                        "LEAT-164", "'nullable' at price", "\"null\"]", "'minimun' at price", "Did you mean 'minimum'?")
                .doesNotContain("x-mine");
    }

    @Test
    void aFeedFileThatIsNotNamedIsLookedForWhereTheCommandRuns() {
        CommandLine line = Cli.line();
        line.setDefaultValueProvider(new FeedHere(dir));
        CommandLine.ParseResult parsed = line.parseArgs("check");
        Path found = parsed.subcommand().matchedPositionalValue(0, Path.of("none"));
        CheckCommand check = (CheckCommand) parsed.subcommand().commandSpec().userObject();
        assertThat(found).isEqualTo(Path.of("none"));
        assertThat(check.file()).isEqualTo(dir.resolve("feed.yaml"));
        assertThat(leat("check")).as("there is none in this directory").isEqualTo(2);
    }

    @Test
    void initOverwritesNothing() {
        assertThat(leat("init", dir.toString())).isEqualTo(3);
        assertThat(said.err()).contains("already");
    }

    @Test
    void aDryRunTellsTheChangesOfTheExample() {
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("records.jsonl"), "--json"))
                .isZero();
        assertThat(said.out().lines()).hasSize(4).allSatisfy(line -> assertThat(line)
                .startsWith("{\"id\":"));
        assertThat(said.err()).contains("in 7 = changed 4 + unchanged 1 + stale 1 + dead 1");
    }

    @Test
    void aDryRunCanBeReadByPeople() {
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("records.jsonl")))
                .isZero();
        assertThat(said.out()).contains("update  northwind · N-2  price: 39 → 34.5");
    }

    @Test
    void aWrongFeedFileStartsNothing() throws IOException {
        Files.writeString(dir.resolve("feed.yaml"), "feed: x\nkeey: [a]\n");
        for (List<String> args : List.of(
                List.of("check", file("feed.yaml")),
                List.of("run", file("feed.yaml"), "--data", file("data")),
                List.of("changes", file("feed.yaml"), "--data", file("data")))) {
            assertThat(leat(args.toArray(String[]::new))).isEqualTo(2);
            assertThat(said.err()).contains("feed.yaml:2:1").contains("Nothing was started.");
        }
        assertThat(dir.resolve("data")).doesNotExist();
    }

    @Test
    void withJsonErrorsAreJsonToo() throws IOException {
        assertThat(leat("changes", file("feed.yaml"), "--data", file("none"), "--json"))
                .isEqualTo(3);
        assertThat(said.out()).startsWith("{\"error\":{").contains("\"code\":\"LEAT-409\"", "\"exit\":3");
        assertThat(said.err()).isEmpty();
        Files.writeString(dir.resolve("feed.yaml"), "feed: x\n");
        assertThat(leat("check", file("feed.yaml"), "--json")).isEqualTo(2);
        assertThat(said.out()).contains("\"valid\":false", "\"line\":");
    }

    @Test
    void aWrongCommandLineIsSaid() {
        assertThat(leat("run")).isEqualTo(2);
        assertThat(said.err()).contains("FEED.yaml").contains("--help");
        assertThat(leat("run", file("feed.yaml"), "--accept", "fate", "--data", file("data")))
                .isEqualTo(2);
        assertThat(leat("changes", file("feed.yaml"), "--from", "yesterday")).isEqualTo(2);
    }

    @Test
    void whatWasMeantIsGuessed() {
        assertThat(leat("chek", file("feed.yaml"))).isEqualTo(2);
        assertThat(said.err()).contains("'chek'", "Did you mean 'check'?", "'leat --help'");
        assertThat(leat("run", file("feed.yaml"), "--dry-rnu", file("records.jsonl")))
                .isEqualTo(2);
        assertThat(said.err()).contains("'--dry-rnu'", "Did you mean '--dry-run'?", "'leat run --help'");
    }

    @Test
    void aShellCompletesCommandsAndOptions() throws IOException {
        assertThat(leat("completion")).isZero();
        Path script = Files.writeString(dir.resolve("completion.bash"), said.out());
        try (OsProcess bash = OsProcess.start(
                dir.resolve("completed"),
                List.of(
                        "bash",
                        "-ec",
                        "source '" + script + "'; COMP_WORDS=(leat deliv); COMP_CWORD=1; "
                                + "_complete_leat; echo \"${COMPREPLY[*]}\""))) {
            assertThat(bash.awaitExit(Duration.ofSeconds(30))).as(bash.said()).isZero();
            assertThat(bash.said()).contains("deliver", "deliveries");
        }
    }

    @Test
    void anAbsentFileIsSaid() {
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("none.jsonl")))
                .isEqualTo(3);
        assertThat(said.err()).contains("none.jsonl");
    }

    @Test
    void aNumberOutOfItsBoundsIsSaidAndStartsNothing() {
        for (List<String> wrong : List.of(
                List.of("run", file("feed.yaml"), "--port", "99999", "--data", file("data")),
                List.of("run", file("feed.yaml"), "--port", "-1", "--data", file("data")),
                List.of("run", file("feed.yaml"), "--port", "http", "--data", file("data")),
                List.of("run", file("feed.yaml"), "--parallelism", "0", "--data", file("data")),
                List.of("run", file("feed.yaml"), "--parallelism", "99999999999", "--data", file("data")),
                List.of("demo", "--rate", "0", "--data", file("data")),
                List.of("demo", "--seconds", "-5", "--data", file("data")),
                List.of("keys", "create", "c", "f:read", "--days", "0"))) {
            assertThat(leat(wrong.toArray(String[]::new))).as(wrong.toString()).isEqualTo(2);
            assertThat(said.err())
                    .as(wrong.toString())
                    .startsWith("LEAT-400  Invalid value for option '")
                    .contains("is not a whole number from ");
        }
        assertThat(dir.resolve("data")).doesNotExist();
    }

    @Test
    void aFaultOfOurOwnShowsWhereItHappenedWhereNoLogDoes() {
        said = Cli.runAt(
                () -> {
                    throw new IllegalStateException("a clock that does not go");
                },
                "run",
                file("feed.yaml"),
                "--data",
                file("data"));
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err())
                .startsWith("LEAT-499  ")
                .contains("a clock that does not go", "at io.leat.app.cli.RunCommand.call(RunCommand.java:")
                .doesNotContain("log file");
    }

    /** Everybody on a machine sees the arguments of its processes: secrets come from files, variables or the feed file. */
    @Test
    void noOptionTakesASecretItself() {
        List<CommandLine.Model.OptionSpec> options = new ArrayList<>();
        collect(Cli.line(), options);
        assertThat(options).hasSizeGreaterThan(50);
        assertThat(options)
                .filteredOn(option -> option.longestName().matches(".*(secret|password|token|key).*"))
                .isNotEmpty()
                .allSatisfy(option ->
                        assertThat(option.type()).as(option.longestName()).isEqualTo(Path.class));
    }

    private static void collect(CommandLine line, List<CommandLine.Model.OptionSpec> options) {
        options.addAll(line.getCommandSpec().options());
        line.getSubcommands().values().forEach(below -> collect(below, options));
    }

    @Test
    void aNormalizerCanBeTriedFromTheShell() {
        assertThat(leat("normalize", "--as", "money", "Pack of 6 £4.50")).isZero();
        assertThat(said.out())
                .contains(
                        "4.5",
                        "currency \"GBP\"",
                        "figure 4.50 beside £",
                        "figure 6 without a currency, after 'Pack of'");
        assertThat(leat("normalize", "--as", "money", "--locale", "de", "--json", "1.299"))
                .isZero();
        assertThat(said.out()).contains("\"value\":\"1299\"");
        assertThat(leat("normalize", "--as", "money", "Save $10")).isEqualTo(1);
        assertThat(said.out()).contains("value_unparsed", "a saving");
        assertThat(leat("normalize", "--as", "monney", "5")).isEqualTo(2);
        assertThat(said.err()).contains("money");
    }
}

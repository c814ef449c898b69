package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.Cli;
import io.leat.testkit.OsProcess;
import java.io.IOException;
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
    void checkSaysWhatASinkOfFilesPromisesAndNeeds() throws IOException {
        Files.writeString(
                dir.resolve("feed.yaml"),
                "feed: x\nkey: k\ntime: at\nsinks:\n  - {name: archive, files: {path: out, every: 5m}}\n");
        assertThat(leat("check", file("feed.yaml"))).isZero();
        assertThat(said.out()).contains("sink 'archive': each change in exactly one file, at most 300 s", "hard links");
    }

    @Test
    void checkTellsWhatASinkOfTablesPromisesAndPrintsWhatMakesThem() throws IOException {
        Files.writeString(
                dir.resolve("feed.yaml"),
                "feed: x\nkey: k\ntime: at\nchanges: {compare: [price]}\nsinks:\n  - {name: w, postgres: {url:"
                        + " 'postgresql://db/shop', user: leat, password: canary, table: prices, history: h}}\n");
        assertThat(leat("check", file("feed.yaml"))).isZero();
        assertThat(said.out())
                .contains(
                        "sink 'w': the last change of each key in prices, each change once in h",
                        "It needs these tables:",
                        "  CREATE TABLE IF NOT EXISTS \"prices\" (\"leat_key\" text,",
                        "\"price\" jsonb, PRIMARY KEY (leat_key));",
                        "leat_cursor")
                .doesNotContain("canary");
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

    @Test
    void aWebhookThatWillBeRefusedIsNotCalledFine() throws IOException {
        String sink = "\nsinks:\n  - {name: a, webhook: {url: \"http://127.0.0.1:8080/x\","
                + " secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}}\n";
        Files.writeString(dir.resolve("feed.yaml"), Files.readString(dir.resolve("feed.yaml")) + sink);
        assertThat(leat("check", file("feed.yaml"))).isZero();
        assertThat(said.err()).contains("warning: ", "LEAT-231", "Every delivery will be refused: ");
        assertThat(leat("check", file("feed.yaml"), "--allow-private-webhooks")).isZero();
        assertThat(said.err()).doesNotContain("LEAT-231");
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

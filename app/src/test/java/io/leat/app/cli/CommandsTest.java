package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    @TempDir
    Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int leat(String... args) {
        out.reset();
        err.reset();
        Surroundings around = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                name -> null,
                InstantSource.fixed(Instant.parse("2026-01-06T00:00:00Z")),
                file -> {},
                new StopSignal());
        return LeatCommand.commandLine(around).execute(args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
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
        assertThat(err()).isEmpty();
    }

    @Test
    void initOverwritesNothing() {
        assertThat(leat("init", dir.toString())).isEqualTo(3);
        assertThat(err()).contains("already");
    }

    @Test
    void aDryRunTellsTheChangesOfTheExample() {
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("records.jsonl"), "--json"))
                .isZero();
        assertThat(out().lines()).hasSize(4).allSatisfy(line -> assertThat(line).startsWith("{\"id\":"));
        assertThat(err()).contains("in 7 = changed 4 + unchanged 1 + stale 1 + dead 1");
    }

    @Test
    void aDryRunCanBeReadByPeople() {
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("records.jsonl")))
                .isZero();
        assertThat(out()).contains("update  northwind · N-2  price: 39 → 34.5");
    }

    @Test
    void aWrongFeedFileStartsNothing() throws IOException {
        Files.writeString(dir.resolve("feed.yaml"), "feed: x\nkeey: [a]\n");
        for (List<String> args : List.of(
                List.of("check", file("feed.yaml")),
                List.of("run", file("feed.yaml"), "--data", file("data")),
                List.of("changes", file("feed.yaml"), "--data", file("data")))) {
            assertThat(leat(args.toArray(String[]::new))).isEqualTo(2);
            assertThat(err()).contains("feed.yaml:2:1").contains("Nothing was started.");
        }
        assertThat(dir.resolve("data")).doesNotExist();
    }

    @Test
    void withJsonErrorsAreJsonToo() throws IOException {
        assertThat(leat("changes", file("feed.yaml"), "--data", file("none"), "--json"))
                .isEqualTo(3);
        assertThat(out()).startsWith("{\"error\":{").contains("\"code\":\"LEAT-409\"", "\"exit\":3");
        assertThat(err()).isEmpty();
        Files.writeString(dir.resolve("feed.yaml"), "feed: x\n");
        assertThat(leat("check", file("feed.yaml"), "--json")).isEqualTo(2);
        assertThat(out()).contains("\"valid\":false", "\"line\":");
    }

    @Test
    void aWrongCommandLineIsSaid() {
        assertThat(leat("run")).isEqualTo(2);
        assertThat(err()).contains("FEED.yaml").contains("--help");
        assertThat(leat("run", file("feed.yaml"), "--accept", "fate", "--data", file("data")))
                .isEqualTo(2);
        assertThat(leat("changes", file("feed.yaml"), "--from", "yesterday")).isEqualTo(2);
    }

    @Test
    void anAbsentFileIsSaid() {
        assertThat(leat("run", file("feed.yaml"), "--dry-run", file("none.jsonl")))
                .isEqualTo(3);
        assertThat(err()).contains("none.jsonl");
    }
}

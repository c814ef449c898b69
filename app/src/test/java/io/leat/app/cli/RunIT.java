package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against the real broker and cluster. */
class RunIT {

    @TempDir
    Path dir;

    private String file(String name) {
        return dir.resolve(name).toString();
    }

    private Cli.Said feed() {
        return Cli.run(
                "run",
                file("feed.yaml"),
                "--from",
                file("records.jsonl"),
                "--until-end",
                "--port",
                "0",
                "--data",
                file("data"),
                "--json");
    }

    private List<String> changes() {
        Cli.Said said = Cli.run("changes", file("feed.yaml"), "--until-end", "--data", file("data"), "--json");
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        return said.out().lines().sorted().toList();
    }

    @BeforeEach
    void aFeedToBeginWith() {
        assertThat(Cli.run("init", dir.toString()).exit()).isZero();
    }

    @Test
    void theEngineTellsWhatTheDryRunTellsAndGoesOnWhereItStopped() throws IOException {
        Cli.Said first = feed();
        assertThat(first.exit()).as(first.out() + first.err()).isZero();
        assertThat(first.out())
                .contains(
                        "\"in\":7,\"changed\":4,\"unchanged\":1,\"stale\":1,\"dead\":1,\"in_flight\":0,\"balances\":true");
        List<String> dry = Cli.run("run", file("feed.yaml"), "--dry-run", file("records.jsonl"), "--json")
                .out()
                .lines()
                .sorted()
                .toList();
        assertThat(changes()).isEqualTo(dry);

        Files.writeString(
                dir.resolve("records.jsonl"),
                "{\"source\":\"northwind\",\"sku\":\"N-1\",\"price\":20,\"in_stock\":false,"
                        + "\"scraped_at\":\"2026-01-05T12:00:00Z\"}\n",
                StandardOpenOption.APPEND);
        Cli.Said second = feed();
        assertThat(second.out()).contains("\"in\":8,\"changed\":5").contains("\"fed\":1,");
        assertThat(changes()).hasSize(5).containsAll(dry);
    }
}

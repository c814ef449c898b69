package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is implausible waits for a person, and what the person says reaches the job, running or not; so does a reset. */
class HeldIT {

    private static final String FEED =
            """
            feed: held
            key: sku
            time: at
            changes: {compare: [price], hold: {price: {ratio: [0.2, 5]}}}
            """;
    private static final String RECORDS =
            """
            {"sku":"a","at":"2026-03-01T10:00:00Z","price":10}
            {"sku":"a","at":"2026-03-01T11:00:00Z","price":1000}
            {"sku":"b","at":"2026-03-01T10:00:00Z","price":10}
            {"sku":"b","at":"2026-03-01T11:00:00Z","price":1}
            """;

    @TempDir
    private Path dir;

    /** What the last command said. */
    private Cli.Said said;

    @BeforeEach
    void aFeedThatHolds() throws IOException {
        Files.writeString(dir.resolve("feed.yaml"), FEED);
        Files.writeString(dir.resolve("records.jsonl"), RECORDS);
    }

    @Test
    void aReleasedScrapeIsToldAndARejectedOneIsNotAndAKeyIsReset() {
        assertThat(leat("run", "--from", file("records.jsonl"), "--until-end", "--port", "0", "--json"))
                .as(said.out() + said.err())
                .isZero();
        assertThat(said.out()).contains("\"in\":4,\"changed\":2").contains("\"held\":2");

        assertThat(leatHeld("list")).isZero();
        assertThat(said.out().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("[\"a\"]") && line.contains("price: 10 → 1000 (ratio)"))
                .anyMatch(line -> line.contains("[\"b\"]") && line.contains("price: 10 → 1 (ratio)"));
        String released = idOf("[\"a\"]");
        String rejected = idOf("[\"b\"]");

        assertThat(leatHeld("release", released.substring(0, 8))).as(said.err()).isZero();
        assertThat(leatHeld("reject", rejected)).isZero();
        assertThat(leatHeld("release", "nosuchid")).isEqualTo(2);
        assertThat(said.err()).contains("LEAT-415");

        assertThat(leat("reset", "[\"nobody\"]")).isEqualTo(2);
        assertThat(said.err()).contains("LEAT-417");
        assertThat(leat("reset", "[\"b\"]")).as(said.err()).isZero();

        assertThat(leat("run", "--until-end", "--port", "0", "--json"))
                .as(said.err())
                .isZero();
        assertThat(leat("changes", "--until-end", "--json")).isZero();
        assertThat(said.out().lines())
                .hasSize(4)
                .anyMatch(line -> line.contains("\"key\":[\"b\"],\"seq\":2,\"op\":\"reset\""))
                .anyMatch(line -> line.contains("\"seq\":2,\"op\":\"update\"") && line.contains("\"price\":1000"));
        assertThat(leatHeld("list")).isZero();
        assertThat(said.err()).contains("Nothing waits.");
    }

    private String idOf(String key) {
        return said.out()
                .lines()
                .filter(line -> line.contains(key))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
    }

    private int leatHeld(String what, String... ids) {
        String[] args = new String[ids.length + 5];
        args[0] = "held";
        args[1] = what;
        args[2] = file("feed.yaml");
        System.arraycopy(ids, 0, args, 3, ids.length);
        args[args.length - 2] = "--data";
        args[args.length - 1] = file("data");
        return execute(args);
    }

    private int leat(String command, String... options) {
        String[] args = new String[options.length + 4];
        args[0] = command;
        args[1] = file("feed.yaml");
        System.arraycopy(options, 0, args, 2, options.length);
        args[args.length - 2] = "--data";
        args[args.length - 1] = file("data");
        return execute(args);
    }

    private int execute(String... args) {
        said = Cli.run(args);
        return said.exit();
    }

    private String file(String name) {
        return dir.resolve(name).toString();
    }
}

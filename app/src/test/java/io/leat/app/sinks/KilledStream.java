package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.Cli;
import io.leat.app.process.QuickStart;
import io.leat.testkit.OsProcess;
import io.leat.testkit.SharedData;
import io.leat.testkit.Truth;
import io.leat.testkit.TruthCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A real scraped stream through {@code leat run} into one sink, killed again and again. Kills: {@code -Dleat.kills}. */
final class KilledStream {

    static final Duration PATIENCE = Duration.ofMinutes(3);
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** It serves its broker, so that commands ask it. */
    static final Pattern UP = Pattern.compile("RUNNING ");

    private static final Pattern RUNNING = Pattern.compile("RUNNING .*in [1-9]");
    private static final String STREAM = "demo-cs2-rifles";
    private static final int MOST_MILLIS_ALIVE = 3_000;

    private final Path dir;
    private int started;

    /**
     * Nothing is started.
     *
     * @param dir an empty directory, where the feed file is
     * @param sinks as entries of the feed file
     */
    KilledStream(Path dir, String... sinks) throws IOException {
        this.dir = dir;
        Path example = ROOT.resolve("examples/" + STREAM);
        Files.copy(example.resolve("contract.schema.json"), dir.resolve("contract.schema.json"));
        Files.writeString(
                dir.resolve("feed.yaml"),
                Files.readString(example.resolve("feed.yaml")) + "\nsinks:\n  - " + String.join("\n  - ", sinks)
                        + "\n");
    }

    /** What is to hold whatever happened. */
    interface Judge {
        void look(int kill) throws Exception;
    }

    /**
     * Kills it at moments of its life.
     *
     * @param usual how often, if nobody says otherwise
     */
    int killAgainAndAgain(int usual, RandomGenerator random, Judge afterEach) throws Exception {
        int kills = Integer.getInteger("leat.kills", usual);
        for (int kill = 0; kill < kills; kill++) {
            try (OsProcess run = run()) {
                run.awaitLine(RUNNING, PATIENCE);
                Thread.sleep(random.nextInt(MOST_MILLIS_ALIVE));
                run.kill9();
                run.awaitExit(PATIENCE);
            }
            afterEach.look(kill);
        }
        return kills;
    }

    OsProcess run() {
        List<String> options = new ArrayList<>(QuickStart.options());
        options.add("-Xmx768m");
        return OsProcess.java(
                dir.resolve("run-" + started++ + ".out"),
                options,
                "io.leat.app.Leat",
                List.of(
                        "run",
                        dir.resolve("feed.yaml").toString(),
                        "--from",
                        shared("stream.jsonl.gz").toString(),
                        "--data",
                        dir.resolve("data").toString(),
                        "--port",
                        "0",
                        "--http",
                        "127.0.0.1:0",
                        "--allow-private-webhooks",
                        "-D",
                        "execution.checkpointing.interval=1000 ms"));
    }

    /** What a command says that is run beside it. */
    String said(String... command) {
        List<String> line = new ArrayList<>(List.of(command));
        line.add(1, "--data");
        line.add(2, dir.resolve("data").toString());
        line.add(dir.resolve("feed.yaml").toString());
        Cli.Said said = Cli.run(line.toArray(String[]::new));
        assertThat(said.exit()).as(said.err()).isZero();
        return said.out();
    }

    /** How many changes the truth has. */
    static long expected() throws IOException {
        return Truth.forEach(shared("truth-price.tsv.zst"), Truth.Reading.NUMERIC, row -> {});
    }

    /** How many of them tell a price of so much or more. */
    static long expected(int price) throws IOException {
        long[] count = new long[1];
        Truth.forEach(shared("truth-price.tsv.zst"), Truth.Reading.NUMERIC, row -> {
            if (row.after().get(0).asDouble(0) >= price) {
                count[0]++;
            }
        });
        return count[0];
    }

    /** A check that waits for the changes. */
    static TruthCheck check() throws IOException {
        TruthCheck check = new TruthCheck(List.of("record.price"), TruthCheck::objectsInText, key -> false);
        Truth.forEach(shared("truth-price.tsv.zst"), Truth.Reading.NUMERIC, check::expect);
        return check;
    }

    private static Path shared(String name) {
        return SharedData.file(STREAM).resolve(name);
    }
}

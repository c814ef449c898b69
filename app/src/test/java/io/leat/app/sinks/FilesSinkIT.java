package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.process.QuickStart;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.FilesJudge;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.SharedData;
import io.leat.testkit.Truth;
import io.leat.testkit.TruthCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real scraped stream through {@code leat run} into files, killed again and again; the judge sees files and manifests
 * alone. Kills: {@code -Dleat.kills}.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FilesSinkIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern RUNNING = Pattern.compile("RUNNING .*in [1-9]");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String STREAM = "demo-cs2-rifles";
    private static final int KILLS = Integer.getInteger("leat.kills", 4);
    private static final int MOST_MILLIS_ALIVE = 3_000;

    @TempDir
    private Path dir;

    private int started;

    @Test
    void killedAtAnyMomentTheFilesHoldTheTruthOfARealStream() throws Exception {
        assumeTrue(SharedData.isPresent(FilesSinkIT.class.getSimpleName()));
        RandomSeed seed = RandomSeed.of("files-sink");
        RandomGenerator random = seed.random();
        feed();
        for (int kill = 0; kill < KILLS; kill++) {
            try (OsProcess run = run()) {
                run.awaitLine(RUNNING, PATIENCE);
                Thread.sleep(random.nextInt(MOST_MILLIS_ALIVE));
                run.kill9();
                run.awaitExit(PATIENCE);
            }
            assertThat(judged().faults()).as("after kill %s, %s", kill, seed).isEmpty();
        }
        long expected = Truth.forEach(shared("truth-price.tsv.zst"), Truth.Reading.NUMERIC, row -> {});
        FilesJudge.Verdict verdict;
        try (OsProcess run = run()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        FilesJudge.Verdict now = judged();
                        assertThat(now.faults()).isEmpty();
                        return now.lines().size() >= expected
                                && now.completeUntil().size() == 2;
                    });
            run.terminate();
            run.awaitExit(PATIENCE);
            verdict = judged();
        }
        assertThat(verdict.faults()).as(seed.toString()).isEmpty();
        TruthCheck check = new TruthCheck(List.of("record.price"), TruthCheck::objectsInText, key -> false);
        Truth.forEach(shared("truth-price.tsv.zst"), Truth.Reading.NUMERIC, check::expect);
        verdict.lines().forEach(line -> check.add(ChangeLine.parse(line)));
        TruthCheck.Outcome outcome = check.finish();
        assertThat(outcome.isExact()).as(outcome + " " + seed).isTrue();
        assertThat(readAsThePageSays()).containsExactlyInAnyOrderElementsOf(verdict.lines());
        System.out.printf(
                "files-sink kills=%s changes=%s files=%s manifests=%s orphans=%s exact %s%n",
                KILLS, verdict.lines().size(), verdict.files(), verdict.manifests(), verdict.orphans(), seed);
    }

    /** Runs the commands of the page for readers. */
    private List<String> readAsThePageSays() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/sinks/files.md"));
        Matcher block =
                Pattern.compile("```sh\\n(cd prices\\n.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        Path read = dir.resolve("read.out");
        try (OsProcess shell = OsProcess.start(read, List.of("bash", "-euc", "cd '" + dir + "'\n" + block.group(1)))) {
            assertThat(shell.awaitExit(PATIENCE)).as(shell.said()).isZero();
        }
        return Files.readString(read, StandardCharsets.UTF_8).lines().toList();
    }

    private void feed() throws IOException {
        Path example = ROOT.resolve("examples/" + STREAM);
        Files.copy(example.resolve("contract.schema.json"), dir.resolve("contract.schema.json"));
        Files.writeString(
                dir.resolve("feed.yaml"),
                Files.readString(example.resolve("feed.yaml"))
                        + """

                        sinks:
                          - {name: archive, files: {path: prices, every: 1s, by: event_date}}
                        """);
    }

    private OsProcess run() {
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
                        "-D",
                        "execution.checkpointing.interval=1000 ms"));
    }

    private FilesJudge.Verdict judged() throws IOException {
        return FilesJudge.judge(dir.resolve("prices"));
    }

    private static Path shared(String name) {
        return SharedData.file(STREAM).resolve(name);
    }
}

package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.testkit.ChangeLine;
import io.leat.testkit.FilesJudge;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.SharedData;
import io.leat.testkit.TruthCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real scraped stream through {@code leat run} into a bucket, killed again and again; the judge sees objects and manifests
 * alone. Kills: {@code -Dleat.kills}.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FilesSinkIT {

    @TempDir
    private Path dir;

    private @Nullable ObjectStoreProcess store;

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void killedAtAnyMomentTheFilesHoldTheTruthOfARealStream() throws Exception {
        assumeTrue(SharedData.isPresent(FilesSinkIT.class.getSimpleName()));
        RandomSeed seed = RandomSeed.of("files-sink");
        RandomGenerator random = seed.random();
        store = new ObjectStoreProcess(dir.resolve("store"));
        Files.createSymbolicLink(dir.resolve("prices"), store.objects("prices"));
        KilledStream stream = new KilledStream(
                dir,
                "{name: archive, files: {path: 's3://bucket/prices', every: 1s, by: event_date, endpoint: 'http://127.0.0.1:%d', path_style: true, %s}}"
                        .formatted(store.port(), ObjectStoreProcess.LOGIN));
        int kills = stream.killAgainAndAgain(4, random, kill -> assertThat(judged().faults())
                .as("after kill %s, %s", kill, seed)
                .isEmpty());
        long expected = KilledStream.expected();
        FilesJudge.Verdict verdict;
        try (OsProcess run = stream.run()) {
            Awaitility.await()
                    .atMost(KilledStream.PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        FilesJudge.Verdict now = judged();
                        assertThat(now.faults()).isEmpty();
                        return now.lines().size() >= expected
                                && now.completeUntil().size() == 2;
                    });
            run.terminate();
            run.awaitExit(KilledStream.PATIENCE);
            verdict = judged();
        }
        assertThat(verdict.faults()).as(seed.toString()).isEmpty();
        TruthCheck check = KilledStream.check();
        verdict.lines().forEach(line -> check.add(ChangeLine.parse(line)));
        TruthCheck.Outcome outcome = check.finish();
        assertThat(outcome.isExact()).as(outcome + " " + seed).isTrue();
        assertThat(readAsThePageSays()).containsExactlyInAnyOrderElementsOf(verdict.lines());
        System.out.printf(
                "files-sink kills=%s changes=%s files=%s manifests=%s orphans=%s exact %s%n",
                kills, verdict.lines().size(), verdict.files(), verdict.manifests(), verdict.orphans(), seed);
    }

    /** Runs the commands of the page for readers. */
    private List<String> readAsThePageSays() throws IOException {
        String page = Files.readString(KilledStream.ROOT.resolve("docs/sinks/files.md"));
        Matcher block =
                Pattern.compile("```sh\\n(cd prices\\n.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        Path read = dir.resolve("read.out");
        try (OsProcess shell = OsProcess.start(read, List.of("bash", "-euc", "cd '" + dir + "'\n" + block.group(1)))) {
            assertThat(shell.awaitExit(KilledStream.PATIENCE)).as(shell.said()).isZero();
        }
        return Files.readString(read, StandardCharsets.UTF_8).lines().toList();
    }

    private FilesJudge.Verdict judged() throws IOException {
        return FilesJudge.judge(dir.resolve("prices"));
    }
}

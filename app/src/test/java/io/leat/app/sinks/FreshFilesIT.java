package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.LeatProcess;
import io.leat.testkit.FilesJudge;
import io.leat.testkit.OsProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from the extraction of a scrape until its change is visible in a bucket, through all of {@code leat run}: a scrape
 * is made at the moment it is posted, and its change is visible once its manifest is there. Seconds of it:
 * {@code -Dleat.fresh.seconds}; scrapes a second: {@code -Dleat.fresh.rate}; seconds of a window: {@code -Dleat.fresh.every}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FreshFilesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern SERVES = Pattern.compile("serving http://127\\.0\\.0\\.1:(\\d+)");
    private static final int SECONDS = Integer.getInteger("leat.fresh.seconds", 15);
    private static final int RATE = Integer.getInteger("leat.fresh.rate", 20);
    private static final int EVERY_SECONDS = Integer.getInteger("leat.fresh.every", 2);

    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private URI records;
    private int posted;

    @Test
    void whatIsExtractedIsVisibleInTheBucketASecondOrTwoAfterItsWindow() throws Exception {
        try (ObjectStoreProcess store = new ObjectStoreProcess(dir.resolve("store"));
                OsProcess run = run(store)) {
            records = URI.create("http://127.0.0.1:"
                    + Integer.parseInt(run.awaitLine(SERVES, PATIENCE).group(1)) + "/v1/feeds/fresh/records");
            post();
            Path prefix = store.objects("fresh");
            Awaitility.await().atMost(PATIENCE).until(() -> visible(prefix) == posted);
            Instant begun = Instant.now();
            for (int i = 0; i < SECONDS * RATE; i++) {
                post();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / RATE);
            }
            Awaitility.await().atMost(PATIENCE).until(() -> visible(prefix) == posted);
            List<Long> ages = ages(prefix, begun);
            assertThat(ages).hasSize(SECONDS * RATE);
            long p50 = ages.get(ages.size() / 2);
            long p99 = ages.get(Math.min(ages.size() - 1, ages.size() * 99 / 100));
            System.out.printf(
                    "fresh-files every=%ss changes=%s extraction to visible p50=%s ms p99=%s ms max=%s ms%n",
                    EVERY_SECONDS, ages.size(), p50, p99, ages.get(ages.size() - 1));
            assertThat(p99).isLessThanOrEqualTo((EVERY_SECONDS + 2) * 1_000L);
        }
    }

    /** Each scrape tells another price of one of ten items. */
    private void post() throws IOException, InterruptedException {
        int number = posted++;
        String scrape =
                "{\"sku\":\"s%d\",\"price\":%d,\"at\":%d}".formatted(number % 10, number, System.currentTimeMillis());
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(records)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(scrape))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static int visible(Path prefix) throws IOException {
        FilesJudge.Verdict verdict = FilesJudge.judge(prefix);
        assertThat(verdict.faults()).isEmpty();
        return verdict.lines().size();
    }

    /** Of what was extracted since a moment, in milliseconds and sorted. */
    private static List<Long> ages(Path prefix, Instant begun) throws IOException {
        List<Long> ages = new ArrayList<>();
        VisibleChanges.forEach(prefix, (since, change) -> {
            long extracted = change.path("after").path("at").asLong(0);
            if (extracted >= begun.toEpochMilli()) {
                ages.add(since.toEpochMilli() - extracted);
            }
        });
        Collections.sort(ages);
        return ages;
    }

    private OsProcess run(ObjectStoreProcess store) throws IOException {
        Path feed = Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: fresh
                key: sku
                time: {field: at, format: epoch_ms}
                changes: {compare: [price]}
                sinks:
                  - {name: lake, files: {path: 's3://bucket/fresh', every: %ds, endpoint: 'http://127.0.0.1:%d', path_style: true, %s}}
                """
                        .formatted(EVERY_SECONDS, store.port(), ObjectStoreProcess.LOGIN));
        return LeatProcess.run(dir, feed);
    }
}

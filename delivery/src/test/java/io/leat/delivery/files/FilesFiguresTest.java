package io.leat.delivery.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.Secret;
import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.batch.ShopChange;
import io.leat.delivery.lane.LogEntry;
import io.leat.testkit.FilesJudge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How many changes a second come into files, beside a loop that compresses the same lines and puts them into the same bucket.
 * Changes: {@code -Dleat.rows}.
 */
class FilesFiguresTest {

    private static final int ROWS = Integer.getInteger("leat.rows", 5_000);
    private static final int ROUNDS = ROWS > 100_000 ? 3 : 1;
    private static final int BATCH = 8_000; // what fits into a lane's 4 MiB
    private static final int WINDOW = 50_000;
    private static final long T = 1_764_064_800_000L;
    private static final long MINUTE = 60_000;

    @TempDir
    private Path dir;

    @Test
    void changesASecondBesideALoopOfPuts() throws IOException {
        List<Arrival> changes = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            changes.add(ShopChange.of(i, T + i / WINDOW * MINUTE, i));
        }
        try (Bucket bucket = Bucket.serve(dir.resolve("store"));
                S3Client bare = bare(bucket.port())) {
            for (int round = 1; round <= ROUNDS; round++) {
                String name = "r" + round;
                long put = put(bare, name, changes);
                JsonFiles.Store store = new JsonFiles.Store(
                        "http://127.0.0.1:" + bucket.port(),
                        "us-east-1",
                        true,
                        new JsonFiles.Login(Bucket.ACCESS_KEY, new Secret(Bucket.SECRET_KEY)));
                JsonFiles remote = terms("s3://bucket/" + name, store);
                long written = written(remote, S3Store.open(remote.path(), store, dir.resolve("spool")), changes);
                assertWhole(bucket.directory().resolve(name));
                Path local = dir.resolve(name);
                long kept = written(terms(local.toString(), null), new LocalStore(local), changes);
                assertWhole(local);
                System.out.printf(
                        Locale.ROOT,
                        "files-figures rows=%d bucket=%d/s directory=%d/s puts=%d/s bucket/puts=%.2f%n",
                        ROWS,
                        rate(written),
                        rate(kept),
                        rate(put),
                        (double) put / written);
            }
        }
    }

    private static long rate(long nanos) {
        return Math.round(ROWS * 1e9 / nanos);
    }

    private static void assertWhole(Path root) throws IOException {
        FilesJudge.Verdict verdict = FilesJudge.judge(root);
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.lines()).hasSize(ROWS);
    }

    private static long written(JsonFiles terms, ObjectStore store, List<Arrival> changes) throws IOException {
        long began = System.nanoTime();
        try (store;
                FilesWriter writer = new FilesWriter(
                        terms, store, LogEntry::value, () -> new Place("shop", "archive", "log", 0, 0, 1))) {
            for (int i = 0; i < changes.size(); i += BATCH) {
                int to = Math.min(changes.size(), i + BATCH);
                writer.write(new Batch(changes.subList(i, to), to, 0, 0));
            }
            long end = T + (ROWS / WINDOW + 2) * MINUTE;
            writer.write(new Batch(List.of(), ROWS, end, end));
        }
        return System.nanoTime() - began;
    }

    /** One object a window, as somebody would write it who needs no more than that. */
    private static long put(S3Client client, String name, List<Arrival> changes) throws IOException {
        long began = System.nanoTime();
        for (int i = 0; i < changes.size(); i += WINDOW) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 32 << 10)) {
                for (Arrival arrival : changes.subList(i, Math.min(changes.size(), i + WINDOW))) {
                    gzip.write(arrival.change().value());
                    gzip.write('\n');
                }
            }
            String key = name + "-bare/" + i + ".jsonl.gz";
            client.putObject(put -> put.bucket("bucket").key(key), RequestBody.fromBytes(bytes.toByteArray()));
        }
        return System.nanoTime() - began;
    }

    private static S3Client bare(int port) {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(Bucket.ACCESS_KEY, Bucket.SECRET_KEY)))
                .build();
    }

    private static JsonFiles terms(String path, JsonFiles.Store store) {
        return new JsonFiles(
                path,
                Duration.ofSeconds(60),
                JsonFiles.USUAL_SIZE,
                JsonFiles.Compression.GZIP,
                JsonFiles.By.NOTHING,
                store);
    }
}

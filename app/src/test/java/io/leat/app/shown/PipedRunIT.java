package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.embedded.DataDirectory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever pipes scrapes into a run sees each told while the pipe stays open, and ends it as any other program. */
@Timeout(300)
class PipedRunIT {

    private static final String SCRAPE =
            "{\"source\":\"s\",\"sku\":\"%s\",\"price\":1,\"in_stock\":true,\"scraped_at\":\"2026-01-05T08:00:00Z\"}%n";

    @TempDir
    private Path dir;

    private Path pipe;

    @BeforeEach
    void aFeedAndAPipe() throws IOException, InterruptedException {
        assertThat(Product.within("init", dir.toString()).exit()).isZero();
        pipe = dir.resolve("scrapes.pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "mkfifo");
    }

    @Test
    void whatComesThroughAPipeIsToldAsItComes() throws Exception {
        try (RandomAccessFile writer = new RandomAccessFile(pipe.toFile(), "rw");
                Product.Running run = run("first")) {
            write(writer, "a");
            run.process().awaitLine(Pattern.compile("  out 1 "), Product.PATIENCE);
            write(writer, "b");
            run.process().awaitLine(Pattern.compile("  out 2 .*  fed 2 lines"), Product.PATIENCE);
            run.process().terminate();
            Product.Ended ended = run.awaitEnd();
            assertThat(ended.exit()).as("asked to end: " + ended).isEqualTo(143);
            assertThat(Told.sentence(ended.out()).balances())
                    .as("in good order")
                    .isTrue();
            assertThat(ended.err()).isEmpty();
        }
        try (RandomAccessFile writer = new RandomAccessFile(pipe.toFile(), "rw");
                Product.Running run = run("second", "-q")) {
            write(writer, "c");
            Path address = DataDirectory.http(dir.resolve("second-data"));
            Awaitility.await()
                    .atMost(Product.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> isReady(Files.readString(address)));
            run.process().interrupt();
            Thread.sleep(50); // two signals of a kind at once are one
            run.process().interrupt();
            Product.Ended ended = run.awaitEnd();
            assertThat(ended.exit()).as("at once: " + ended).isEqualTo(130);
            assertThat(ended.out() + ended.err()).as("quiet").isEmpty();
        }
    }

    private static boolean isReady(String address) throws IOException, InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create(address.strip()).resolve("/readyz"))
                .build();
        return HttpClient.newHttpClient()
                        .send(ready, HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    private static void write(RandomAccessFile pipe, String sku) throws IOException {
        pipe.write(SCRAPE.formatted(sku).getBytes(StandardCharsets.UTF_8));
    }

    private Product.Running run(String name, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "run",
                dir.resolve("feed.yaml").toString(),
                "--from",
                pipe.toString(),
                "--data",
                dir.resolve(name + "-data").toString(),
                "--http",
                "127.0.0.1:0",
                "--port",
                "0"));
        args.addAll(List.of(more));
        return Product.start(dir, name, args.toArray(String[]::new));
    }
}

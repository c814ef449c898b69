package io.leat.delivery.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.Secret;
import io.leat.testkit.FilesJudge;
import io.leat.testkit.RandomSeed;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bucket as a store that is not Amazon's serves it, and what such stores answer on bad days. */
@Timeout(180)
class S3StoreTest {

    private static final long T = 1_764_064_800_000L;
    private static final long MINUTE = 60_000;

    @TempDir
    private Path dir;

    private Bucket bucket;
    private final SimulatedLog log = new SimulatedLog();

    @BeforeEach
    void start() {
        bucket = Bucket.serve(dir.resolve("store"));
    }

    @AfterEach
    void stop() {
        bucket.close();
    }

    @Test
    void trap6WhatIsWrittenToABucketIsWholeAndThereOnce() throws IOException {
        for (int window = 0; window < 4; window++) {
            log.tell(T + window * MINUTE, 30);
        }
        try (ObjectStore store = store(bucket.port())) {
            new SimulatedLane(log, terms(), store, 7).readAndLoseTheCursor();
            new SimulatedLane(log, terms(), store, 100).readAt(T + 9 * MINUTE);
        }
        assertWhole(120);
    }

    @Test
    void trap9AnObjectIsMadeOnceAndTheSecondIsTold() throws IOException {
        try (ObjectStore store = store(bucket.port())) {
            boolean isOurs = create(store, "a", "one");
            assertThat(isOurs || sha256("one").equals(store.sha256("a")))
                    .as("made; where the answer was lost, it was asked twice and found made")
                    .isTrue();
            assertThat(create(store, "a", "two")).isFalse();
            assertThat(store.read("a")).isEqualTo("one".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(store.sha256("a")).isEqualTo(sha256("one"));
            assertThat(store.read("b")).isNull();
            assertThat(store.sha256("b")).isNull();
        }
    }

    @Test
    void trap5OneThatAnswers409And500And503IsTriedAgainAndOneThat501sIsNotAsked() throws Exception {
        AtomicInteger puts = new AtomicInteger();
        IntUnaryOperator answers = put -> put < 4 ? 409 : put < 8 ? 500 : put < 12 ? 503 : 501;
        HttpServer ill = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ill.createContext("/", exchange -> {
            try (InputStream body = exchange.getRequestBody()) {
                body.readAllBytes();
            }
            boolean put = exchange.getRequestMethod().equals("PUT");
            boolean fenced = exchange.getRequestHeaders().containsKey("If-None-Match");
            int status = !put ? 404 : fenced ? answers.applyAsInt(puts.getAndIncrement()) : 200;
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        ill.start();
        try (ObjectStore store = store(ill.getAddress().getPort())) {
            int failures = 0;
            while (puts.get() < 12) {
                assertThatThrownBy(() -> create(store, "a", "one")).isInstanceOf(IOException.class);
                failures++;
            }
            assertThat(failures).isPositive();
            assertThat(create(store, "a", "one"))
                    .as("written without the header")
                    .isTrue();
        } finally {
            ill.stop(0);
        }
    }

    /** Requests and answers end in the middle, or are slow; what was sent may have arrived. */
    @Test
    void trap5OverALinkThatIsSlowAndBreaksEachChangeArrivesOnce() throws IOException {
        RandomSeed seed = RandomSeed.of("shaky-link");
        for (int window = 0; window < 10; window++) {
            log.tell(T + window * MINUTE, 40);
        }
        try (ShakyLink link = new ShakyLink(bucket.port(), seed.random());
                ObjectStore store = store(link.port())) {
            SimulatedLane lane = new SimulatedLane(log, terms(), store, 7);
            int failures = 0;
            boolean isDone = false;
            while (!isDone) {
                try {
                    lane.readAt(T + 20 * MINUTE);
                    isDone = true;
                } catch (IOException e) {
                    failures++;
                    assertThat(failures).as(seed.toString()).isLessThan(500);
                }
            }
            assertThat(link.broken()).as(seed.toString()).isPositive();
        }
        assertWhole(400);
    }

    private void assertWhole(int changes) throws IOException {
        FilesJudge.Verdict verdict = FilesJudge.judge(bucket.directory().resolve("prices"));
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.lines()).hasSize(changes);
        assertThat(verdict.orphans()).isZero();
    }

    private boolean create(ObjectStore store, String name, String content) throws IOException {
        Path file = Files.writeString(store.spool().resolve("x"), content);
        return store.create(name, file, sha256(content));
    }

    private String sha256(String content) throws IOException {
        return Sha256.of(Files.writeString(dir.resolve("content"), content));
    }

    private ObjectStore store(int port) {
        return S3Store.open("s3://bucket/prices", bucket(port), dir.resolve("spool"));
    }

    private static JsonFiles.Store bucket(int port) {
        return new JsonFiles.Store(
                "http://127.0.0.1:" + port,
                "us-east-1",
                true,
                new JsonFiles.Login(Bucket.ACCESS_KEY, new Secret(Bucket.SECRET_KEY)));
    }

    private static JsonFiles terms() {
        return new JsonFiles(
                "s3://bucket/prices",
                Duration.ofMinutes(1),
                JsonFiles.USUAL_SIZE,
                JsonFiles.Compression.GZIP,
                JsonFiles.By.NOTHING,
                bucket(1));
    }
}

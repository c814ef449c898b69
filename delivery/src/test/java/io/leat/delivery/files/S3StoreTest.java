package io.leat.delivery.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.Secret;
import io.leat.testkit.FilesJudge;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.options.CreateContainerOptions;
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

    private S3Proxy proxy;
    private final SimulatedLog log = new SimulatedLog();

    @BeforeEach
    void start() throws Exception {
        Properties settings = new Properties();
        settings.setProperty(
                "jclouds.filesystem.basedir",
                Files.createDirectories(dir.resolve("store")).toString());
        settings.setProperty("jclouds.identity", "who");
        settings.setProperty("jclouds.credential", "proof");
        BlobStore blobs = BlobStores.create("filesystem", settings);
        blobs.createContainer("bucket", CreateContainerOptions.NONE);
        proxy = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "who", "proof")
                .build();
        proxy.start();
    }

    @AfterEach
    void stop() throws Exception {
        proxy.stop();
    }

    @Test
    void trap6WhatIsWrittenToABucketIsWholeAndThereOnce() throws IOException {
        for (int window = 0; window < 4; window++) {
            log.tell(T + window * MINUTE, 30);
        }
        try (ObjectStore store = store(proxy.getPort())) {
            new SimulatedLane(log, terms(), store, 7).readAndLoseTheCursor();
            new SimulatedLane(log, terms(), store, 100).readAt(T + 9 * MINUTE);
        }
        assertWhole(120);
    }

    @Test
    void trap9AnObjectIsMadeOnceAndTheSecondIsTold() throws IOException {
        try (ObjectStore store = store(proxy.getPort())) {
            assertThat(create(store, "a", "one")).isTrue();
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

    private void assertWhole(int changes) throws IOException {
        FilesJudge.Verdict verdict = FilesJudge.judge(dir.resolve("store/bucket/prices"));
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
                "http://127.0.0.1:" + port, "us-east-1", true, new JsonFiles.Login("who", new Secret("proof")));
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

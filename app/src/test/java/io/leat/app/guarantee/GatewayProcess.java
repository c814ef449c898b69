package io.leat.app.guarantee;

import io.leat.app.embedded.FreePort;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.FeedTopics;
import io.leat.testkit.OsProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/** {@code leat gateway} in a process of its own, which can be killed and started again at the same address. */
final class GatewayProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern SERVES = Pattern.compile("serving http://");

    private final CrashRig rig;
    private final String bootstrap;
    private final int port;
    private volatile OsProcess process;

    GatewayProcess(CrashRig rig, String bootstrap) {
        this.rig = rig;
        this.bootstrap = bootstrap;
        this.port = FreePort.find();
        this.process = start();
        awaitReady();
    }

    /** Makes the feed's topics, as its first run would. */
    static void prepare(CrashRig rig, String bootstrap) {
        Feed feed = ((FeedFile.Valid) FeedFile.read(rig.feed, name -> null)).feed();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            FeedTopics.prepare(admin, feed);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    void killAndRestart() {
        process.kill9();
        process.close();
        process = start();
    }

    /** Waits until it says that everything it needs is there. */
    void awaitReady() {
        HttpRequest ready = HttpRequest.newBuilder(uri("/readyz"))
                .timeout(Duration.ofSeconds(5))
                .build();
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> HttpClient.newHttpClient()
                                .send(ready, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    private OsProcess start() {
        OsProcess started = rig.java(
                "io.leat.app.Leat",
                List.of(
                        "gateway",
                        rig.feed.toString(),
                        "--kafka",
                        bootstrap,
                        "--http",
                        "127.0.0.1:" + port,
                        "--log",
                        rig.dir.resolve("gateway.log").toString()));
        started.awaitLine(SERVES, PATIENCE);
        return started;
    }

    @Override
    public void close() {
        process.close();
    }
}

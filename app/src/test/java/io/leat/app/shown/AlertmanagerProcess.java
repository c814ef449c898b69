package io.leat.app.shown;

import static org.awaitility.Awaitility.await;

import io.leat.app.embedded.FreePort;
import io.leat.testkit.OsProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Debian's Alertmanager as a process, on loopback. */
final class AlertmanagerProcess implements AutoCloseable {

    private static final String PROGRAM = "prometheus-alertmanager";

    private final OsProcess process;
    private final URI base;

    AlertmanagerProcess(Path dir) throws IOException {
        Path config = Files.writeString(
                dir.resolve("alertmanager.yml"), "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        int port = FreePort.find();
        base = URI.create("http://127.0.0.1:" + port);
        process = OsProcess.start(
                dir.resolve("alertmanager.out"),
                List.of(
                        PROGRAM,
                        "--config.file=" + config,
                        "--storage.path=" + dir.resolve("alertmanager"),
                        "--cluster.listen-address=",
                        "--web.listen-address=127.0.0.1:" + port));
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> !get("/-/ready")
                .isEmpty());
    }

    /** Whether it is installed; prints a line if not. */
    static boolean isInstalled() {
        boolean installed = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, PROGRAM)));
        if (!installed) {
            System.out.println("SKIPPED alerts told to Alertmanager: " + PROGRAM + " is not installed");
        }
        return installed;
    }

    URI base() {
        return base;
    }

    /** The alerts that are open, as JSON. */
    String open() {
        try {
            return get("/api/v2/alerts");
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        process.close();
    }
}

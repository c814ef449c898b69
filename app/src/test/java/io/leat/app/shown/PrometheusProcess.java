package io.leat.app.shown;

import static org.awaitility.Awaitility.await;

import io.leat.app.embedded.FreePort;
import io.leat.testkit.OsProcess;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Debian's Prometheus as a process on loopback, with the rules of this repository, which here wait for seconds only. */
final class PrometheusProcess implements AutoCloseable {

    private static final String PROGRAM = "prometheus";

    private final OsProcess process;
    private final URI base;

    /** @param targets what to scrape once a second: the name of the job, and where it serves, {@code HOST:PORT} */
    PrometheusProcess(Path dir, Map<String, String> targets) throws IOException {
        Path rules = Files.writeString(
                dir.resolve("rules.yml"),
                Files.readString(Product.ROOT.resolve("monitoring/rules.yml")).replaceAll("for: [0-9]+m", "for: 2s"));
        StringBuilder config =
                new StringBuilder("global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files: ['" + rules
                        + "']\nscrape_configs:\n");
        targets.forEach((job, target) -> config.append("  - {job_name: ")
                .append(job)
                .append(", static_configs: [{targets: ['")
                .append(target)
                .append("']}]}\n"));
        Path file = Files.writeString(dir.resolve("prometheus.yml"), config);
        int port = FreePort.find();
        base = URI.create("http://127.0.0.1:" + port);
        process = OsProcess.start(
                dir.resolve("prometheus.out"),
                List.of(
                        PROGRAM,
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + dir.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port));
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().until(() -> query("up")
                .isArray());
    }

    /** Whether it is installed; prints a line if not. */
    static boolean isInstalled() {
        boolean installed = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, PROGRAM)));
        if (!installed) {
            System.out.println("SKIPPED figures scraped by Prometheus: " + PROGRAM + " is not installed");
        }
        return installed;
    }

    /** What a query gives now: a list of series. */
    JsonNode query(String query) {
        try {
            URI asked = base.resolve("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
            String answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(asked).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return PlainJson.parse(answer).at("/data/result");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.gateway.access.ApiKey;
import io.leat.gateway.access.KeyBook;
import io.leat.gateway.access.KeyEntry;
import io.leat.gateway.access.Scope;
import io.leat.gateway.http.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Event streams read by programs that are not ours. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ForeignReadersIT {

    private static final int COUNT = 60;
    private static final String EARLIEST = "/v1/feeds/" + HttpRig.NAME + "/changes?since=earliest";

    @TempDir
    private static Path dir;

    private static HttpRig rig;
    private static List<String> told;

    @BeforeAll
    static void start() {
        rig = new HttpRig(dir.resolve("data"), Limits.DEFAULT);
        told = rig.tell(0, COUNT, 7, "\u2028 \\u0000 </script>");
    }

    @AfterAll
    static void stop() {
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    @Order(1)
    void curlReadsEvents() {
        assumeTrue(Foreign.has("curl", "curl"));
        String text = Foreign.run("curl", "-sN", "--max-time", "3", rig.uri(EARLIEST).toString());
        assertThat(Pattern.compile("data: \\{\"id\":\"(\\w+)\"").matcher(text).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    @Order(2)
    void npmEventSourceReadsAndResumes() throws Exception {
        Path modules = Path.of(System.getProperty("leat.npm", Product.ROOT + "/app/src/test/js"));
        boolean there = Foreign.has("npm's eventsource", "node") && Files.isDirectory(modules.resolve("node_modules/eventsource"));
        if (!there) {
            System.out.println("SKIPPED npm's eventsource: it is not in " + modules);
        }
        assumeTrue(there);
        Path work = Files.createDirectories(dir.resolve("npm"));
        Files.createSymbolicLink(work.resolve("node_modules"), modules.resolve("node_modules"));
        Path script = Files.copy(Path.of("src/test/js/events.mjs"), work.resolve("events.mjs"));
        String url = rig.uri(EARLIEST).toString();
        List<String> first = Foreign.run("node", script.toString(), url, "25").lines().toList();
        assertThat(first).hasSize(25);
        String last = first.get(24).split(" ")[0];
        List<String> rest = Foreign.run("node", script.toString(), url, Integer.toString(COUNT - 25), last)
                .lines()
                .toList();
        assertThat(java.util.stream.Stream.concat(first.stream(), rest.stream()).map(line -> line.split(" ")[1]))
                .containsExactlyInAnyOrderElementsOf(told);
    }

    /** With a ticket, as a page would; the page is a file, so the browser's rule of one origin is off. */
    @Test
    @Order(3)
    void chromiumReadsEventsWithATicket() throws Exception {
        assumeTrue(Foreign.has("Chromium's EventSource", "chromium-headless-shell"));
        ApiKey key = ApiKey.draw(new SecureRandom());
        try (KeyBook book = new KeyBook(rig.kafka)) {
            book.write(new KeyEntry(
                    key.id(), "browser", key.hash(), List.of(Scope.Grant.parse(HttpRig.NAME + ":read")), 1, 0, 0));
        }
        String tickets = "/v1/feeds/" + HttpRig.NAME + "/tickets";
        String[] bearer = {"Authorization", "Bearer " + key.reveal()};
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> rig.post(tickets, new byte[0], bearer).statusCode() == 201
                        && rig.get(EARLIEST).statusCode() == 401);
        String ticket = rig.post(tickets, new byte[0], bearer)
                .body()
                .replaceFirst(".*\"ticket\":\"([^\"]+)\".*", "$1");
        Path page = Files.writeString(
                dir.resolve("page.html"),
                """
                <body><script>
                new EventSource("%s&ticket=%s").onmessage = event => {
                  const line = document.createElement("p");
                  line.textContent = JSON.parse(event.data).id;
                  document.body.append(line);
                };
                </script></body>
                """
                        .formatted(rig.uri(EARLIEST), ticket));
        String dom = Foreign.run(
                "chromium-headless-shell",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-web-security",
                "--user-data-dir=" + dir.resolve("chromium"),
                "--timeout=5000",
                "--dump-dom",
                page.toUri().toString());
        assertThat(Pattern.compile("<p>(\\w+)</p>").matcher(dom).results().map(found -> found.group(1)))
                .as(dom)
                .containsExactlyInAnyOrderElementsOf(told);
    }
}

package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.gateway.Gateway;
import io.leat.gateway.access.ApiKey;
import io.leat.gateway.access.KeyBook;
import io.leat.gateway.access.KeyEntry;
import io.leat.gateway.access.Scope;
import io.leat.gateway.http.Limits;
import io.leat.testkit.EventParser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Event streams read by programs that are not ours; each comes back, to another gateway, and gets exactly the rest. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ForeignReadersIT {

    private static final int COUNT = 60;
    private static final int CUT = 25;
    private static final String CHANGES = "/v1/feeds/" + HttpRig.NAME + "/changes";
    private static final String EARLIEST = CHANGES + "?since=earliest";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern EVENT = Pattern.compile("id: (\\S+)\ndata: \\{\"id\":\"(\\w+)\"");
    /** What a browser would run if it took a scraped text for markup. */
    private static final String SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    /** Ends each stream after a second or two. */
    private static final Limits SHORT =
            UsualLimits.but().streamAge(Duration.ofSeconds(2)).limits();

    @TempDir
    private static Path dir;

    private static HttpRig rig;
    private static Gateway other;
    private static List<String> told;

    @BeforeAll
    static void start() {
        rig = new HttpRig(dir.resolve("data"), Limits.DEFAULT);
        other = rig.start("127.0.0.1", 0, null, SHORT);
        told = rig.tell(0, COUNT, 7, "\u2028 \\u0000 </script>");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> RawHttp.ask(
                                        other.port(),
                                        "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                                        Duration.ofSeconds(5))
                                .status()
                        == 200);
    }

    @AfterAll
    static void stop() {
        if (rig != null) {
            other.close();
            rig.close();
        }
    }

    @Test
    @Order(1)
    void curlReadsAndResumes() {
        assumeTrue(Foreign.has("curl", "curl"));
        List<MatchResult> all = curl(rig.uri(EARLIEST));
        assertThat(all.stream().map(event -> event.group(2))).containsExactlyInAnyOrderElementsOf(told);
        List<MatchResult> rest = curl(
                elsewhere(EARLIEST), "-H", "Last-Event-ID: " + all.get(CUT - 1).group(1));
        assertThat(rest.stream().map(event -> event.group(2)))
                .as("another gateway may take the partitions in another order")
                .containsExactlyInAnyOrderElementsOf(all.subList(CUT, COUNT).stream()
                        .map(event -> event.group(2))
                        .toList());
    }

    @Test
    @Order(2)
    void javaReadsAndResumes() {
        List<EventParser.Event> events = new ArrayList<>();
        try (EventStream stream = EventStream.open(rig.http, rig.uri(EARLIEST))) {
            events.addAll(stream.next(CUT));
        }
        try (EventStream stream = EventStream.open(
                rig.http,
                elsewhere(EARLIEST),
                "Last-Event-ID",
                events.get(CUT - 1).id())) {
            events.addAll(stream.next(COUNT - CUT));
        }
        assertThat(events.stream().map(event -> event.data().substring(7, 33)))
                .containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    @Order(3)
    void npmEventSourceReadsAndResumes() throws Exception {
        Path modules = Foreign.npm("eventsource");
        Path work = Files.createDirectories(dir.resolve("npm"));
        Files.createSymbolicLink(work.resolve("node_modules"), modules);
        Path script = Files.copy(Path.of("src/test/js/events.mjs"), work.resolve("events.mjs"));
        List<String> first = events(script, rig.uri(EARLIEST), CUT);
        String last = first.get(CUT - 1).split(" ")[0];
        List<String> rest = events(script, elsewhere(EARLIEST + "&last_event_id=" + last), COUNT - CUT);
        assertThat(Stream.concat(first.stream(), rest.stream()).map(line -> line.split(" ")[1]))
                .containsExactlyInAnyOrderElementsOf(told);
    }

    /** The gateway ends its streams every second or two: each time the page takes a ticket and goes on. */
    @Test
    @Order(4)
    void chromiumReadsWithTicketsResumesAndShowsTextAsText() throws Exception {
        assumeTrue(Foreign.has("Chromium's EventSource", "chromium-headless-shell"));
        String key = key();
        List<String> all = new ArrayList<>(told.subList(COUNT - 7, COUNT));
        try (BrowserPage page = new BrowserPage(
                Product.ROOT.resolve("examples/clients/changes.html"),
                Files.createDirectories(dir.resolve("chromium")),
                () -> "{\"url\":\"%s\",%s"
                        .formatted(elsewhere(CHANGES), ticket(key).substring(1)))) {
            for (int batch = 0; batch < 3; batch++) {
                int tickets = page.tickets() + 1;
                int soFar = all.size();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> page.shows().lines().size() >= soFar);
                Awaitility.await().atMost(PATIENCE).until(() -> page.tickets() > tickets);
                all.addAll(rig.tellNotes(List.of("harmless", SCRIPT, "two\nlines")));
            }
            Awaitility.await().atMost(PATIENCE).until(() -> page.shows().lines().size() >= all.size());
            BrowserPage.Shown shown = page.shows();
            assertThat(shown.lines().stream().map(line -> line.substring(0, 26)))
                    .containsExactlyInAnyOrderElementsOf(all);
            assertThat(shown.lines()).anyMatch(line -> line.contains(SCRIPT));
            assertThat(shown.elements()).isZero();
            assertThat(shown.executed()).isZero();
            System.out.printf("chromium: %d changes over %d tickets%n", all.size(), page.tickets());
        }
    }

    @Test
    @Order(5)
    void whatTheGatewaySendsIsNoPage() throws Exception {
        assumeTrue(Foreign.has("Chromium", "chromium-headless-shell"));
        rig.tellNotes(List.of(SCRIPT));
        String ticket = ticket(key()).replaceFirst(".*\"ticket\":\"([^\"]+)\".*", "$1");
        Path profile = Files.createDirectories(dir.resolve("dump"));
        String stream = BrowserPage.dom(
                profile, elsewhere(EARLIEST + "&ticket=" + ticket).toString());
        assertThat(stream).contains("&lt;script&gt;").doesNotContain("<script>", "<img");
        String refused = BrowserPage.dom(
                profile, elsewhere("/v1/feeds/%3Cscript%3E/changes").toString());
        assertThat(refused).doesNotContain("script");
    }

    private static URI elsewhere(String path) {
        return URI.create("http://127.0.0.1:" + other.port() + path);
    }

    private static List<MatchResult> curl(URI uri, String... options) {
        List<String> command = new ArrayList<>(List.of("curl", "-sN", "--max-time", "2", uri.toString()));
        command.addAll(List.of(options));
        return EVENT.matcher(Foreign.run(command.toArray(String[]::new)))
                .results()
                .toList();
    }

    private static List<String> events(Path script, URI uri, int count) {
        return Foreign.run("node", script.toString(), uri.toString(), Integer.toString(count))
                .lines()
                .toList();
    }

    /** A key for this feed; from now on both gateways ask for one. */
    private static String key() throws Exception {
        ApiKey key = ApiKey.draw(new SecureRandom());
        try (KeyBook book = new KeyBook(rig.kafka)) {
            book.write(new KeyEntry(
                    key.id(), "browser", key.hash(), List.of(Scope.Grant.parse(HttpRig.NAME + ":read")), 1, 0, 0));
        }
        Awaitility.await().atMost(PATIENCE).until(() -> ticket(key.reveal()).contains("\"ticket\""));
        return key.reveal();
    }

    private static String ticket(String key) {
        return RawHttp.ask(
                        other.port(),
                        "POST /v1/feeds/%s/tickets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: 0\r\n\r\n"
                                .formatted(HttpRig.NAME, key),
                        Duration.ofSeconds(5))
                .body();
    }
}

package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.gateway.http.Limits;
import io.leat.testkit.EventParser;
import io.leat.testkit.PlainJson;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.ShortenedTopic;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Changes as event streams: from any place, resumed exactly, and nobody waits for who does not read. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangesOverHttpIT {

    private static final String CHANGES = "/v1/feeds/" + HttpRig.NAME + "/changes";
    private static final int KEYS = 50;
    private static final Limits LIMITS = UsualLimits.but()
            .stalledAfter(Duration.ofSeconds(2))
            .heartbeat(Duration.ofMillis(500))
            .limits();

    @TempDir
    private static Path dir;

    private static HttpRig rig;
    private static List<String> told;

    @BeforeAll
    static void start() {
        rig = new HttpRig(dir, LIMITS);
        told = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            told.addAll(rig.tell(i * 50, 50, KEYS, ""));
        }
    }

    @AfterAll
    static void stop() {
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    @Order(1)
    void aReaderFromTheEarliestGetsEverythingOnceAndInOrder() {
        try (EventStream stream = open(CHANGES + "?since=earliest")) {
            assertThat(stream.header("content-type")).isEqualTo("text/event-stream");
            assertThat(stream.header("x-accel-buffering")).isEqualTo("no");
            List<EventParser.Event> events = stream.next(told.size());
            mustBeInOrder(events);
            assertThat(ids(events)).containsExactlyInAnyOrderElementsOf(told);
        }
    }

    @Test
    @Order(2)
    void whoeverComesBackWithAnIdGetsExactlyTheRest() {
        RandomSeed seed = RandomSeed.of("resume");
        List<EventParser.Event> all;
        try (EventStream stream = open(CHANGES + "?since=earliest")) {
            all = stream.next(told.size());
        }
        for (int round = 0; round < 10; round++) {
            int cut = seed.round(round).random().nextInt(all.size() - 1);
            try (EventStream rest = open(
                    CHANGES + "?since=earliest", "Last-Event-ID", all.get(cut).id())) {
                List<EventParser.Event> events = rest.next(all.size() - cut - 1);
                mustBeInOrder(events);
                List<EventParser.Event> both = new ArrayList<>(all.subList(0, cut + 1));
                both.addAll(events);
                assertThat(ids(both)).as("cut at %d, %s", cut, seed).containsExactlyInAnyOrderElementsOf(told);
            }
        }
    }

    @Test
    @Order(3)
    void aSnapshotIsTheLastValueOfEveryKeyThenWhatFollowsAlsoAfterACut() {
        try (EventStream stream = open(CHANGES + "?since=snapshot")) {
            List<EventParser.Event> half = stream.next(KEYS / 2);
            try (EventStream rest =
                    open(CHANGES, "Last-Event-ID", half.get(half.size() - 1).id())) {
                List<EventParser.Event> events =
                        new ArrayList<>(rest.until(event -> event.name().equals("snapshot_end")));
                events.remove(events.size() - 1);
                List<EventParser.Event> both = new ArrayList<>(half);
                both.addAll(events);
                assertThat(both).hasSize(KEYS);
                assertThat(ids(both))
                        .containsExactlyInAnyOrderElementsOf(told.subList(told.size() - KEYS, told.size()));
                List<String> more = rig.tell(1_000, 20, KEYS, "");
                told.addAll(more);
                assertThat(ids(rest.next(20))).containsExactlyInAnyOrderElementsOf(more);
            }
        }
    }

    @Test
    @Order(4)
    void onlyWhatWasAskedForComes() {
        try (EventStream shop = open(CHANGES + "?since=snapshot&field.shop=s1");
                EventStream key = open(CHANGES + "?since=snapshot&key_prefix=s0&key_prefix=k3");
                EventStream op = open(CHANGES + "?since=earliest&op=new")) {
            assertThat(until(shop))
                    .allSatisfy(event -> assertThat(event.data()).contains("\"shop\":\"s1\""))
                    .hasSize(17);
            assertThat(until(key))
                    .allSatisfy(event -> assertThat(event.data()).contains("\"key\":[\"s0\",\"k3"))
                    .hasSize(5);
            assertThat(op.next(KEYS))
                    .allSatisfy(event -> assertThat(event.data()).contains("\"op\":\"new\""));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !op.lastId()
                    .isEmpty());
        }
    }

    @Test
    @Order(5)
    void linesCarryTheirCursor() throws Exception {
        var response = rig.http.send(
                rig.request(CHANGES + "?since=earliest", "Accept", "application/x-ndjson")
                        .build(),
                java.net.http.HttpResponse.BodyHandlers.ofLines());
        assertThat(response.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        try (var lines = response.body()) {
            List<String> some = lines.filter(line -> !line.contains("\"event\":\"heartbeat\""))
                    .limit(10)
                    .toList();
            assertThat(some).allSatisfy(line -> assertThat(PlainJson.parse(line).toString())
                    .contains("cursor", "price"));
        }
    }

    @Test
    @Order(6)
    void whatIsNoIdIsRefusedWithoutAnEcho() {
        for (String id : List.of("%00", "1,2,3", "x", "1,-2", "9".repeat(5_000), "1~2,3,4", "'><script>")) {
            String query = java.net.URLEncoder.encode(id, StandardCharsets.UTF_8);
            var response = rig.get(CHANGES + "?last_event_id=" + query);
            assertThat(response.statusCode()).isIn(400, 414);
            assertThat(response.body()).doesNotContain("script").doesNotContain("999");
        }
        assertThat(rig.get(CHANGES + "?sincc=now").statusCode()).isEqualTo(400);
        assertThat(rig.get(CHANGES, "Accept", "image/png").statusCode()).isEqualTo(406);
        assertThat(rig.get("/v1/feeds/none/changes").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(7)
    void anIdOfAnotherLogIsToldAsAGap() {
        try (EventStream stream = open(CHANGES, "Last-Event-ID", "999999,999999")) {
            EventParser.Event gap = stream.next(1).get(0);
            assertThat(gap.name()).isEqualTo("gap");
            assertThat(gap.data()).contains("\"from\":999999", "\"reason\":\"ahead\"");
            stream.next(told.size());
        }
        String mine;
        try (EventStream stream = open(CHANGES + "?since=earliest")) {
            mine = stream.next(3).get(2).id();
        }
        assertThat(mine).matches("[0-9a-f]{8}-\\d+,\\d+");
        String anothers = (mine.charAt(0) == '0' ? "1" : "0") + mine.substring(1);
        try (EventStream stream = open(CHANGES, "Last-Event-ID", anothers)) {
            EventParser.Event gap = stream.next(1).get(0);
            assertThat(gap.name()).as("its offsets are within this log").isEqualTo("gap");
            assertThat(gap.data()).contains("\"partition\":1", "\"reason\":\"other_log\"");
            stream.next(told.size());
        }
        try (EventStream stream = open(CHANGES, "Last-Event-ID", mine.substring(9))) {
            List<EventParser.Event> rest = stream.next(told.size() - 3);
            assertThat(rest).as("an id from before logs had names").noneMatch(event -> event.name()
                    .equals("gap"));
        }
    }

    @Test
    @Order(8)
    void whoeverStopsReadingIsClosedAndNobodyElseWaits() throws Exception {
        String padding = "x".repeat(20_000);
        try (EventStream healthy = open(CHANGES);
                Socket stuck = new Socket("127.0.0.1", rig.port())) {
            stuck.setReceiveBufferSize(4_096);
            stuck.getOutputStream()
                    .write(("GET " + CHANGES + "?since=earliest HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            int count = 0;
            for (int i = 0; i < 30; i++) {
                told.addAll(rig.tell(2_000 + i * 20, 20, KEYS, padding));
                count += 20;
            }
            healthy.next(count);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> figure("leat_gateway_streams") == 1.0);
        }
    }

    @Test
    @Order(9)
    void whatTheLogNoLongerHasIsToldAsAGap() throws Exception {
        String early;
        try (EventStream stream = open(CHANGES + "?since=earliest")) {
            early = stream.next(3).get(2).id();
        }
        try (Admin admin = rig.admin()) {
            ShortenedTopic.before(admin, new TopicPartition(HttpRig.NAME + ".changes", 0), 200);
        }
        try (EventStream stream = open(CHANGES, "Last-Event-ID", early)) {
            EventParser.Event gap = stream.next(1).get(0);
            assertThat(gap.name()).isEqualTo("gap");
            assertThat(gap.data()).contains("\"partition\":0", "\"to\":200", "\"reason\":\"deleted\"");
        }
    }

    @Test
    @Order(10)
    void whoReadsALogThatIsMadeAnewIsToldSoAndBegins() throws Exception {
        try (EventStream stream = open(CHANGES + "?since=now")) {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !stream.lastId()
                    .isEmpty());
            rig.makeLogAnew();
            List<String> anew = rig.tell(5_000, 20, KEYS, "");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(stream::hasEnded);
            try (EventStream again = open(CHANGES, "Last-Event-ID", stream.lastId())) {
                EventParser.Event gap = again.next(1).get(0);
                assertThat(gap.name()).isEqualTo("gap");
                assertThat(gap.data()).contains("\"partition\":1", "\"reason\":\"other_log\"");
                assertThat(ids(again.next(20))).containsExactlyInAnyOrderElementsOf(anew);
                List<String> more = rig.tell(6_000, 20, KEYS, "");
                assertThat(ids(again.next(20))).containsExactlyInAnyOrderElementsOf(more);
            }
        }
    }

    private static EventStream open(String path, String... headers) {
        return EventStream.open(rig.http, rig.uri(path), headers);
    }

    private static double figure(String name) {
        return rig.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    private static List<EventParser.Event> until(EventStream stream) {
        List<EventParser.Event> events =
                new ArrayList<>(stream.until(event -> event.name().equals("snapshot_end")));
        events.remove(events.size() - 1);
        return events;
    }

    private static List<String> ids(List<EventParser.Event> events) {
        return events.stream().map(event -> event.data().substring(7, 33)).toList();
    }

    /** Per key, seq goes up by one: no gap, no repeat, no disorder. */
    private static void mustBeInOrder(List<EventParser.Event> events) {
        Map<String, Long> last = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (EventParser.Event event : events) {
            String key = event.data().replaceFirst(".*?\"key\":(\\[.*?]).*", "$1");
            long seq = Long.parseLong(event.data().replaceFirst(".*?\"seq\":(\\d+).*", "$1"));
            Long before = last.put(key, seq);
            assertThat(before == null || seq == before + 1)
                    .as("%s: %s then %d", key, before, seq)
                    .isTrue();
            assertThat(ids.add(event.id())).isTrue();
        }
    }
}

package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.gateway.Gateway;
import io.leat.gateway.http.Limits;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are meant to hurt. */
class HostileHttpIT {

    private static final String RECORDS = "/v1/feeds/" + HttpRig.NAME + "/records";
    private static final String CHANGES = "/v1/feeds/" + HttpRig.NAME + "/changes";
    private static final String[] JSON = {"Content-Type", "application/json"};
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** What of a naughty string would be an echo; shorter ones stand in any text. */
    private static final int TELLING = 12;
    /** Bytes; a name that is much longer is refused. */
    private static final int LONGEST_NAME = 200;

    private static final int SLOW = Integer.getInteger("leat.slow.connections", 300);
    private static final int SLOW_SECONDS = Integer.getInteger("leat.slow.seconds", 3);
    /** Fewer would show nothing. */
    private static final int FEW = 20;

    private static final int HEALTHY = Integer.getInteger("leat.slow.healthy", 600);
    /** A median below this is fine however low that of the gateway left alone is. */
    private static final int FLOOR_MILLIS = Integer.getInteger("leat.slow.floor", 50);
    /** The same for the slowest of a hundred, as a multiple: one that waits for a slow request waits for longer. */
    private static final int TAIL = 30;

    @TempDir
    private static Path dir;

    private static HttpRig rig;

    @BeforeAll
    static void start() {
        rig = new HttpRig(dir.resolve("data"), Limits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    void noRequestThatCanBeReadInTwoWaysIsAccepted() {
        List<String> accepted = new ArrayList<>();
        List<String> more = new ArrayList<>();
        Map<String, String> requests = Ambiguous.posts(RECORDS);
        requests.forEach((what, request) -> {
            String answer = RawHttp.ask(rig.port(), request, PATIENCE).text();
            if (answer.matches("(?s)HTTP/1\\.[01] 2.*")) {
                accepted.add(what);
            }
            if (answer.contains("\"status\":\"ok\"")) {
                more.add(what);
            }
        });
        System.out.printf("R26 smuggling: %d ambiguous requests, accepted %s%n", requests.size(), accepted);
        assertThat(accepted).isEmpty();
        assertThat(more).as("answered with the hidden request").isEmpty();
        String clear = "POST " + RECORDS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        assertThat(RawHttp.ask(rig.port(), clear + "Content-Length: 2\r\n\r\n{}", PATIENCE)
                        .status())
                .as("the check sees")
                .isEqualTo(202);
    }

    @Test
    void naughtyStringsInPathsAndQueriesAreNotEchoed() {
        for (String naughty : NaughtyStrings.all()) {
            String encoded = URLEncoder.encode(naughty, StandardCharsets.UTF_8).replace("+", "%20");
            for (String path : List.of(
                    "/v1/feeds/" + encoded + "/changes",
                    "/v1/feeds/" + encoded + "/records",
                    "/nowhere" + encoded,
                    CHANGES + "?since=" + encoded + "x",
                    CHANGES + "?" + encoded + "=1",
                    CHANGES + "?last_event_id=" + encoded + "x",
                    CHANGES + "?op=" + encoded + "x")) {
                mustBeRefused(naughty, get(path, ""));
            }
            RawHttp.Answer filtered = get(CHANGES + "?field.shop=" + encoded + "&key_prefix=" + encoded, "");
            assertThat(filtered.status()).as(naughty).isEqualTo(200);
            assertThat(filtered.mediaType()).isEqualTo("text/event-stream");
        }
    }

    @Test
    void naughtyStringsInHeadersAreNotEchoed() {
        for (String naughty : NaughtyStrings.all()) {
            String bytes = new String(naughty.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            for (String name : List.of("Accept", "Last-Event-ID", "Authorization", "X-Any", "Cookie")) {
                RawHttp.Answer answer = get(CHANGES, name + ": " + bytes + "\r\n");
                if (answer.status() == 200) {
                    assertThat(answer.mediaType()).isIn("text/event-stream", "application/x-ndjson");
                    mustNotEcho(naughty, answer);
                } else {
                    mustBeRefused(naughty, answer);
                }
            }
            for (String name : List.of("Idempotency-Key", "Content-Encoding", "Content-Type", "X-Any")) {
                String type = name.equals("Content-Type") ? "" : "Content-Type: application/json\r\n";
                RawHttp.Answer answer = RawHttp.ask(
                        rig.port(),
                        "POST " + RECORDS + " HTTP/1.1\r\nHost: localhost\r\n" + type + name + ": " + bytes
                                + "\r\nContent-Length: 2\r\n\r\n{}",
                        PATIENCE);
                assertThat(answer.status()).isIn(202, 400, 415, 422);
                mustNotEcho(naughty, answer);
            }
        }
    }

    /** A gateway of its own: whoever is refused so often there is soon refused whatever it asks. */
    @Test
    void naughtyStringsAsHostOrOriginAreRefusedAndNotEchoed() {
        try (Gateway gateway = rig.start("127.0.0.1", 0, null, Limits.DEFAULT)) {
            for (String naughty : NaughtyStrings.all()) {
                String bytes = new String(naughty.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                for (String headers : List.of("Host: " + bytes + "x", "Host: localhost\r\nOrigin: " + bytes + "x")) {
                    String request = "GET " + CHANGES + " HTTP/1.1\r\n" + headers + "\r\n\r\n";
                    RawHttp.Answer answer = RawHttp.ask(gateway.port(), request, PATIENCE);
                    assertThat(answer.mediaType()).as(naughty).isEqualTo("application/problem+json");
                    assertThat(answer.status()).isIn(400, 403, 429, 503);
                    mustNotEcho(naughty, answer);
                }
            }
        }
    }

    @Test
    void naughtyStringsInBodiesAreNotEchoedAndInFieldsAreTaken() {
        List<String> strings = NaughtyStrings.all();
        StringBuilder fields = new StringBuilder();
        for (String naughty : strings) {
            String quoted = NaughtyStrings.quoted(naughty);
            for (String body : List.of(naughty + "{", quoted)) {
                var answer = rig.post(RECORDS, body.getBytes(StandardCharsets.UTF_8), JSON);
                assertThat(answer.statusCode()).as(naughty).isEqualTo(400);
                assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
                assertThat(naughty.length() > TELLING && answer.body().contains(naughty))
                        .as(naughty)
                        .isFalse();
            }
            String name = quoted.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME ? "\"long\"" : quoted;
            fields.append("{\"shop\":%s,\"sku\":%s,\"at\":1,\"f\":{%s:%s}}%n".formatted(quoted, quoted, name, quoted));
        }
        var taken = rig.post(
                RECORDS, fields.toString().getBytes(StandardCharsets.UTF_8), "Content-Type", "application/x-ndjson");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        System.out.printf("R26 naughty strings: %d in paths, queries, headers, bodies and fields%n", strings.size());
    }

    @Test
    void naughtyStringsInChangesArriveAsTheyAre() {
        List<String> strings = NaughtyStrings.all();
        List<String> told = rig.tellNotes(strings);
        List<String> arrived = new ArrayList<>();
        try (EventStream stream = EventStream.open(rig.http, rig.uri(CHANGES + "?since=earliest"))) {
            while (arrived.size() < told.size()) {
                stream.next(1).forEach(event -> {
                    if (event.data().contains("\"after\"")) {
                        arrived.add(
                                PlainJson.parse(event.data()).at("/after/note").stringValue());
                    }
                });
            }
        }
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(strings);
    }

    /**
     * A gateway that is left alone answers in turn with the one under attack: what the machine does beside the test meets
     * both. Who had to wait for a slow request to end would wait for seconds.
     */
    @Test
    void slowRequestsAreEndedAndOthersDoNotWait() throws Exception {
        assumeTrue(Foreign.has("slow requests", "slowhttptest"));
        try (Gateway alone = rig.start("127.0.0.1", 0, null, Limits.DEFAULT)) {
            Awaitility.await().until(() -> statusOfAHealthyRequest(alone.port()) == 202);
            for (String mode : List.of("header", "body", "read")) {
                Process attack = attack(mode);
                List<Long> attacked = new ArrayList<>();
                List<Long> left = new ArrayList<>();
                while (attack.isAlive() && attacked.size() < HEALTHY) {
                    attacked.add(nanosOfAHealthyRequest(rig.port()));
                    left.add(nanosOfAHealthyRequest(alone.port()));
                }
                assertThat(attack.waitFor(SLOW_SECONDS + 60, TimeUnit.SECONDS)).isTrue();
                System.out.printf(
                        "R26 slow %s: %d connections, %d healthy requests, p50 %.1f and p99 %.1f ms, without %.1f and %.1f ms%n",
                        mode,
                        SLOW,
                        attacked.size(),
                        millis(attacked, 50),
                        millis(attacked, 99),
                        millis(left, 50),
                        millis(left, 99));
                assertThat(attacked).hasSizeGreaterThanOrEqualTo(FEW);
                assertThat(millis(attacked, 50)).isLessThan(Math.max(FLOOR_MILLIS, 2 * millis(left, 50)));
                assertThat(millis(attacked, 99)).isLessThan(Math.max(TAIL * FLOOR_MILLIS, 2 * millis(left, 99)));
            }
        }
    }

    /** The deadline is absolute: a byte now and then does not move it. */
    @Test
    void headersThatDoNotComeToTheirEndAreCutOff() throws Exception {
        Limits quick = UsualLimits.but().headerWithin(Duration.ofSeconds(2)).limits();
        try (Gateway gateway = rig.start("127.0.0.1", 0, null, quick);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            long begun = System.nanoTime();
            socket.setSoTimeout(200);
            socket.getOutputStream().write("GET /version HTTP/1.1\r\nHost: local".getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> isCutOffAfterAnotherByte(socket));
            assertThat((System.nanoTime() - begun) / 1e9).isBetween(1.9, 5.0);
        }
    }

    private static boolean isCutOffAfterAnotherByte(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() == -1;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static Process attack(String mode) throws IOException {
        boolean body = mode.equals("body");
        List<String> command = new ArrayList<>(List.of("slowhttptest", "-c", Integer.toString(SLOW), "-r"));
        command.addAll(List.of(Integer.toString(SLOW), "-l", Integer.toString(SLOW_SECONDS), "-i", "1", "-p", "2"));
        command.addAll(
                switch (mode) {
                    case "header" -> List.of("-H");
                    case "body" -> List.of("-B", "-s", "8192", "-t", "POST", "-f", "application/json");
                    default -> List.of("-X", "-w", "1", "-y", "8", "-n", "1", "-z", "1", "-k", "3");
                });
        command.addAll(List.of("-u", rig.uri(body ? RECORDS : "/openapi.json").toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static long nanosOfAHealthyRequest(int port) {
        long begun = System.nanoTime();
        assertThat(statusOfAHealthyRequest(port)).isEqualTo(202);
        return System.nanoTime() - begun;
    }

    private static int statusOfAHealthyRequest(int port) {
        byte[] body = "{\"shop\":\"x\",\"sku\":1,\"at\":1}".getBytes(StandardCharsets.US_ASCII);
        HttpRequest request = rig.request(RECORDS, JSON)
                .uri(URI.create("http://127.0.0.1:" + port + RECORDS))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return rig.send(request).statusCode();
    }

    private static double millis(List<Long> nanos, int percent) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get(sorted.size() * percent / 100) / 1e6;
    }

    private static RawHttp.Answer get(String path, String headers) {
        return RawHttp.ask(rig.port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n", PATIENCE);
    }

    private static void mustBeRefused(String naughty, RawHttp.Answer answer) {
        assertThat(answer.status()).as("%s: %s", naughty, answer).isBetween(400, 431);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        mustNotEcho(naughty, answer);
    }

    private static void mustNotEcho(String naughty, RawHttp.Answer answer) {
        assertThat(answer.header("x-content-type-options")).as(answer.text()).isEqualTo("nosniff");
        assertThat(answer.header("content-security-policy")).isEqualTo("default-src 'none'");
        String bytes = new String(naughty.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(naughty.length() > TELLING && answer.text().contains(bytes))
                .as(naughty)
                .isFalse();
    }
}

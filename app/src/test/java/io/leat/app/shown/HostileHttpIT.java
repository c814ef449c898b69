package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.gateway.http.Limits;
import io.leat.testkit.PlainJson;
import io.leat.testkit.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Requests that are meant to hurt. */
class HostileHttpIT {

    private static final String RECORDS = "/v1/feeds/" + HttpRig.NAME + "/records";
    private static final String HEAD = "Host: localhost\r\nContent-Type: application/json\r\n";

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
    void noRequestThatCanBeReadInTwoWaysIsAccepted() throws IOException {
        Map<String, String> requests = new LinkedHashMap<>();
        String post = "POST " + RECORDS + " HTTP/1.1\r\n" + HEAD;
        requests.put("length and chunks", post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
        requests.put("chunks and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
        requests.put("two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ");
        requests.put("a list of lengths", post + "Content-Length: 2, 3\r\n\r\n{} ");
        requests.put("a signed length", post + "Content-Length: +2\r\n\r\n{}");
        requests.put("a negative length", post + "Content-Length: -2\r\n\r\n{}");
        requests.put("chunked twice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
        requests.put("chunked not last", post + "Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
        requests.put("obscured chunked", post + "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
        requests.put("space before the colon", post + "Content-Length : 2\r\n\r\n{}");
        requests.put("a folded header", post + "X-A: b\r\n Content-Length: 2\r\n\r\n{}");
        requests.put("a bare line feed", post.replace("\r\n", "\n") + "Content-Length: 2\n\n{}");
        requests.put("a NUL in a header", post + "X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}");
        requests.put("no host", "POST " + RECORDS + " HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        requests.put("two hosts", post + "Host: other\r\nContent-Length: 2\r\n\r\n{}");
        requests.put("a bad chunk size", post + "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n");
        requests.put("HTTP/1.0 with chunks", post.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
        List<String> accepted = new ArrayList<>();
        for (Map.Entry<String, String> request : requests.entrySet()) {
            String answer = raw(request.getValue());
            if (answer.startsWith("HTTP/1.1 2") || answer.startsWith("HTTP/1.0 2")) {
                accepted.add(request.getKey());
            }
        }
        System.out.printf("R26 smuggling: %d ambiguous requests, accepted %s%n", requests.size(), accepted);
        assertThat(accepted).isEmpty();
        assertThat(raw(post + "Connection: close\r\nContent-Length: 2\r\n\r\n{}")).startsWith("HTTP/1.1 202");
    }

    @Test
    void naughtyStringsGoThroughEveryPlaceAndNothingIsEchoed() throws IOException {
        Path corpora = SharedData.folder().map(data -> data.resolveSibling("corpora/naughty-strings/blns.json")).orElse(null);
        boolean there = corpora != null && Files.exists(corpora);
        if (!there) {
            System.out.println("SKIPPED naughty strings: ../shared is absent");
        }
        assumeTrue(there);
        JsonNode strings = PlainJson.parse(Files.readAllBytes(corpora));
        int requests = 0;
        for (JsonNode node : strings) {
            String naughty = node.stringValue();
            String encoded = URLEncoder.encode(naughty, StandardCharsets.UTF_8).replace("+", "%20");
            List<HttpResponse<String>> answers = new ArrayList<>();
            answers.add(rig.get("/v1/feeds/" + encoded + "/changes"));
            answers.add(rig.get("/v1/feeds/" + HttpRig.NAME + "/changes?since=" + encoded + "x"));
            answers.add(rig.get("/v1/feeds/" + HttpRig.NAME + "/changes?" + encoded + "=1"));
            answers.add(rig.post(RECORDS, naughty.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json"));
            answers.add(rig.post(
                    RECORDS,
                    PlainJson.text(node).getBytes(StandardCharsets.UTF_8),
                    "Content-Type",
                    "application/json"));
            for (HttpResponse<String> answer : answers) {
                requests++;
                assertThat(answer.statusCode()).as(naughty).isBetween(400, 431);
                assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
                if (naughty.length() > 12) {
                    assertThat(answer.body()).doesNotContain(naughty);
                }
            }
            assertThat(rig.post(
                                    RECORDS,
                                    ("{\"shop\":" + PlainJson.text(node) + ",\"sku\":1,\"at\":1}")
                                            .getBytes(StandardCharsets.UTF_8),
                                    "Content-Type",
                                    "application/json")
                            .statusCode())
                    .isEqualTo(202);
        }
        System.out.printf("R26 naughty strings: %d in %d requests%n", strings.size(), requests);
    }

    @Test
    void slowRequestsAreEndedAndOthersDoNotWait() throws Exception {
        assumeTrue(Foreign.has("slow requests", "slowhttptest"));
        double calm = p99Millis(300);
        Map<String, String> modes = new LinkedHashMap<>();
        modes.put("header", "-H");
        modes.put("body", "-B");
        modes.put("read", "-X");
        for (Map.Entry<String, String> mode : modes.entrySet()) {
            Process attack = new ProcessBuilder(
                            "slowhttptest", mode.getValue(), "-c", Integer.getInteger("leat.slow", 300).toString(),
                            "-r", "300", "-l", "8", "-i", "2", "-t", mode.getKey().equals("body") ? "POST" : "GET",
                            "-u", rig.uri(mode.getKey().equals("body") ? RECORDS : "/version").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            double under = p99Millis(1_500);
            System.out.printf("R26 slow %s: healthy p99 %.1f ms, without %.1f ms%n", mode.getKey(), under, calm);
            assertThat(attack.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(under).isLessThan(Math.max(50, 2 * calm));
        }
    }

    @Test
    void aRequestThatDoesNotComeToItsEndIsCutOff() throws IOException {
        long begun = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET /version HTTP/1.1\r\nHost: local".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat((System.nanoTime() - begun) / 1e9).isBetween(8.0, 14.0);
    }

    private static double p99Millis(int count) {
        long[] nanos = new long[count];
        byte[] body = "{\"shop\":\"x\",\"sku\":1,\"at\":1}".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            long begun = System.nanoTime();
            assertThat(rig.post(RECORDS, body, "Content-Type", "application/json").statusCode()).isEqualTo(202);
            nanos[i] = System.nanoTime() - begun;
        }
        java.util.Arrays.sort(nanos);
        return nanos[count * 99 / 100] / 1e6;
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[4_096];
            try {
                int count = in.read(answer);
                return count < 0 ? "" : new String(answer, 0, count, StandardCharsets.ISO_8859_1);
            } catch (SocketTimeoutException e) {
                return "";
            }
        }
    }
}

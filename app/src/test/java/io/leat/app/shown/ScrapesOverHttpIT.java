package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.leat.gateway.Gateway;
import io.leat.gateway.http.Limits;
import io.leat.testkit.TopicReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scrapes over HTTP: taken byte for byte, each key in one partition, and refused without an echo. */
class ScrapesOverHttpIT {

    private static final String RECORDS = "/v1/feeds/" + HttpRig.NAME + "/records";
    private static final String[] JSON = {"Content-Type", "application/json"};
    private static final String[] LINES = {"Content-Type", "application/x-ndjson"};
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CANARY = "canary-4711";

    @TempDir
    private static Path dir;

    private static HttpRig rig;

    @BeforeAll
    static void start() {
        rig = new HttpRig(dir, Limits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    void everyShapeAndEncodingArrivesByteForByteAndAKeyStaysInItsPartition() throws IOException {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sent.add("{\"shop\":\"a\", \"sku\":\"k%d\",\"at\":17000000000%02d,\"price\":1.50e+0}".formatted(i % 4, i));
        }
        must(202, rig.post(RECORDS, bytes(sent.get(0)), JSON));
        must(202, rig.post(RECORDS, bytes(" [ " + String.join(" ,\n", sent.subList(1, 10)) + "]\n"), JSON));
        must(202, rig.post(RECORDS, bytes(String.join("\n", sent.subList(10, 20)) + "\r\n\n"), LINES));
        byte[] zipped = gzip(bytes(String.join("\n", sent.subList(20, 30))));
        must(202, rig.post(RECORDS, zipped, LINES[0], LINES[1], "Content-Encoding", "gzip"));
        byte[] zstd = Zstd.compress(bytes("[" + String.join(",", sent.subList(30, 40)) + "]"));
        HttpResponse<String> last = rig.post(RECORDS, zstd, JSON[0], JSON[1], "Content-Encoding", "zstd");
        must(202, last);
        assertThat(last.body()).contains("\"accepted\":10", "\"partition\":", "\"offset\":");

        List<String> arrived = new ArrayList<>();
        Map<String, Integer> partitions = new HashMap<>();
        TopicReader.committed(rig.bootstrap()).read(HttpRig.NAME + ".raw", rec -> {
            String value = new String(rec.value(), StandardCharsets.UTF_8);
            if (value.contains("\"shop\":\"a\"")) {
                arrived.add(value);
                String key = new String(rec.key(), StandardCharsets.UTF_8);
                assertThat(partitions.merge(key, rec.partition(), (one, other) -> one))
                        .isEqualTo(rec.partition());
            }
        });
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(partitions).hasSize(4);
    }

    @Test
    void whatIsNoRecordIsToldRecordByRecord() {
        String lines = "{\"shop\":\"b\",\"sku\":1,\"at\":1}\n%s\n[1]\n{\"shop\":\"b\"}\n".formatted(CANARY);
        HttpResponse<String> response = rig.post(RECORDS, bytes(lines), LINES);
        must(207, response);
        assertThat(response.body())
                .contains("\"accepted\":2", "\"refused\":\"not_json\"", "\"refused\":\"not_an_object\"")
                .doesNotContain(CANARY);
        HttpResponse<String> none = rig.post(RECORDS, bytes(CANARY + "\n"), LINES);
        must(400, none);
        assertThat(none.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(none.body()).contains("LEAT-210").doesNotContain(CANARY);
    }

    @Test
    void whatCannotBeReadIsRefusedAsAWhole() {
        must(400, rig.post(RECORDS, bytes("[{\"shop\":1},"), JSON));
        must(400, rig.post(RECORDS, bytes("[{}] {}"), JSON));
        must(400, rig.post(RECORDS, bytes(""), JSON));
        must(400, rig.post(RECORDS, bytes("[]"), JSON));
        must(400, rig.post(RECORDS, bytes("no zip"), JSON[0], JSON[1], "Content-Encoding", "gzip"));
        must(400, rig.post(RECORDS, bytes("no zip"), JSON[0], JSON[1], "Content-Encoding", "zstd"));
        must(415, rig.post(RECORDS, bytes("{}"), "Content-Type", "text/plain"));
        must(415, rig.post(RECORDS, bytes("{}"), JSON[0], JSON[1], "Content-Encoding", "br"));
        must(404, rig.post("/v1/feeds/other/records", bytes("{}"), JSON));
        must(405, rig.get(RECORDS));
    }

    @Test
    void bombsAreRefusedBeforeTheyUnfold() throws IOException {
        must(413, rig.post(RECORDS, gzip(new byte[200 << 20]), JSON[0], JSON[1], "Content-Encoding", "gzip"));
        byte[] zstd = Zstd.compress(new byte[200 << 20]);
        must(413, rig.post(RECORDS, zstd, JSON[0], JSON[1], "Content-Encoding", "zstd"));
        must(413, rig.post(RECORDS, new byte[17 << 20], JSON));
        must(413, rig.post(RECORDS, bytes("{}\n".repeat(10_001)), LINES));
    }

    @Test
    void moreThanMayBeHeldIsToldToComeAgain() throws IOException {
        Limits small = UsualLimits.but().inFlightBytes(1_000_000).limits();
        String head = "POST " + RECORDS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        String large = head + "Content-Length: 600015\r\n\r\n{\"shop\":\"held\"" + " ".repeat(600_000) + "}";
        try (Gateway gateway = rig.start("127.0.0.1", 0, null, small)) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> RawHttp.ask(gateway.port(), large, PATIENCE).status() == 202);
            try (Socket held = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                held.getOutputStream().write(large.substring(0, 590_000).getBytes(StandardCharsets.US_ASCII));
                Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                    RawHttp.Answer refused = RawHttp.ask(gateway.port(), large, PATIENCE);
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.header("retry-after")).matches("\\d+");
                });
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> RawHttp.ask(gateway.port(), large, PATIENCE).status() == 202);
        }
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswer() {
        byte[] body = bytes("{\"shop\":\"c\",\"sku\":\"k\",\"at\":1}");
        HttpResponse<String> first = rig.post(RECORDS, body, JSON[0], JSON[1], "Idempotency-Key", "one");
        HttpResponse<String> second = rig.post(RECORDS, body, JSON[0], JSON[1], "Idempotency-Key", "one");
        must(202, second);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("idempotent-replayed")).hasValue("true");
        must(422, rig.post(RECORDS, bytes("{}"), JSON[0], JSON[1], "Idempotency-Key", "one"));
    }

    private static void must(int status, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        }
        return out.toByteArray();
    }
}

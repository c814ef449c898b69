package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.gateway.Gateway;
import io.leat.gateway.Refused;
import io.leat.gateway.access.ApiKey;
import io.leat.gateway.access.KeyBook;
import io.leat.gateway.access.KeyEntry;
import io.leat.gateway.access.Scope;
import io.leat.gateway.access.TicketSecret;
import io.leat.gateway.http.Limits;
import io.leat.gateway.http.Tls;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: every endpoint with every kind of key. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessIT {

    private static final String FEED = "/v1/feeds/" + HttpRig.NAME;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path dir;

    private static HttpRig rig;
    private static KeyBook book;

    @BeforeAll
    static void start() {
        rig = new HttpRig(dir, Limits.DEFAULT);
        book = new KeyBook(rig.kafka);
    }

    @AfterAll
    static void stop() {
        if (rig != null) {
            book.close();
            rig.close();
        }
    }

    @Test
    @Order(1)
    void untilAKeyExistsThisMachineNeedsNoneButAWebPageDoesNotGetIn() {
        assertThat(ask("metrics", null)).isEqualTo(200);
        var rebound = Foreign.run(
                "curl", "-s", "-o", dir + "/o", "-w", "%{http_code}", "-H", "Host: evil.example", url("/metrics"));
        assertThat(rebound).isEqualTo("403");
        var origin = Foreign.run(
                "curl",
                "-s",
                "-o",
                dir + "/o",
                "-w",
                "%{http_code}",
                "-H",
                "Origin: https://evil.example",
                url("/metrics"));
        assertThat(origin).isEqualTo("403");
    }

    @Test
    @Order(2)
    void withoutTlsOrKeysItServesThisMachineOnly() throws Exception {
        assertThatThrownBy(() -> rig.start("0.0.0.0", 0, null, Limits.DEFAULT))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.NO_TLS));
        Tls tls = certificate();
        assertThatThrownBy(() -> rig.start("0.0.0.0", 0, tls, Limits.DEFAULT))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.NO_KEYS));
        Path broken = Files.writeString(dir.resolve("broken.pem"), "no key");
        assertThatThrownBy(() -> rig.start("127.0.0.1", 0, new Tls(broken, broken), Limits.DEFAULT))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.BAD_TLS));
        Tls mixed = new Tls(tls.certificate(), certificate("other").key());
        assertThatThrownBy(() -> rig.start("127.0.0.1", 0, mixed, Limits.DEFAULT))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Refused.Reason.BAD_TLS);
                    assertThat(refused.sentence()).contains("The key is not the one of the certificate.");
                });
        try (Gateway secure = rig.start("127.0.0.1", 0, tls, Limits.DEFAULT)) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                String version = Foreign.run(
                        "curl",
                        "-s",
                        "--cacert",
                        tls.certificate().toString(),
                        "-w",
                        "%{http_version}",
                        "https://localhost:" + secure.port() + "/version");
                assertThat(version).contains("\"version\"").endsWith("2");
            });
            String renegotiated = Foreign.run(
                    "sh",
                    "-c",
                    "(echo R; sleep 2; printf 'GET /version HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n'; sleep 2) | openssl"
                            + " s_client -tls1_2 -connect localhost:" + secure.port() + " 2>&1");
            assertThat(renegotiated).contains("RENEGOTIATING").doesNotContain("\"version\"");
        }
    }

    /** Each death in a row lasts twice as long as the one before: sooner or later somebody who asks sees one. */
    @Test
    @Order(2)
    void workThatDiesShowsByNameAndIsStartedAgain() {
        for (String work : List.of("leat-gateway-keys", "leat-gateway-head-" + HttpRig.NAME + ".changes")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> isSeenDead(work));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> rig.get("/readyz").statusCode() == 200);
            assertThat(rig.get("/metrics").body())
                    .containsPattern("leat_gateway_work_deaths_total\\{work=\"" + work + "\"} [1-9]")
                    .contains("leat_gateway_work_alive{work=\"" + work + "\"} 1.0");
        }
    }

    /** Asks, after having killed the work if it is alive. */
    private static boolean isSeenDead(String work) {
        if (rig.isAlive(work)) {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals(work))
                    .forEach(Thread::interrupt);
        }
        return rig.get("/readyz").body().contains("\"" + work + "\":{\"ok\":false");
    }

    /** An HTTP/2 connection carries many requests: that one has been answered says nothing of the others. */
    @Test
    @Order(2)
    void aStreamOverHttp2OutlivesTheOtherRequestsOfItsConnection() throws Exception {
        Limits brief = UsualLimits.but()
                .keepAlive(Duration.ofSeconds(1))
                .heartbeat(Duration.ofMillis(200))
                .limits();
        Tls tls = certificate();
        HttpClient http = HttpClient.newBuilder().sslContext(trusting(tls)).build();
        try (Gateway secure = rig.start("127.0.0.1", 0, tls, brief)) {
            URI base = URI.create("https://localhost:" + secure.port());
            HttpRequest version =
                    HttpRequest.newBuilder(base.resolve("/version")).build();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> http.send(
                                            HttpRequest.newBuilder(base.resolve("/readyz"))
                                                    .build(),
                                            HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
            try (EventStream stream = EventStream.open(http, base.resolve(FEED + "/changes"))) {
                HttpResponse<String> answer = http.send(version, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                Awaitility.await()
                        .during(Duration.ofMillis(2_500))
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> !stream.hasEnded());
                List<String> told = rig.tell(0, 5, 5, "");
                assertThat(stream.next(5)).hasSameSizeAs(told);
            }
        }
    }

    private static SSLContext trusting(Tls tls) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (InputStream pem = Files.newInputStream(tls.certificate())) {
            store.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    @Order(3)
    void everyEndpointAnswersEveryKindOfKeyAsListed() throws Exception {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("none", null);
        keys.put("wrong", "leat_00000000_" + "0".repeat(38));
        keys.put("forged", forged(make(0, 0, HttpRig.NAME + ":read")));
        keys.put("other feed", make(0, 0, "other:read", "other:ingest", "other:manage"));
        keys.put("expired", make(1, 0, "*:read", "*:ingest", "*:manage"));
        keys.put("revoked", make(0, 1, "*:read", "*:ingest", "*:manage"));
        keys.put("read", make(0, 0, HttpRig.NAME + ":read"));
        keys.put("ingest", make(0, 0, HttpRig.NAME + ":ingest"));
        keys.put("manage", make(0, 0, HttpRig.NAME + ":manage"));
        keys.put("every feed", make(0, 0, "*:read", "*:ingest"));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> ask("metrics", keys.get("every feed")) == 200);

        Map<String, List<Integer>> answers = new LinkedHashMap<>();
        keys.forEach((name, key) -> answers.put(
                name,
                List.of("changes", "records", "tickets", "metrics", "unknown").stream()
                        .map(endpoint -> ask(endpoint, key))
                        .toList()));
        Map<String, List<Integer>> listed = new LinkedHashMap<>();
        List.of("none", "wrong", "forged", "expired", "revoked")
                .forEach(name -> listed.put(name, List.of(401, 401, 401, 401, 401)));
        listed.put("other feed", List.of(403, 403, 403, 403, 403));
        listed.put("read", List.of(200, 403, 201, 403, 403));
        listed.put("ingest", List.of(403, 202, 403, 403, 403));
        listed.put("manage", List.of(403, 403, 403, 403, 403));
        listed.put("every feed", List.of(200, 202, 201, 200, 404));
        assertThat(answers).containsExactlyInAnyOrderEntriesOf(listed);
        assertThat(List.of("/livez", "/readyz", "/version", "/openapi.json"))
                .allSatisfy(path -> assertThat(rig.get(path).statusCode()).isEqualTo(200));
    }

    @Test
    @Order(4)
    void aTicketOpensOneStreamOnce() throws Exception {
        String key = make(0, 0, HttpRig.NAME + ":read");
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> ask("tickets", key) == 201);
        HttpResponse<String> given = rig.post(FEED + "/tickets", new byte[0], "Authorization", "Bearer " + key);
        String ticket = given.body().replaceFirst(".*\"ticket\":\"([^\"]+)\".*", "$1");
        String path = FEED + "/changes?ticket=" + ticket;
        assertThat(rig.post(FEED + "/tickets?ticket=" + ticket, new byte[0]).statusCode())
                .as("a ticket is not good for another one")
                .isEqualTo(401);
        EventStream.open(rig.http, rig.uri(path)).close();
        assertThat(rig.get(path).statusCode()).isEqualTo(401);
    }

    @Test
    @Order(5)
    void revocationEndsOpenStreamsWithinFiveSeconds() throws Exception {
        ApiKey key = ApiKey.draw(new SecureRandom());
        KeyEntry entry = new KeyEntry(
                key.id(), "client", key.hash(), List.of(Scope.Grant.parse(HttpRig.NAME + ":read")), 1, 0, 0);
        book.write(entry);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> ask("tickets", key.reveal()) == 201);
        try (EventStream stream =
                EventStream.open(rig.http, rig.uri(FEED + "/changes"), "Authorization", "Bearer " + key.reveal())) {
            assertThat(stream.hasEnded()).isFalse();
            book.write(entry.revokedAt(2));
            long begun = System.nanoTime();
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(stream::hasEnded);
            System.out.printf("revoked key: its stream ended after %d ms%n", (System.nanoTime() - begun) / 1_000_000);
        }
    }

    private static int ask(String endpoint, String key) {
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json"));
        if (key != null) {
            headers.addAll(List.of("Authorization", "Bearer " + key));
        }
        String[] all = headers.toArray(String[]::new);
        return switch (endpoint) {
            case "changes" -> status(FEED + "/changes", all);
            case "unknown" -> status("/v1/feeds/unknown/changes", all);
            case "metrics" -> rig.get("/metrics", all).statusCode();
            case "tickets" -> rig.post(FEED + "/tickets", new byte[0], all).statusCode();
            default ->
                rig.post(FEED + "/records", "{}".getBytes(StandardCharsets.UTF_8), all)
                        .statusCode();
        };
    }

    private static int status(String path, String... headers) {
        try {
            var response = rig.http.send(rig.request(path, headers).build(), HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(6)
    void severalGatewaysBehindABalancerKnowTheirClientsAndEachOthersTickets() throws Exception {
        String key = make(0, 0, HttpRig.NAME + ":read", HttpRig.NAME + ":ingest");
        TicketSecret secret = TicketSecret.of(new byte[32]);
        try (Gateway one = rig.startBehind(secret);
                Gateway two = rig.startBehind(secret);
                Balancer balancer = new Balancer(List.of(one.port(), two.port()))) {
            assertThat(List.of(one, two)).allMatch(gateway -> gateway.access(PATIENCE) == Gateway.Access.KEYS);
            new BalancedGateways(balancer, key).answerAsOne();
        }
    }

    private static String make(long expires, long revoked, String... scopes) throws Exception {
        ApiKey key = ApiKey.draw(new SecureRandom());
        List<Scope.Grant> grants =
                List.of(scopes).stream().map(Scope.Grant::parse).toList();
        book.write(new KeyEntry(key.id(), "client", key.hash(), grants, 1, expires, revoked));
        return key.reveal();
    }

    /** The id of a good key with another secret, and a check sum that holds. */
    private static String forged(String key) {
        String body = key.substring(5, 13) + "0".repeat(32);
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        StringBuilder check = new StringBuilder();
        for (long left = crc.getValue(); check.length() < 6; left /= 62) {
            check.insert(0, alphabet.charAt((int) (left % 62)));
        }
        String forged = key.substring(0, 14) + "0".repeat(32) + check;
        assertThat(ApiKey.parse(forged)).isNotNull();
        return forged;
    }

    private static String url(String path) {
        return rig.uri(path).toString();
    }

    private static Tls certificate() {
        return certificate("the");
    }

    private static Tls certificate(String name) {
        Path certificate = dir.resolve(name + "-cert.pem");
        Path key = dir.resolve(name + "-key.pem");
        Foreign.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        return new Tls(certificate, key);
    }
}

package io.leat.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.delivery.guard.Network;
import io.leat.gateway.http.FrontDoor;
import io.leat.gateway.http.Limits;
import io.leat.gateway.http.Part;
import io.leat.gateway.http.Proxies;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests as they come in, judged at a real door; the keys are in memory and time stands still. */
class GatekeeperTest {

    private static final String FEED = "prices";
    private static final Random RANDOM = new Random(7);
    private static final ApiKey GOOD = ApiKey.draw(RANDOM);
    private static final ApiKey REVOKED = ApiKey.draw(RANDOM);
    private static final int MANY = 400;
    private static final TicketSecret SECRET = TicketSecret.of(new byte[32]);
    private static final Proxies LOOPBACK =
            new Proxies(List.of(Network.parse("127.0.0.0/8")), Proxies.Header.X_FORWARDED_FOR);

    private static Vertx vertx;
    private static FrontDoor door;
    private static volatile Gatekeeper gatekeeper;

    private final InMemoryKeys keys = new InMemoryKeys();
    private final List<String> uses = new ArrayList<>();

    /** The keys of a test. */
    private static final class InMemoryKeys implements Keys {

        private final Map<String, KeyEntry> entries = new HashMap<>();
        private boolean loaded = true;

        void add(ApiKey key, long revoked) {
            List<Scope.Grant> grants = List.of(new Scope.Grant(FEED, Scope.READ));
            entries.put(key.id(), new KeyEntry(key.id(), "client", key.hash(), grants, 1, 0, revoked));
        }

        @Override
        public boolean isLoaded() {
            return loaded;
        }

        @Override
        public boolean isEmpty() {
            return entries.isEmpty();
        }

        @Override
        public @Nullable KeyEntry find(String id) {
            return entries.get(id);
        }
    }

    @BeforeAll
    static void openTheDoor() throws Exception {
        vertx = Vertx.vertx();
        Part part = router -> router.get("/v1/feeds/:feed/changes").handler(request -> {
            if (gatekeeper.admitReader(request, request.pathParam("feed")) != null) {
                request.response().end();
            }
        });
        door = FrontDoor.open(vertx, "127.0.0.1", 0, null, Limits.DEFAULT, LOOPBACK, List.of(part))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterAll
    static void closeIt() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @BeforeEach
    void aKeeperWhoKnowsNobody() {
        gatekeeper = new Gatekeeper(
                keys,
                (id, at) -> uses.add(id),
                true,
                InstantSource.fixed(Instant.ofEpochSecond(100)),
                LOOPBACK,
                1_000,
                SECRET,
                new Random(1));
    }

    @Test
    void beforeTheKeysAreKnownNobodyIsJudged() throws IOException {
        keys.loaded = false;
        assertThat(ask("Host: localhost")).startsWith("HTTP/1.1 503").contains("LEAT-219");
    }

    @Test
    void withoutKeysAProgramOfThisMachineNeedsNoneUnderAnyOfItsNames() throws IOException {
        assertThat(ask("Host: LOCALHOST")).startsWith("HTTP/1.1 200");
        assertThat(ask("Host: 127.0.0.1:" + door.port())).startsWith("HTTP/1.1 200");
    }

    @Test
    void withoutKeysARefusalSaysThatThereIsNoKeyNotThatTheKeyDoesNotAllowIt() throws IOException {
        assertThat(ask("Host: evil.example"))
                .startsWith("HTTP/1.1 403")
                .contains("LEAT-229", "No API key exists yet")
                .doesNotContain("The key does not allow");
    }

    @Test
    void aSecondOriginIsJudgedToo() throws IOException {
        assertThat(ask("Host: localhost", "Origin: http://localhost")).startsWith("HTTP/1.1 200");
        assertThat(ask("Host: localhost", "Origin: http://localhost", "Origin: https://evil.example"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void aForeignPagesRequestIsKnownWithoutAnOrigin() throws IOException {
        assertThat(ask("Host: localhost", "Sec-Fetch-Site: cross-site")).startsWith("HTTP/1.1 403");
        assertThat(ask("Host: localhost", "Sec-Fetch-Site: same-origin")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aWebPageThatIsRefusedAllDayLocksNobodyOut() throws IOException {
        String last = "";
        for (int i = 0; i < MANY; i++) {
            last = ask("Host: localhost", "Origin: https://evil.example");
        }
        assertThat(last).as("it is bounded itself").startsWith("HTTP/1.1 429");
        assertThat(ask("Host: localhost")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aCallerWithAWrongKeyLocksNobodyOutWhoIsBehindTheSameProxy() throws IOException {
        keys.add(GOOD, 0);
        keys.add(REVOKED, 1);
        String last = "";
        for (int i = 0; i < MANY; i++) {
            last = ask("Host: gateway.example", bearer(i % 2 == 0 ? REVOKED : ApiKey.draw(RANDOM)));
        }
        assertThat(last).as("it is bounded itself").startsWith("HTTP/1.1 429").contains("LEAT-217");
        assertThat(ask("Host: gateway.example", bearer(GOOD))).startsWith("HTTP/1.1 200");
        assertThat(uses).containsOnly(GOOD.id());
    }

    @Test
    void aKeyThatDoesNotAllowItIsToldSo() throws IOException {
        keys.add(GOOD, 0);
        assertThat(request("GET /v1/feeds/other/changes HTTP/1.1", "Host: x", bearer(GOOD)))
                .startsWith("HTTP/1.1 403")
                .contains("LEAT-212", "The key does not allow this");
    }

    @Test
    void aTicketIsGoodOnceAndOnlyForItsFeed() throws IOException {
        keys.add(GOOD, 0);
        Caller caller = new Caller(GOOD.id(), List.of(new Scope.Grant(FEED, Scope.READ)));
        String ticket = gatekeeper.ticket(caller, FEED);
        String line = "GET /v1/feeds/prices/changes?ticket=" + ticket + " HTTP/1.1";
        assertThat(request(line, "Host: x")).startsWith("HTTP/1.1 200");
        assertThat(request(line, "Host: x")).startsWith("HTTP/1.1 401");
        String other = gatekeeper.ticket(caller, FEED);
        assertThat(request("GET /v1/feeds/other/changes?ticket=" + other + " HTTP/1.1", "Host: x"))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void behindAProxyWhoIsRefusedTooOftenLocksNobodyElseOut() throws IOException {
        keys.add(GOOD, 0);
        String last = "";
        for (int i = 0; i < MANY; i++) {
            last = ask("Host: gateway.example", "X-Forwarded-For: 127.0.0.1, 203.0.113." + 9, bearer(REVOKED));
        }
        assertThat(last).startsWith("HTTP/1.1 429");
        assertThat(ask("Host: gateway.example", "X-Forwarded-For: 203.0.113.10", bearer(REVOKED)))
                .as("of another address it is not yet known")
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void whoComesThroughAProxyIsNotThisMachine() throws IOException {
        assertThat(ask("Host: localhost", "X-Forwarded-For: 203.0.113.9")).startsWith("HTTP/1.1 403");
        assertThat(ask("Host: localhost", "X-Forwarded-For: 127.0.0.1")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aTicketOfAnotherGatewayIsTakenIfBothHaveTheSecretAndNoOther() throws IOException {
        keys.add(GOOD, 0);
        Tickets same = new Tickets(TicketSecret.of(new byte[32]), new Random(2));
        Tickets other = new Tickets(TicketSecret.drawn(new Random(3)), new Random(4));
        ApiKey victim = ApiKey.draw(RANDOM);
        keys.add(victim, 0);
        String at = "GET /v1/feeds/prices/changes?ticket=%s HTTP/1.1";
        String good = same.give(GOOD.id(), FEED, 100_000);
        assertThat(request(at.formatted(good.replace(GOOD.id(), victim.id())), "Host: x"))
                .startsWith("HTTP/1.1 401");
        assertThat(request(at.formatted(good), "Host: x")).startsWith("HTTP/1.1 200");
        assertThat(request(at.formatted(good), "Host: x")).as("once").startsWith("HTTP/1.1 401");
        for (String bad : List.of(
                other.give(GOOD.id(), FEED, 100_000),
                same.give(GOOD.id(), FEED, 100_000 - 30_000),
                same.give(GOOD.id(), FEED, 100_000 + 30_001),
                same.give(REVOKED.id(), FEED, 100_000))) {
            assertThat(request(at.formatted(bad), "Host: x")).as(bad).startsWith("HTTP/1.1 401");
        }
    }

    private static String bearer(ApiKey key) {
        return "Authorization: Bearer " + key.reveal();
    }

    private static String ask(String... headers) throws IOException {
        return request("GET /v1/feeds/prices/changes HTTP/1.1", headers);
    }

    private static String request(String line, String... headers) throws IOException {
        String text = line + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), door.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package io.leat.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.gateway.http.FrontDoor;
import io.leat.gateway.http.Limits;
import io.leat.gateway.http.Part;
import io.leat.gateway.http.Proxies;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodyTest {

    private static final int MOST = 1_000;
    private static final int ROOM = 1_500;

    private final InFlight inFlight = new InFlight(ROOM);
    private final Vertx vertx = Vertx.vertx();
    private FrontDoor door;

    @BeforeEach
    void openTheDoor() throws Exception {
        Part part = router -> router.post("/kept").handler(request -> {
            Body body = new Body(vertx, request.request(), inFlight, MOST);
            body.read(
                    whole -> {
                        request.response().end(whole.length() + " bytes");
                        body.release();
                    },
                    problem -> problem.answer(request.response()));
        });
        door = FrontDoor.open(vertx, "127.0.0.1", 0, null, Limits.DEFAULT, Proxies.NONE, List.of(part))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aBodyWithinItsSizeArrivesWholeAndGivesItsRoomBack() throws IOException {
        assertThat(post(MOST)).startsWith("HTTP/1.1 200").endsWith("1000 bytes");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> inFlight.held() == 0);
    }

    @Test
    void aBodyThatIsLargerIsRefusedAndHoldsNothing() throws IOException {
        assertThat(post(MOST + 1)).startsWith("HTTP/1.1 413").contains("LEAT-216", "At most 1000 bytes.");
        assertThat(inFlight.held()).isZero();
    }

    @Test
    void whereThereIsNoRoomLeftItIsToldToComeAgain() throws IOException {
        assertThat(inFlight.take(ROOM - 10)).isTrue();
        assertThat(post(100)).startsWith("HTTP/1.1 503").contains("LEAT-219", "Retry-After: 1");
        assertThat(inFlight.held()).isEqualTo(ROOM - 10);
    }

    @Test
    void whoeverGoesAwayInTheMiddleHoldsNothing() throws IOException {
        try (Socket socket = open()) {
            send(socket, "POST /kept HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n" + "x".repeat(500));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> inFlight.held() == 500);
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> inFlight.held() == 0);
    }

    private String post(int bytes) throws IOException {
        try (Socket socket = open()) {
            send(
                    socket,
                    "POST /kept HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + bytes + "\r\n\r\n"
                            + "x".repeat(bytes));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), door.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}

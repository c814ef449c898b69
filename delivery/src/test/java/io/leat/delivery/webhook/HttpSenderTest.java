package io.leat.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.delivery.guard.Guard;
import io.leat.delivery.guard.SystemNames;
import io.leat.delivery.lane.Outcome;
import io.leat.format.webhook.WebhookUrl;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sender before servers that say what no good server says. */
@Timeout(60)
class HttpSenderTest {

    private static final String NO_BODY = "Content-Length: 0\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\n" + NO_BODY;
    private static final String FAULT = "HTTP/1.1 500 No\r\n" + NO_BODY;

    private final Vertx vertx = Vertx.vertx();
    private final SystemNames names = new SystemNames();
    private final HttpSender sender =
            new HttpSender(vertx, new Guard(Guard.PRIVATE, names), InstantSource.system());

    @AfterEach
    void close() {
        sender.close();
        names.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void informationalAnswersAreSkippedAndTheFinalOneCounts() throws Exception {
        for (int status : List.of(100, 102, 103, 104, 199)) {
            String interim = "HTTP/1.1 " + status + " Wait\r\nX-Early: hint\r\n\r\n";
            try (Server server = new Server(interim + interim + FAULT, interim + OK, FAULT)) {
                assertThat(List.of(status(post(server)), status(post(server)), status(post(server))))
                        .as("after " + status)
                        .containsExactly(500, 200, 500);
            }
        }
    }

    @Test
    void aChangeOfProtocolEndsTheConnection() throws Exception {
        try (Server server = new Server("HTTP/1.1 101 Other\r\nUpgrade: other\r\n\r\n" + OK, FAULT)) {
            assertThat(post(server)).isInstanceOf(Outcome.Failed.class);
            assertThat(status(post(server))).isEqualTo(500);
            assertThat(server.connections).hasSize(2);
        }
    }

    @Test
    void anAnswerNobodyAskedForIsNotTakenForTheNext() throws Exception {
        try (Server server = new Server(FAULT + OK + OK, FAULT)) {
            assertThat(status(post(server))).isEqualTo(500);
            assertThat(status(post(server))).isEqualTo(500);
            assertThat(server.connections).hasSize(2);
        }
    }

    @Test
    void aConnectionInGoodOrderServesMany() throws Exception {
        try (Server server = new Server(OK, FAULT, OK)) {
            assertThat(List.of(status(post(server)), status(post(server)), status(post(server))))
                    .containsExactly(200, 500, 200);
            assertThat(server.connections).hasSize(1);
        }
    }

    private Outcome post(Server server) throws Exception {
        return sender.post(
                        WebhookUrl.parse("http://127.0.0.1:" + server.socket.getLocalPort() + "/"),
                        Map.of(),
                        "{}".getBytes(StandardCharsets.UTF_8),
                        Duration.ofSeconds(20))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private static int status(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered ? answered.status() : -1;
    }

    /** Says to the n-th request, on whatever connection, the n-th of its sentences. */
    private static final class Server implements AutoCloseable {

        final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        final List<Socket> connections = new CopyOnWriteArrayList<>();
        private final List<String> sentences;
        private int next;

        Server(String... sentences) throws IOException {
            this.sentences = List.of(sentences);
            start(this::accept);
        }

        private static void start(Runnable work) {
            Thread thread = new Thread(work, "rude-server");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (true) {
                    Socket connection = socket.accept();
                    connections.add(connection);
                    start(() -> serve(connection));
                }
            } catch (IOException e) {
                // closed
            }
        }

        private void serve(Socket connection) {
            try {
                InputStream in = connection.getInputStream();
                StringBuilder request = new StringBuilder();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    request.append((char) b);
                    if (request.toString().endsWith("\r\n\r\n{}")) {
                        request.setLength(0);
                        connection.getOutputStream().write(sentence().getBytes(StandardCharsets.US_ASCII));
                    }
                }
            } catch (IOException e) {
                // the other side has gone
            }
        }

        private synchronized String sentence() {
            return sentences.get(next++);
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        }
    }
}

package io.leat.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.gateway.http.Limits;
import io.leat.gateway.log.Batch;
import io.leat.gateway.log.Place;
import io.leat.gateway.log.WrittenLog;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One reader over a real connection, of a log that the test writes. */
@Timeout(60)
class ChangeStreamTest {

    private static final String END = "the end";
    private static final int TURNS = 2;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Turns turns = new Turns(TURNS);
    private final BlockingQueue<ChangeStream> begun = new LinkedBlockingQueue<>();
    private final AtomicInteger over = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Limits limits() {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                usual.connections(),
                usual.connectionsPerAddress(),
                usual.headerWithin(),
                usual.keepAlive(),
                usual.batchBytes(),
                usual.inFlightBytes(),
                usual.streams(),
                usual.streamsPerCaller(),
                Duration.ofMillis(400),
                usual.streamAge(),
                Duration.ofMillis(100),
                usual.requestsPerSecond());
    }

    private int serve(WrittenLog written, Place from, String... selection) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < selection.length; i += 2) {
            parameters.add(selection[i], selection[i + 1]);
        }
        SharedFrames shared = new SharedFrames(written.log, Framing.LINES);
        ChangeStream.Order order = new ChangeStream.Order(written.log, Selection.of(parameters), Framing.LINES, shared);
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setSendBufferSize(Limits.UNTAKEN_BYTES))
                .requestHandler(request -> {
                    request.response().setChunked(true);
                    ChangeStream stream = new ChangeStream(
                            vertx.getOrCreateContext(),
                            request.response(),
                            order,
                            from,
                            turns,
                            limits(),
                            Duration.ofMinutes(1).toMillis(),
                            ended -> over.incrementAndGet());
                    request.response().closeHandler(closed -> stream.over());
                    stream.begin(null);
                    begun.add(stream);
                });
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    /** The lines that come, but for heartbeats; at the end of the answer {@link #END}. */
    private BlockingQueue<String> read(int port) throws Exception {
        HttpResponse<java.util.stream.Stream<String>> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> {
            try {
                response.body().filter(line -> !line.contains("heartbeat")).forEach(lines::add);
                lines.add(END);
            } catch (java.io.UncheckedIOException e) {
                lines.add("cut off: " + e.getMessage());
            }
        });
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    private static String next(BlockingQueue<String> lines) throws InterruptedException {
        return Objects.requireNonNull(lines.poll(20, TimeUnit.SECONDS), "nothing came");
    }

    private static Place at(long offset) {
        return Place.at(new long[] {offset});
    }

    private static String line(long after, String key) {
        return "{\"cursor\":\"0a1b2c3d-" + after + "\",\"key\":[\"" + key + "\"],\"op\":\"new\"}";
    }

    private static void tell(WrittenLog written, String key) {
        written.tell(key, value(key));
    }

    private static String value(String key) {
        return "{\"key\":[\"" + key + "\"],\"op\":\"new\"}";
    }

    @Test
    void whoIsFarBackGetsThePastThenTheHeadEachOnceAndInOrder() throws Exception {
        WrittenLog written = new WrittenLog(10, 4);
        BlockingQueue<String> lines = read(serve(written, at(0)));
        for (int i = 0; i < 10; i++) {
            assertThat(next(lines)).isEqualTo(line(i + 1, "k" + i));
        }
        for (int i = 10; i < 40; i++) { // more than the head holds
            tell(written, "k" + i);
        }
        for (int i = 10; i < 40; i++) {
            assertThat(next(lines)).isEqualTo(line(i + 1, "k" + i));
        }
        mustHaveAllTurns();
    }

    @Test
    void whoStoodAtTheHeadBeforeItRestedMissesNothing() throws Exception {
        WrittenLog written = new WrittenLog(2, 4);
        tell(written, "k2");
        written.tellUnread("k3", value("k3"));
        BlockingQueue<String> lines = read(serve(written, at(3)));
        begun.take();
        written.goOn();
        assertThat(next(lines)).isEqualTo(line(4, "k3"));
        tell(written, "k4");
        assertThat(next(lines)).isEqualTo(line(5, "k4"));
        assertThat(Opening.find(written.log, new Start.Now()).result().place()).isEqualTo(at(5));
        written.tellUnread("k5", value("k5"));
        assertThat(Opening.find(written.log, new Start.Now()).result().place())
                .as("now is where the log ends, read or not")
                .isEqualTo(at(6));
    }

    @Test
    void aSnapshotIsTheLastOfEachKeyThenWhatFollows() throws Exception {
        WrittenLog written = new WrittenLog(5, 100);
        tell(written, "k1");
        tell(written, "k3");
        BlockingQueue<String> lines = read(serve(written, Place.inSnapshot(new long[] {0}, new long[] {7})));
        for (String key : List.of("k0", "k2", "k4", "k1", "k3")) {
            assertThat(next(lines)).contains("[\"" + key + "\"]");
        }
        assertThat(next(lines)).isEqualTo("{\"cursor\":\"0a1b2c3d-7\",\"event\":\"snapshot_end\"}");
        tell(written, "k0");
        assertThat(next(lines)).isEqualTo(line(8, "k0"));
    }

    @Test
    void whatIsNotWantedMovesThePlaceAllTheSame() throws Exception {
        WrittenLog written = new WrittenLog(3, 100);
        BlockingQueue<String> lines = read(serve(written, at(0), "key_prefix", "wanted"));
        tell(written, "other");
        tell(written, "wanted");
        assertThat(next(lines)).isEqualTo(line(5, "wanted"));
    }

    @Test
    void whoIsClosedGetsWhatItHasBegunAndTheEnd() throws Exception {
        WrittenLog written = new WrittenLog(1, 100);
        BlockingQueue<String> lines = read(serve(written, at(0)));
        assertThat(next(lines)).isEqualTo(line(1, "k0"));
        ChangeStream stream = begun.take();
        stream.close();
        stream.close();
        assertThat(next(lines)).isEqualTo(END);
        assertThat(over).hasValue(1);
    }

    @Test
    void aLogThatIsOverEndsItsReadersAlsoOneThatWaitsForThePast() throws Exception {
        WrittenLog written = new WrittenLog(3, 100);
        BlockingQueue<String> atHead = read(serve(written, at(3)));
        begun.take();
        written.answer(Promise.<Batch>promise().future());
        BlockingQueue<String> waiting = read(serve(written, at(0)));
        begun.take();
        written.finish();
        assertThat(next(atHead)).isEqualTo(END);
        assertThat(next(waiting)).isEqualTo(END);
        assertThat(next(read(serve(written, at(3))))).as("who comes too late").isEqualTo(END);
        mustHaveAllTurns();
    }

    @Test
    void aLogThatCannotBeReadEndsTheAnswerAndGivesTheTurnBack() throws Exception {
        WrittenLog written = new WrittenLog(3, 100);
        written.answer(Future.failedFuture("the broker is away"));
        assertThat(next(read(serve(written, at(0))))).isEqualTo(END);
        mustHaveAllTurns();
    }

    @Test
    void whoTakesNothingIsToldWhereToGoOnAndClosed() throws Exception {
        WrittenLog written = new WrittenLog(0, 10_000);
        int port = serve(written, at(0));
        try (Socket stuck = new Socket()) {
            stuck.setReceiveBufferSize(4_096);
            stuck.connect(new InetSocketAddress("127.0.0.1", port));
            stuck.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            begun.take();
            String large = "{\"key\":[\"k\"],\"text\":\"" + "x".repeat(30_000) + "\"}";
            for (int i = 0; i < 200; i++) {
                written.tell("k", large);
            }
            Awaitility.await().until(() -> over.get() == 1);
            stuck.setSoTimeout(20_000);
            InputStream in = stuck.getInputStream();
            long taken = 0;
            byte[] piece = new byte[64 << 10];
            try {
                for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                    taken += count;
                }
            } catch (java.net.SocketException reset) {
                assertThat(reset).hasMessageContaining("reset"); // it took too long for the last word too
            }
            assertThat(taken).as("not all of it waited for the reader").isLessThan(200 * 30_000);
        }
        mustHaveAllTurns();
    }

    private void mustHaveAllTurns() {
        AtomicInteger free = new AtomicInteger();
        for (int i = 0; i < TURNS; i++) {
            turns.take(free::incrementAndGet);
        }
        Awaitility.await().until(() -> free.get() == TURNS);
    }
}

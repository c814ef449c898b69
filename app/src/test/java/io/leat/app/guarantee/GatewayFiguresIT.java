package io.leat.app.guarantee;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.gateway.access.ApiKey;
import io.leat.gateway.access.KeyBook;
import io.leat.gateway.access.KeyEntry;
import io.leat.gateway.access.Scope;
import io.leat.gateway.log.KafkaSettings;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of the gateway beside the HTTP library alone, on demand: {@code -Dleat.http.figures=FILE} names the page. */
class GatewayFiguresIT {

    private static final Path PAGE = Path.of(System.getProperty("leat.http.figures", ""));
    private static final int SECONDS = Integer.getInteger("leat.http.seconds", 8);
    private static final int READERS = Integer.getInteger("leat.http.readers", 1_000);
    private static final int[] PACES = {100, 200, 400};
    private static final int EVENT_BYTES = 300;
    private static final String FEED = "/v1/feeds/" + CrashRig.FEED;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path dir;

    @Test
    void figures() throws Exception {
        assumeTrue(!PAGE.toString().isEmpty(), "figures are taken on demand");
        CrashRig rig = CrashRig.make(dir, RandomSeed.of("figures"), 1, 1, 2);
        int plain = freePort();
        String head =
                """
                # The gateway beside the HTTP library alone

                Taken by `GatewayFiguresIT` in one run on a machine with %d processors: broker, gateway, a bare Vert.x server and the clients are
                processes of their own, on loopback. The bare server takes bodies without looking at them and writes events without a log.

                | records/s taken in, 32 connections | one a request | 100 a request |
                | --- | ---: | ---: |
                """
                        .formatted(Runtime.getRuntime().availableProcessors());
        StringBuilder taken = new StringBuilder(head);
        StringBuilder told = new StringBuilder();
        try (ExternalBroker broker = new ExternalBroker(rig);
                OsProcess bare = rig.java(
                        PlainHttpMain.class.getName(),
                        List.of(Integer.toString(plain), Integer.toString(EVENT_BYTES)))) {
            GatewayProcess.prepare(rig, broker.bootstrap());
            bare.awaitLine(Pattern.compile("PLAIN"), PATIENCE);
            try (GatewayProcess gateway = new GatewayProcess(rig, broker.bootstrap())) {
                told.append(
                        "\n| %d readers, events of about %d bytes | asked for | delivered | caught up after | closed |%n"
                                .formatted(READERS, EVENT_BYTES));
                told.append("| --- | ---: | ---: | ---: | ---: |\n");
                for (int pace : PACES) {
                    told.append(bare(plain, pace));
                    told.append(gateway(gateway, broker, pace));
                }
                List<String> keys = keys(broker.bootstrap(), gateway);
                taken.append(ingest("the library alone", plain, "/records", keys));
                taken.append(
                        ingest("gateway: 202 when Kafka has every record", gateway.port(), FEED + "/records", keys));
            }
        }
        String page = taken.append(told).toString().replace("\r\n", "\n");
        System.out.print(page);
        Files.writeString(PAGE, page);
    }

    /** One for each sender: what one of them may ask a second is bounded. */
    private static List<String> keys(String bootstrap, GatewayProcess gateway) throws Exception {
        List<String> keys = new ArrayList<>();
        try (KeyBook book = new KeyBook(new KafkaSettings(bootstrap, Map.of()))) {
            for (int i = 0; i < PostLoad.CONNECTIONS; i++) {
                ApiKey key = ApiKey.draw(new SecureRandom());
                List<Scope.Grant> grants = List.of(Scope.Grant.parse(CrashRig.FEED + ":ingest"));
                book.write(new KeyEntry(key.id(), "sender", key.hash(), grants, 1, 0, 0));
                keys.add(key.reveal());
            }
        }
        HttpRequest request = HttpRequest.newBuilder(gateway.uri(FEED + "/records"))
                .header("Authorization", "Bearer " + keys.get(keys.size() - 1))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString("{}\n"))
                .build();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> HTTP.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 202);
        return keys;
    }

    private static String ingest(String what, int port, String path, List<String> keys) throws Exception {
        return "| %s | %,.0f | %,.0f |%n"
                .formatted(
                        what,
                        PostLoad.recordsPerSecond(port, path, keys, 1, SECONDS),
                        PostLoad.recordsPerSecond(port, path, keys, 100, SECONDS));
    }

    private static String bare(int port, int pace) throws Exception {
        try (StreamLoad load = new StreamLoad(port, "/changes", READERS)) {
            long before = ask(port, "/pace?per_second=" + pace);
            return row("the library alone", pace, load, new Telling() {
                @Override
                public long soFar() throws Exception {
                    return ask(port, "/told") - before;
                }

                @Override
                public long stop() throws Exception {
                    return ask(port, "/pace?per_second=0") - before;
                }
            });
        }
    }

    private static String gateway(GatewayProcess gateway, ExternalBroker broker, int pace) throws Exception {
        try (StreamLoad load = new StreamLoad(gateway.port(), FEED + "/changes", READERS);
                ChangeTeller teller = new ChangeTeller(broker.bootstrap(), CrashRig.FEED, 2, pace, EVENT_BYTES - 180)) {
            return row("gateway", pace, load, new Telling() {
                @Override
                public long soFar() {
                    return teller.rounds() * ChangeTeller.KEYS;
                }

                @Override
                public long stop() {
                    return teller.stop() * ChangeTeller.KEYS;
                }
            });
        }
    }

    private interface Telling {
        /** How many changes have been told. */
        long soFar() throws Exception;

        /** Tells no more; gives how many have been told. */
        long stop() throws Exception;
    }

    private static String row(String what, int pace, StreamLoad load, Telling telling) throws Exception {
        long begun = System.nanoTime();
        Awaitility.await()
                .atMost(PATIENCE.plusSeconds(4L * SECONDS))
                .until(() -> telling.soFar() >= (long) pace * SECONDS);
        long told = telling.stop();
        long stopped = System.nanoTime();
        String after;
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> load.events() >= told * READERS);
            after = "%.2f s".formatted((System.nanoTime() - stopped) / 1e9);
        } catch (ConditionTimeoutException e) {
            after = "not within %d s".formatted(PATIENCE.toSeconds());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return "| %s | %,d/s | %,.0f/s | %s | %d |%n"
                .formatted(what, pace * READERS, load.events() / seconds, after, load.closed());
    }

    private static long ask(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return Long.parseLong(HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}

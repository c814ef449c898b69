package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.EventParser;
import io.leat.testkit.RandomSeed;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers are cut at random bytes and their gateway is killed; they come back with the last id they have, and none
 * misses a change, sees one twice or out of order. Every tenth begins with a snapshot instead of the earliest change.
 */
class StreamResumeIT {

    private static final int CLIENTS = Integer.getInteger("leat.clients", 20);
    private static final int KILLS = Integer.getInteger("leat.gateway.kills", 2);
    /** Changes a second: fewer where many clients share a machine with what they read from. */
    private static final int PER_SECOND = Integer.getInteger("leat.gateway.rate", 150);

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ROUNDS_A_LIFE = 5;
    /** About so many cuts after its last one a reader of snapshots takes another. */
    private static final int NEW_SNAPSHOT_AFTER = 40;

    @TempDir
    private Path dir;

    private final AtomicLong cuts = new AtomicLong();
    private volatile boolean over;

    @Test
    void nobodyMissesRepeatsOrSwapsAChange() throws Exception {
        RandomSeed seed = RandomSeed.of("stream-resume");
        CrashRig rig = CrashRig.make(dir, seed, 1, 1, 2);
        try (ExternalBroker broker = new ExternalBroker(rig)) {
            GatewayProcess.prepare(rig, broker.bootstrap());
            try (GatewayProcess gateway = new GatewayProcess(rig, broker.bootstrap());
                    ChangeTeller teller = new ChangeTeller(broker.bootstrap(), CrashRig.FEED, 2, PER_SECOND, 50)) {
                List<Client> clients = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(new Client(gateway, seed.round(i).random(), i % 10 == 9));
                }
                clients.forEach(Thread::start);
                for (int kill = 0; kill < KILLS; kill++) {
                    long least = least(clients);
                    Awaitility.await().atMost(PATIENCE).until(() -> least(clients) > least + ROUNDS_A_LIFE);
                    gateway.killAndRestart();
                }
                long rounds = teller.stop();
                Awaitility.await().atMost(PATIENCE).until(() -> clients.stream()
                        .allMatch(client -> client.least >= rounds || client.faults > 0));
                over = true;
                long faults =
                        clients.stream().mapToLong(client -> client.faults).sum();
                System.out.printf(
                        "R24 stream-resume: %d clients, %d kills, %d cuts, %d changes each; gaps, repeats, swaps: %d %s%n",
                        CLIENTS, KILLS, cuts.get(), rounds * ChangeTeller.KEYS, faults, seed);
                assertThat(clients).allSatisfy(client -> {
                    assertThat(client.faults).as(client.fault).isZero();
                    assertThat(client.snapshot || client.seen == rounds * ChangeTeller.KEYS)
                            .isTrue();
                });
                assertThat(cuts.get()).isGreaterThan(CLIENTS);
            }
        } finally {
            over = true;
        }
    }

    /** How far the slowest has come with every key. */
    private static long least(List<Client> clients) {
        return clients.stream().mapToLong(client -> client.least).min().orElse(0);
    }

    /** Reads some bytes, goes away, comes back. */
    private final class Client extends Thread {

        private final GatewayProcess gateway;
        private final RandomGenerator random;
        private final HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        private final Map<String, Long> last = new HashMap<>();
        private String lastId = "";
        private final boolean snapshot;
        private volatile long least;
        private volatile long seen;
        private volatile long faults;
        private volatile String fault = "";

        Client(GatewayProcess gateway, RandomGenerator random, boolean snapshot) {
            this.gateway = gateway;
            this.random = random;
            this.snapshot = snapshot;
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!over) {
                EventParser parser = new EventParser(lastId, this::check);
                try {
                    readUntilCut(parser);
                    cuts.incrementAndGet();
                } catch (IOException e) {
                    Thread.onSpinWait(); // it has been killed: come back
                } catch (InterruptedException e) {
                    return;
                }
                lastId = parser.lastId();
                if (snapshot && random.nextInt(NEW_SNAPSHOT_AFTER) == 0) {
                    lastId = "";
                    last.clear();
                }
            }
        }

        private void readUntilCut(EventParser parser) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(gateway.uri(
                    "/v1/feeds/" + CrashRig.FEED + "/changes?since=" + (snapshot ? "snapshot" : "earliest")));
            if (!lastId.isEmpty()) {
                request.header("Last-Event-ID", lastId);
            }
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    body.readAllBytes();
                    return;
                }
                long left = 1 + random.nextInt(200_000);
                byte[] piece = new byte[4_096];
                while (left > 0 && !over) {
                    int count = body.read(piece, 0, (int) Math.min(piece.length, left));
                    if (count < 0) {
                        return;
                    }
                    parser.feed(piece, count);
                    left -= count;
                }
            }
        }

        private void check(EventParser.Event event) {
            if (snapshot && event.name().equals("snapshot_end")) {
                return;
            }
            if (!event.name().equals("message")) {
                faults++;
                fault = "unexpected " + event;
                return;
            }
            String key = event.data().replaceFirst(".*?\"key\":(\\[.*?]).*", "$1");
            long seq = Long.parseLong(event.data().replaceFirst(".*?\"seq\":(\\d+).*", "$1"));
            Long before = last.put(key, seq);
            boolean follows = before == null ? snapshot || seq == 1 : seq == before + 1;
            if (!follows) {
                faults++;
                fault = key + ": " + before + " then " + seq + " at " + event.id();
            }
            seen++;
            if (last.size() == ChangeTeller.KEYS) {
                least = Math.max(least, Collections.min(last.values()));
            }
        }
    }
}

package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.testkit.PlainJson;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.SmallDisk;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the gateway has acknowledged is in the log, whatever was killed or full; and every answer comes within 5 s. */
class IngestKilledIT {

    private static final int ROUNDS = Integer.getInteger("leat.gateway.kills", 2);
    private static final int SENDERS = 4;
    private static final int BATCH = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path dir;

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
    private final AtomicLong slowestMillis = new AtomicLong();
    private volatile boolean over;

    @Test
    void killingGatewayAndBrokerLosesNothingAcknowledged() throws Exception {
        RandomSeed seed = RandomSeed.of("ingest-killed");
        CrashRig rig = CrashRig.make(dir, seed, 1, 1, 1);
        try (ExternalBroker broker = new ExternalBroker(rig)) {
            GatewayProcess.prepare(rig, broker.bootstrap());
            try (GatewayProcess gateway = new GatewayProcess(rig, broker.bootstrap())) {
                List<Thread> senders = send(gateway);
                for (int round = 0; round < ROUNDS; round++) {
                    awaitMore();
                    gateway.killAndRestart();
                    awaitMore();
                    broker.killAndRestart();
                }
                awaitMore();
                end(senders);
                mustAllBeThere("R5 ingest-killed, " + ROUNDS + " kills of each", broker.bootstrap());
            }
        }
    }

    /** Needs the right to mount a small file system. */
    @Test
    void aFullDiskIsAnAnswerWithinFiveSecondsAndLosesNothingAcknowledged() throws Exception {
        RandomSeed seed = RandomSeed.of("disk-full");
        assumeTrue(SmallDisk.isPossible("a full disk"));
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(dir.resolve("broker")), 64)) {
            CrashRig rig = CrashRig.make(dir, seed, 1, 1, 1);
            try (ExternalBroker broker = new ExternalBroker(rig)) {
                GatewayProcess.prepare(rig, broker.bootstrap());
                try (GatewayProcess gateway = new GatewayProcess(rig, broker.bootstrap())) {
                    awaitStatus(gateway, 503, 8_000);
                    disk.grow(512);
                    broker.killAndRestart();
                    awaitStatus(gateway, 202, 100);
                    mustAllBeThere("R8 disk-full", broker.bootstrap());
                }
            }
        }
    }

    private void awaitStatus(GatewayProcess gateway, int status, int padding) throws Exception {
        List<Thread> senders = send(gateway, padding);
        AtomicLong seen = statuses.computeIfAbsent(status, same -> new AtomicLong());
        long before = seen.get();
        Awaitility.await().atMost(PATIENCE).until(() -> seen.get() > before + 2);
        end(senders);
    }

    private void awaitMore() {
        int before = acknowledged.size();
        Awaitility.await().atMost(PATIENCE).until(() -> acknowledged.size() > before + 10 * BATCH);
    }

    private List<Thread> send(GatewayProcess gateway) {
        return send(gateway, 100);
    }

    private List<Thread> send(GatewayProcess gateway, int padding) {
        over = false;
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            String name = "s" + i + "-" + acknowledged.size() + "-" + padding;
            Thread sender = new Thread(() -> sendUntilOver(gateway, name, padding), name);
            sender.setDaemon(true);
            sender.start();
            senders.add(sender);
        }
        return senders;
    }

    private void end(List<Thread> senders) throws InterruptedException {
        over = true;
        for (Thread sender : senders) {
            sender.join();
        }
    }

    private void sendUntilOver(GatewayProcess gateway, String name, int padding) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        String note = noise(padding);
        for (int batch = 0; !over; batch++) {
            List<String> records = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                records.add("{\"shop\":\"%s\",\"sku\":\"%d-%d\",\"note\":\"%s\"}".formatted(name, batch, i, note));
            }
            try {
                send(http, gateway, records);
            } catch (IOException e) {
                Thread.onSpinWait(); // it has been killed: go on with the next
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void send(HttpClient http, GatewayProcess gateway, List<String> records)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.uri("/v1/feeds/" + CrashRig.FEED + "/records"))
                .header("Content-Type", "application/x-ndjson")
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", records)))
                .build();
        long begun = System.nanoTime();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        long millis = (System.nanoTime() - begun) / 1_000_000;
        slowestMillis.accumulateAndGet(millis, Math::max);
        statuses.computeIfAbsent(response.statusCode(), same -> new AtomicLong())
                .incrementAndGet();
        if (response.statusCode() == 202 || response.statusCode() == 207) {
            JsonNode answers = PlainJson.parse(response.body()).get("records");
            for (int i = 0; i < records.size(); i++) {
                if (answers.get(i).has("offset")) {
                    acknowledged.put(
                            answers.get(i).get("partition").intValue() + "/"
                                    + answers.get(i).get("offset").longValue(),
                            head(records.get(i)));
                }
            }
        }
    }

    private void mustAllBeThere(String what, String bootstrap) {
        Map<String, String> missing = new ConcurrentHashMap<>(acknowledged);
        TopicReader.committed(bootstrap).read(CrashRig.FEED + ".raw", rec -> {
            String place = rec.partition() + "/" + rec.offset();
            String sent = missing.get(place);
            if (sent != null && sent.equals(head(new String(rec.value(), StandardCharsets.UTF_8)))) {
                missing.remove(place);
            }
        });
        System.out.printf(
                "%s: acknowledged %d, lost %d, answers %s, slowest %d ms%n",
                what, acknowledged.size(), missing.size(), statuses, slowestMillis.get());
        assertThat(acknowledged).isNotEmpty();
        assertThat(missing).isEmpty();
        assertThat(statuses.keySet()).isSubsetOf(202, 207, 503);
        assertThat(slowestMillis.get()).isLessThan(5_500);
    }

    /** A record names itself in the beginning; the rest would fill this process before it fills a disk. */
    private static String head(String rec) {
        return rec.substring(0, 40);
    }

    /** Text that does not get smaller when packed. */
    private static String noise(int length) {
        java.util.random.RandomGenerator random = new java.util.SplittableRandom(length);
        return random.ints(length, '0', 'z')
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

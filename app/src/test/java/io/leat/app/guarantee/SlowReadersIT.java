package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.EventParser;
import io.leat.testkit.RandomSeed;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers who do not read, or a byte a second, cost bounded memory and nobody's time. */
class SlowReadersIT {

    private static final int SLOW = Integer.getInteger("leat.slow.readers", 100);
    private static final int SECONDS = Integer.getInteger("leat.slow.seconds", 6);
    private static final int HEALTHY = 20;
    private static final int PER_SECOND = Integer.getInteger("leat.slow.rate", 100);
    private static final int LOOKS = 3;
    /** Beside other tests on two processors; the aim for a machine of its own is 200. */
    private static final double P99_MILLIS = Integer.getInteger("leat.slow.p99", 1_000);

    private static final long HEAP_BYTES = 100_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path dir;

    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    @Test
    void thoseWhoReadDoNotNoticeThoseWhoDoNot() throws Exception {
        RandomSeed seed = RandomSeed.of("slow-readers");
        CrashRig rig = CrashRig.make(dir, seed, 1, 1, 2);
        try (ExternalBroker broker = new ExternalBroker(rig)) {
            GatewayProcess.prepare(rig, broker.bootstrap());
            try (GatewayProcess gateway = new GatewayProcess(rig, broker.bootstrap());
                    ChangeTeller teller = new ChangeTeller(broker.bootstrap(), CrashRig.FEED, 2, PER_SECOND, 2_000)) {
                for (int i = 0; i < HEALTHY; i++) {
                    Thread reader = new Thread(() -> read(gateway), "healthy");
                    reader.setDaemon(true);
                    reader.start();
                }
                double cold = p99Millis(SECONDS);
                double alone = p99Millis(LOOKS);
                long before = liveBytes(gateway);
                try (Dawdlers slow = new Dawdlers(gateway, SLOW)) {
                    Awaitility.await().atMost(PATIENCE).until(() -> slow.opened() >= SLOW);
                    double first = p99Millis(LOOKS);
                    double beside = p99Millis(SECONDS);
                    long most = 0;
                    for (int look = 0; look < LOOKS; look++) {
                        most = Math.max(most, liveBytes(gateway));
                        double unused = p99Millis(1);
                    }
                    System.out.printf(
                            "R25 slow-readers: %d slow (%d streams), %d healthy, %d s at %d/s of 2 kB: live heap %.1f MB"
                                    + " %+.1f MB, healthy p99 %.1f ms (as they came %.1f ms), alone %.1f ms (cold %.1f ms) %s%n",
                            SLOW,
                            slow.opened(),
                            HEALTHY,
                            SECONDS,
                            PER_SECOND,
                            before / 1e6,
                            (most - before) / 1e6,
                            beside,
                            first,
                            alone,
                            cold,
                            seed);
                    assertThat(most - before).isLessThan(HEAP_BYTES);
                    assertThat(beside).isLessThan(P99_MILLIS);
                } finally {
                    over = true;
                }
            }
        }
    }

    /** From telling to reading, of all the healthy ones read in so many seconds. */
    private double p99Millis(int seconds) {
        nanos.clear();
        Awaitility.await().atMost(PATIENCE).until(() -> nanos.size() >= HEALTHY * PER_SECOND * seconds);
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get(sorted.size() * 99 / 100) / 1e6;
    }

    private void read(GatewayProcess gateway) {
        EventParser parser = new EventParser("", event -> {
            if (event.name().equals("message")) {
                int at = event.data().lastIndexOf("\"told\":") + 7;
                int end = event.data().indexOf('}', at);
                nanos.add(System.nanoTime() - Long.parseLong(event.data().substring(at, end)));
            }
        });
        HttpRequest request = HttpRequest.newBuilder(gateway.uri("/v1/feeds/" + CrashRig.FEED + "/changes"))
                .build();
        try (InputStream body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            byte[] piece = new byte[16_384];
            for (int count = body.read(piece); count >= 0 && !over; count = body.read(piece)) {
                parser.feed(piece, count);
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a full collection leaves, as the JDK's own tool counts it. */
    private static long liveBytes(GatewayProcess gateway) throws IOException, InterruptedException {
        Process histogram = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jmap").toString(),
                        "-histo:live",
                        Long.toString(gateway.pid()))
                .redirectErrorStream(true)
                .start();
        String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        histogram.waitFor();
        String last = text.strip().substring(text.strip().lastIndexOf('\n') + 1);
        return Long.parseLong(last.replaceFirst("Total\\s+\\d+\\s+(\\d+).*", "$1"));
    }
}

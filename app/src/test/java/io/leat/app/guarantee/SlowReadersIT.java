package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.EventParser;
import io.leat.testkit.RandomSeed;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that do not read, or a byte a second, cost bounded memory and nobody's time. */
class SlowReadersIT {

    private static final int SLOW = Integer.getInteger("leat.slow.readers", 200);
    private static final int HEALTHY = 20;
    private static final int SECONDS = Integer.getInteger("leat.slow.seconds", 12);
    private static final int PER_SECOND = 500;
    private static final double P99_MILLIS = 200;
    private static final long HEAP_BYTES = 100_000_000;

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
                org.awaitility.Awaitility.await().until(() -> nanos.size() > HEALTHY * 500);
                long before = liveBytes(gateway);
                List<Socket> slow = new ArrayList<>();
                for (int i = 0; i < SLOW; i++) {
                    slow.add(dawdle(gateway, i));
                }
                nanos.clear();
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                long most = 0;
                while (System.nanoTime() < end) {
                    for (int i = SLOW / 2; i < SLOW; i++) {
                        readOne(slow.get(i));
                    }
                    most = Math.max(most, liveBytes(gateway));
                }
                over = true;
                teller.stop();
                List<Long> sorted = nanos.stream().sorted().toList();
                double p99 = sorted.get(sorted.size() * 99 / 100) / 1e6;
                System.out.printf(
                        "R25 slow-readers: %d slow, %d healthy, %d s at %d/s of 2 kB: live heap %+.1f MB, healthy p99"
                                + " %.1f ms of %d events %s%n",
                        SLOW, HEALTHY, SECONDS, PER_SECOND, (most - before) / 1e6, p99, sorted.size(), seed);
                assertThat(most - before).isLessThan(HEAP_BYTES);
                assertThat(p99).isLessThan(P99_MILLIS);
                for (Socket socket : slow) {
                    socket.close();
                }
            }
        }
    }

    private void read(GatewayProcess gateway) {
        EventParser parser = new EventParser("", event -> {
            String told = event.data().replaceFirst(".*\"told\":(\\d+).*", "$1");
            if (event.name().equals("message")) {
                nanos.add(System.nanoTime() - Long.parseLong(told));
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

    /** Half of them begin far back, half at the head; all take little into their socket. */
    private static Socket dawdle(GatewayProcess gateway, int number) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
        socket.setSoTimeout(1);
        String since = number % 2 == 0 ? "?since=earliest" : "";
        socket.getOutputStream()
                .write(("GET /v1/feeds/" + CrashRig.FEED + "/changes" + since + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void readOne(Socket socket) {
        try {
            int unused = socket.getInputStream().read();
        } catch (IOException e) {
            // nothing has come, or it has been closed
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

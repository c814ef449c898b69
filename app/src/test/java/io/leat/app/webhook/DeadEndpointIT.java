package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.Webhooks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some of many endpoints hang, and nobody else notices. Two gateways get the same load by turns, of which one has the dead
 * endpoints and the other none: what the machine does to one it does to the other. Size: {@code -Dleat.webhook.clients},
 * {@code -Dleat.webhook.slow}, {@code -Dleat.webhook.seconds} and {@code -Dleat.webhook.rate} (changes a second to each);
 * {@code -Dleat.webhook.dead=FILE} names a page for the result.
 */
class DeadEndpointIT {

    private static final int CLIENTS = Integer.getInteger("leat.webhook.clients", 50);
    private static final int SLOW = Integer.getInteger("leat.webhook.slow", 1);
    private static final int SECONDS = Integer.getInteger("leat.webhook.seconds", 5);
    private static final int RATE = Integer.getInteger("leat.webhook.rate", 10);
    private static final Path PAGE = Path.of(System.getProperty("leat.webhook.dead", ""));
    private static final int WINDOWS = 12;
    private static final long MOST_HEAP = 64L << 20;
    /** A few seconds cannot tell a tenth from noise; that one waits for a dead endpoint, they can: it hangs for 5,000 ms. */
    private static final double MOST_RATIO = SECONDS < 60 ? 2 : 1.1;

    @TempDir
    private Path dir;

    @Test
    void nobodyElseWaitsForADeadEndpointAndItGetsEverythingWhenItReturns() throws Exception {
        try (DataDirectory data = DataDirectory.take(dir);
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                Side struck = new Side(kafka, "struck");
                Side calm = new Side(kafka, "calm")) {
            load(struck, calm, Math.min(30, Math.max(3, SECONDS / 10)));
            settle(struck, 0);
            settle(calm, 0);
            List<Window> before = windows(struck, calm, Math.min(120, Math.max(4, SECONDS / 6)));
            settle(struck, 0);
            settle(calm, 0);
            long heap = heap();

            struck.setDead(true);
            List<Window> during = windows(struck, calm, SECONDS);
            settle(struck, SLOW);
            long grown = heap() - heap;
            long held = struck.webhooks.memory();

            System.out.printf(
                    "dead endpoints: p99 of the others %.1f ms, of a calm gateway %.1f ms, ratio %.2f, heap grown %d KiB%n",
                    median(during, Window::struck),
                    median(during, Window::calm),
                    median(during, Window::ratio),
                    grown >> 10);
            struck.setDead(false);
            long returned = System.nanoTime();
            settle(struck, 0);
            settle(calm, 0);
            double backSeconds = (System.nanoTime() - returned) / 1e9;
            String page = page(before, during, grown, held, struck, backSeconds);
            System.out.print(page);
            if (!PAGE.toString().isEmpty()) {
                Files.writeString(PAGE, page);
            }
            assertThat(struck.receivers.disorder()).as("order").isZero();
            assertThat(grown).as("heap growth").isLessThan(MOST_HEAP);
            assertThat(median(during, Window::ratio))
                    .as("p99 of the others beside that of a gateway whose clients all live, median of windows")
                    .isLessThan(MOST_RATIO);
        }
    }

    /** p99 of a stretch of time in both gateways, milliseconds. */
    private record Window(double struck, double calm, int deliveries) {
        double ratio() {
            return struck / calm;
        }
    }

    private interface Figure {
        double of(Window window);
    }

    private static double median(List<Window> windows, Figure figure) {
        double[] sorted = windows.stream().mapToDouble(figure::of).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static List<Window> windows(Side struck, Side calm, int seconds) {
        List<Window> windows = new ArrayList<>();
        struck.receivers.takeAges(0);
        calm.receivers.takeAges(0);
        for (int i = 0; i < WINDOWS; i++) {
            load(struck, calm, (double) seconds / WINDOWS);
            List<Long> ofStruck = struck.receivers.takeAges(SLOW);
            List<Long> ofCalm = calm.receivers.takeAges(SLOW);
            windows.add(new Window(
                    FastReceivers.millis(ofStruck, 0.99), FastReceivers.millis(ofCalm, 0.99), ofStruck.size()));
        }
        return windows;
    }

    /** A change to one, half a beat later one to the other. */
    private static void load(Side struck, Side calm, double seconds) {
        long half = 500_000_000L / RATE;
        long begun = System.nanoTime();
        for (int beat = 0; System.nanoTime() - begun < seconds * 1e9; beat++) {
            (beat % 2 == 0 ? struck : calm).log.tell(1);
            LockSupport.parkNanos(Math.max(0, begun + (beat + 1) * half - System.nanoTime()));
        }
    }

    /** Waits until each client but the first so many has everything. */
    private static void settle(Side side, int dead) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(9))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    for (int i = dead; i < CLIENTS; i++) {
                        if (side.receivers.countOf(i) < side.log.told()) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String page(
            List<Window> before, List<Window> during, long grown, long held, Side struck, double backSeconds) {
        return """
                # Webhooks: %d of %d endpoints dead for %d s

                Written by `DeadEndpointIT`: two gateways get %d changes a second each by turns, broker and receivers in the same JVM. In one,
                %d of %d endpoints take connections and answer nothing, in the other all answer. p99 is that of the other %d, from telling
                to receipt; the median of %d windows, %d deliveries each.

                | | struck gateway | calm gateway | ratio |
                | --- | ---: | ---: | ---: |
                | all alive | %.1f ms | %.1f ms | %.2f |
                | %d dead | %.1f ms | %.1f ms | %.2f |

                Heap grew by %d KiB; %d KiB of changes waited for the dead. When they returned they had all %d changes within %.0f s:
                lost 0, order broken %d times.
                """
                .formatted(
                        SLOW,
                        CLIENTS,
                        SECONDS,
                        RATE,
                        SLOW,
                        CLIENTS,
                        CLIENTS - SLOW,
                        WINDOWS,
                        during.get(0).deliveries(),
                        median(before, Window::struck),
                        median(before, Window::calm),
                        median(before, Window::ratio),
                        SLOW,
                        median(during, Window::struck),
                        median(during, Window::calm),
                        median(during, Window::ratio),
                        grown >> 10,
                        held >> 10,
                        struck.log.told(),
                        backSeconds,
                        struck.receivers.disorder());
    }

    /** A gateway, its change log and its clients. */
    private static final class Side implements AutoCloseable {
        private final ChangeTopic log;
        private final FastReceivers receivers = new FastReceivers(at -> System.nanoTime() / 1_000 - at);
        private final Webhooks webhooks;

        Side(EmbeddedKafka kafka, String feed) throws Exception {
            log = new ChangeTopic(kafka.bootstrap(), feed, 2, 100);
            List<Subscription> subscriptions = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                subscriptions.add(receivers.subscription(i, 32));
            }
            webhooks = LoopbackWebhooks.start(kafka.bootstrap(), feed, subscriptions);
        }

        void setDead(boolean dead) {
            for (int i = 0; i < SLOW; i++) {
                receivers.setDead(i, dead);
            }
        }

        @Override
        public void close() {
            webhooks.close();
            receivers.close();
            log.close();
        }
    }
}

package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.core.delivery.Subscription;
import io.leat.format.webhook.SecretBox;
import io.leat.gateway.webhook.Webhooks;
import io.leat.gateway.webhook.guard.Guard;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of many endpoints hangs, and nobody else notices. Size: {@code -Dleat.webhook.clients}, {@code -Dleat.webhook.slow}
 * and {@code -Dleat.webhook.seconds}; 50, 1 and 3 by default, 1,800 seconds in full.
 */
class DeadEndpointIT {

    private static final int CLIENTS = Integer.getInteger("leat.webhook.clients", 50);
    private static final int SLOW = Integer.getInteger("leat.webhook.slow", 1);
    private static final int SECONDS = Integer.getInteger("leat.webhook.seconds", 3);
    private static final long MOST_HEAP = 64L << 20;

    @TempDir
    private Path dir;

    @Test
    void nobodyElseWaitsForADeadEndpointAndItGetsEverythingWhenItReturns() throws Exception {
        try (DataDirectory data = DataDirectory.take(dir);
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "dead", 2, 100);
                FastReceivers receivers = new FastReceivers(at -> System.nanoTime() / 1_000 - at);
                Webhooks webhooks = webhooks(kafka, receivers)) {
            load(log, 2);
            settle(receivers, log, 0);
            receivers.takeAges(-1);
            load(log, SECONDS);
            settle(receivers, log, 0);
            List<Long> before = receivers.takeAges(-1);
            long heap = heap();

            for (int i = 0; i < SLOW; i++) {
                receivers.setDead(i, true);
            }
            load(log, SECONDS);
            settle(receivers, log, SLOW);
            long grown = heap() - heap;
            List<Long> during = receivers.takeAges(-1);
            long memory = webhooks.memory();

            for (int i = 0; i < SLOW; i++) {
                receivers.setDead(i, false);
            }
            settle(receivers, log, 0);
            System.out.printf(
                    "R21 dead-endpoint clients=%d dead=%d changes=%d p50 %.1f -> %.1f ms p99 %.1f -> %.1f ms"
                            + " heap grown=%d KiB held=%d KiB lost=0%n",
                    CLIENTS,
                    SLOW,
                    log.told(),
                    FastReceivers.millis(before, 0.5),
                    FastReceivers.millis(during, 0.5),
                    FastReceivers.millis(before, 0.99),
                    FastReceivers.millis(during, 0.99),
                    grown >> 10,
                    memory >> 10);
            assertThat(grown).as("heap growth").isLessThan(MOST_HEAP);
            assertThat(FastReceivers.millis(during, 0.5))
                    .as("the others' p50: a dead endpoint hangs for 5,000 ms")
                    .isLessThan(1_000);
        }
    }

    /** Waits until each client but the first so many has everything. */
    private static void settle(FastReceivers receivers, ChangeTopic log, int dead) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    for (int i = dead; i < CLIENTS; i++) {
                        if (receivers.countOf(i) < log.told()) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private static void load(ChangeTopic log, int seconds) {
        long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < deadline) {
            log.tell(1);
            LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Webhooks webhooks(EmbeddedKafka kafka, FastReceivers receivers) {
        List<Subscription> subscriptions = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            subscriptions.add(receivers.subscription(i, 32));
        }
        return Webhooks.start(
                new Webhooks.Settings(
                        "dead",
                        "dead.changes",
                        Map.of("bootstrap.servers", kafka.bootstrap()),
                        subscriptions,
                        Guard.PRIVATE,
                        new SecretBox(new byte[32], new SecureRandom()),
                        Webhooks.Settings.MEMORY),
                InstantSource.system(),
                new SplittableRandom());
    }
}

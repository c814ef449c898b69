package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.embedded.FeedRun;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.Webhooks;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.guard.SystemNames;
import io.leat.delivery.webhook.HttpSender;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.webhook.WebhookHeaders;
import io.leat.format.webhook.WebhookUrl;
import io.leat.job.log.LogWatch;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of webhooks, on demand: {@code -Dleat.webhook.figures=FILE} names the page they are written to. */
class WebhookFiguresIT {

    private static final Path PAGE = Path.of(System.getProperty("leat.webhook.figures", ""));
    private static final int DELIVERIES = Integer.getInteger("leat.webhook.deliveries", 60_000);
    private static final int SECONDS = Integer.getInteger("leat.webhook.seconds", 60);
    private static final int RECORDS_PER_SECOND = 12_405;
    private static final int CHANGES_PER_SECOND = 312;
    private static final int ITEMS = 20_000;
    private static final int TICKS_PER_SECOND = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path dir;

    @Test
    void figures() throws Exception {
        assumeTrue(!PAGE.toString().isEmpty(), "figures are taken on demand");
        StringBuilder page = new StringBuilder(
                """
                # Webhooks: figures

                Taken by `WebhookFiguresIT` in one run: broker, job, gateway and receivers share one JVM and this machine (%d cores), so
                every figure pays for all of them. Receivers answer 204 at once, on loopback.

                | what | deliveries/s |
                | --- | ---: |
                """
                        .formatted(Runtime.getRuntime().availableProcessors()));
        page.append("| the same HTTP client in a bare loop, 32 at once, no log, no signature | %.0f |%n"
                .formatted(bare(false)));
        page.append("| the same loop, each body signed | %.0f |%n".formatted(bare(true)));
        for (int clients : new int[] {1, 100, 1_000}) {
            page.append("| webhooks to %d receivers, signed, with cursors and attempts log | %.0f |%n"
                    .formatted(clients, throughput(clients)));
        }
        page.append(latency());
        System.out.print(page);
        Files.writeString(PAGE, page.toString().replace("\r\n", "\n"));
    }

    /** The client alone. */
    private static double bare(boolean signed) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        Semaphore slots = new Semaphore(32);
        AtomicInteger done = new AtomicInteger();
        try (FastReceivers receivers = new FastReceivers(at -> 0);
                SystemNames names = new SystemNames();
                HttpSender sender = new HttpSender(vertx, new Guard(Guard.PRIVATE, names), InstantSource.system())) {
            Subscription subscription = receivers.subscription(0, 32);
            List<WebhookHeaders.Signer> signers =
                    WebhookHeaders.Signer.of(subscription.webhook().keys());
            byte[] body = ("{\"data\":\"" + "x".repeat(300) + "\"}").getBytes(StandardCharsets.UTF_8);
            WebhookUrl url = WebhookUrl.parse(subscription.webhook().url());
            long begun = 0;
            for (int i = 0; i < 2 * DELIVERIES; i++) {
                if (i == DELIVERIES) {
                    begun = System.nanoTime();
                }
                slots.acquire();
                Map<String, String> headers = signed
                        ? WebhookHeaders.of("id" + i, System.currentTimeMillis(), body, signers)
                        : Map.of("content-type", "application/json");
                sender.post(url, headers, body, Duration.ofSeconds(5)).whenComplete((outcome, failure) -> {
                    done.incrementAndGet();
                    slots.release();
                });
            }
            slots.acquire(32);
            assertThat(done.get()).isEqualTo(2 * DELIVERIES);
            return DELIVERIES * 1e9 / (System.nanoTime() - begun);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private double throughput(int clients) throws Exception {
        String feed = "f" + clients;
        int changes = Math.max(60, DELIVERIES / clients);
        try (DataDirectory data = DataDirectory.take(dir.resolve(feed));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                ChangeTopic log = new ChangeTopic(kafka.bootstrap(), feed, 2, 1_000);
                FastReceivers receivers = new FastReceivers(at -> 0)) {
            log.tell(changes);
            long all = (long) changes * clients;
            List<Subscription> subscriptions = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                subscriptions.add(receivers.subscription(i, 32));
            }
            try (Webhooks webhooks = LoopbackWebhooks.start(kafka.bootstrap(), feed, subscriptions)) {
                Awaitility.await().atMost(PATIENCE).until(() -> receivers.received() > 0);
                long begun = System.nanoTime();
                long already = receivers.received();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> receivers.received() >= all);
                assertThat(webhooks.subscriptions().all()).hasSize(clients);
                return (all - already) * 1e9 / (System.nanoTime() - begun);
            }
        }
    }

    /** Scrapes in, changes out of the job, webhooks received: how old the extraction is then. */
    private String latency() throws Exception {
        Path file = Files.writeString(
                Files.createDirectories(dir.resolve("latency")).resolve("feed.yaml"),
                "feed: latency\nkey: sku\ntime: {field: at, format: epoch_ms}\nchanges: {compare: [price]}\n");
        FeedFile.Valid declared = (FeedFile.Valid) FeedFile.read(file, name -> null);
        try (DataDirectory data = DataDirectory.take(dir.resolve("latency").resolve("data"));
                FeedRun run = FeedRun.start(
                        declared.feed(),
                        data,
                        new FeedRun.Settings(
                                null, 0, 1, FeedRun.Settings.CHECKPOINT_EVERY, Map.of(), Set.of(), LogWatch.NONE),
                        InstantSource.system());
                FastReceivers receivers = new FastReceivers(at -> 1_000 * (System.currentTimeMillis() - at));
                Webhooks webhooks = LoopbackWebhooks.start(
                        run.broker().bootstrap(), "latency", List.of(receivers.subscription(0, 64)));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", run.broker().bootstrap(), "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> run.figures().status().equals("RUNNING"));
            Scrapes scrapes = new Scrapes(producer);
            scrapes.all();
            Awaitility.await().atMost(PATIENCE).until(() -> receivers.received() >= ITEMS);
            scrapes.steadily(SECONDS / 4);
            receivers.takeAges(0);
            long begun = System.nanoTime();
            long before = receivers.received();
            scrapes.steadily(SECONDS);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double rate = (receivers.received() - before) / seconds;
            List<Long> ages = receivers.takeAges(0);
            assertThat(webhooks.memory()).isLessThan(64L << 20);
            return "%n| extraction to webhook received, %d records/s in, %.0f changes/s out, %d s | p50 | p99 |%n| --- | ---: | ---: |%n| one receiver | %.0f ms | %.0f ms |%n"
                    .formatted(
                            RECORDS_PER_SECOND,
                            rate,
                            SECONDS,
                            FastReceivers.millis(ages, 0.5),
                            FastReceivers.millis(ages, 0.99));
        }
    }

    /** A fleet of scrapers: every item again and again, a few of them with a new price. */
    private static final class Scrapes {
        private final KafkaProducer<byte[], byte[]> producer;
        private final int[] prices = new int[ITEMS];
        private final SplittableRandom random = new SplittableRandom(7);
        private int next;
        private double owed;

        Scrapes(KafkaProducer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        void all() {
            for (int i = 0; i < ITEMS; i++) {
                send(false);
            }
            producer.flush();
        }

        void steadily(int seconds) {
            long begun = System.nanoTime();
            long tick = 1_000_000_000L / TICKS_PER_SECOND;
            for (int i = 0; i < seconds * TICKS_PER_SECOND; i++) {
                owed += (double) RECORDS_PER_SECOND / TICKS_PER_SECOND;
                while (owed >= 1) {
                    owed--;
                    send(random.nextInt(RECORDS_PER_SECOND) < CHANGES_PER_SECOND);
                }
                long wait = begun + (i + 1) * tick - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
            }
        }

        private void send(boolean changed) {
            next = (next + 1) % ITEMS;
            prices[next] += changed ? 1 : 0;
            String json = "{\"sku\":\"s%d\",\"title\":\"thing %d\",\"price\":%d,\"at\":%d}"
                    .formatted(next, next, prices[next], System.currentTimeMillis());
            producer.send(new ProducerRecord<>(
                    "latency.raw",
                    ("s" + next).getBytes(StandardCharsets.UTF_8),
                    json.getBytes(StandardCharsets.UTF_8)));
        }
    }
}

package io.leat.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.FeedMetrics;
import io.leat.job.LatencyWindow;
import io.leat.job.log.LogWatch;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the load is true below what the machine can do, and beyond it. Computed a second time from outside. */
class LoadFiguresIT {

    private static final Pattern OFFSET = Pattern.compile("\"offset\":(\\d+)");
    private static final TopicPartition RAW = new TopicPartition("load.raw", 0);
    private static final TopicPartition CHANGES = new TopicPartition("load.changes", 0);
    private static final int BURST = 700_000;
    private static final int SECONDS_TO_SETTLE = 20;
    /** What the job has read and the log does not show yet: its writer's queue, a transaction that fills and one that ends. */
    private static final int ON_ITS_WAY = 16_384 + 2 * 5_000;

    @TempDir
    private Path dir;

    private long made;

    @Test
    void figuresAreTrueBelowAndAboveWhatTheMachineCanDo() throws Exception {
        Path file = Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: load
                source: {partitions: 1}
                key: sku
                time: {field: at, format: epoch_ms}
                changes: {compare: price}
                log: {partitions: 1}
                """);
        Feed feed = ((FeedFile.Valid) FeedFile.read(file, name -> null)).feed();
        FeedRun.Settings settings =
                new FeedRun.Settings(null, 0, 1, FeedRun.Settings.CHECKPOINT_EVERY, Map.of(), Set.of(), LogWatch.NONE);
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                FeedRun run = FeedRun.start(feed, data, settings, InstantSource.system());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        run.broker().settings(Map.of("linger.ms", "5", "batch.size", "262144", "acks", "1")),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                Outside outside = new Outside(run.broker())) {
            below(run, producer);
            above(run, producer, outside);
        }
    }

    private void below(FeedRun run, KafkaProducer<byte[], byte[]> producer) {
        paced(producer, 500, Duration.ofSeconds(2));
        await().atMost(Duration.ofSeconds(20)).until(() -> run.figures().tally().changed() > 0);
        Processor processor = new Processor();
        Figures calm = run.figures();
        for (int i = 0; i < SECONDS_TO_SETTLE && !isCalm(calm); i++) {
            processor.share();
            paced(producer, 500, Duration.ofMillis(1_100));
            double share = processor.share();
            calm = run.figures();
            assertThat(calm.work().busy()).as("%s of a processor", share).isGreaterThan(share - 0.05);
        }
        assertThat(isCalm(calm)).as("%s", calm).isTrue();
        assertThat(calm.newest().isNear()).isTrue();
        assertThat(calm.latency().appended().samples()).isPositive();
    }

    /** Hardly anything waits, and the job rests at times. */
    private static boolean isCalm(Figures figures) {
        return figures.behind().known()
                && figures.behind().records() < 250
                && figures.work().busy() < 0.9
                && figures.tally().changed() > 0;
    }

    private void above(FeedRun run, KafkaProducer<byte[], byte[]> producer, Outside outside) throws Exception {
        Thread burst = new Thread(() -> {
            for (int i = 0; i < BURST; i++) {
                send(producer);
            }
            producer.flush();
        });
        burst.start();
        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> run.figures().behind().records() > 20_000
                        && run.figures().work().busy() + run.figures().work().backpressured() > 0.9);
        burst.join();
        run.figures();
        for (int i = 0; i < 5; i++) {
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
            outside.look();
            long unreadBefore = outside.unread();
            long millisBefore = outside.behindMillis();
            Figures full = run.figures();
            outside.look();
            long unread = outside.unread();
            long millis = outside.behindMillis();
            if (unread < 20_000) {
                assertThat(i).as("the burst lasts long enough to be measured").isGreaterThan(1);
                break;
            }
            isWithin(full.behind().records(), unreadBefore - ON_ITS_WAY, unread, 5_000);
            isWithin(full.behind().millis(), millisBefore, millis, 700);
            assertThat(full.behind().partition()).isZero();
        }
        Figures.Work work = run.figures().work();
        assertThat(work.busy() + work.backpressured())
                .as("there was something to read all the time")
                .isCloseTo(1, within(0.05));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> run.figures().behind().records() == 0);
        assertThat(run.figures().tally().in()).isEqualTo(made);
        await("each change is in the log, and was counted there")
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    long changed = run.figures().tally().changed();
                    return counted(run.latencies(FeedMetrics.LOGGING)) == changed
                            && counted(run.latencies(FeedMetrics.LATENCY)) == changed;
                });
        assertThat(run.latencies(FeedMetrics.LOGGING).sumMillis())
                .as("the broker takes a scrape after it is extracted")
                .isPositive()
                .isLessThanOrEqualTo(run.latencies(FeedMetrics.LATENCY).sumMillis());
    }

    private static long counted(LatencyWindow.Buckets durations) {
        return LongStream.of(durations.counts()).sum();
    }

    /** What the outside saw before and after it was asked for, within a twentieth and what takes its time to be told. */
    private static void isWithin(long figure, long before, long after, long slack) {
        assertThat((double) figure)
                .isBetween(Math.min(before, after) * 0.95 - slack, Math.max(before, after) * 1.05 + slack);
    }

    private void paced(KafkaProducer<byte[], byte[]> producer, int perSecond, Duration time) {
        long began = System.nanoTime();
        long count = time.toMillis() * perSecond / 1_000;
        for (long i = 0; i < count; i++) {
            long due = began + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            send(producer);
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer) {
        made++;
        String scrape =
                "{\"sku\":\"%d\",\"at\":%d,\"price\":%d}".formatted(made % 500, System.currentTimeMillis(), made);
        producer.send(new ProducerRecord<>(RAW.topic(), 0, null, scrape.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads the change log, and knows by what it tells how far the raw topic was read. */
    private static final class Outside implements AutoCloseable {

        private final KafkaConsumer<byte[], byte[]> changes;
        private final KafkaConsumer<byte[], byte[]> raw;
        private long read;

        Outside(Broker broker) {
            Map<String, Object> settings = broker.settings(Map.of(
                    "isolation.level", "read_committed", "max.poll.records", "20000", "fetch.max.wait.ms", "20"));
            changes = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            raw = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            raw.assign(List.of(RAW));
            changes.assign(List.of(CHANGES));
        }

        void look() {
            long end = changes.endOffsets(List.of(CHANGES)).getOrDefault(CHANGES, 0L);
            changes.seek(CHANGES, Math.max(0, end - 50));
            for (int i = 0; i < 5; i++) {
                for (ConsumerRecord<byte[], byte[]> change : changes.poll(Duration.ofMillis(50))) {
                    Matcher offset = OFFSET.matcher(new String(change.value(), StandardCharsets.UTF_8));
                    if (offset.find()) {
                        read = Math.max(read, Long.parseLong(offset.group(1)) + 1);
                        i = 5;
                    }
                }
            }
        }

        long unread() {
            return raw.endOffsets(List.of(RAW)).getOrDefault(RAW, 0L) - read;
        }

        long behindMillis() {
            raw.seek(RAW, read);
            for (int i = 0; i < 20; i++) {
                for (ConsumerRecord<byte[], byte[]> first : raw.poll(Duration.ofMillis(50))) {
                    return System.currentTimeMillis() - first.timestamp();
                }
            }
            return 0;
        }

        @Override
        public void close() {
            changes.close();
            raw.close();
        }
    }

    /** What the job's thread has of a processor. */
    private static final class Processor {

        private final long task = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("Source: scrapes -> contract"))
                .findFirst()
                .orElseThrow()
                .getId();
        private long cpu;
        private long at;

        Processor() {
            share();
        }

        /** The share since the last call, 0 to 1. */
        double share() {
            long cpuNow = ManagementFactory.getThreadMXBean().getThreadCpuTime(task);
            long now = System.nanoTime();
            double share = (double) (cpuNow - cpu) / (now - at);
            cpu = cpuNow;
            at = now;
            return share;
        }
    }
}

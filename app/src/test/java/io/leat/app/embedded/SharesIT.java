package io.leat.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leat.core.Feed;
import io.leat.core.silence.Shares;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.PartsFile;
import io.leat.job.SitesTold;
import io.leat.job.log.LogWatch;
import io.leat.testkit.PlainJson;
import io.leat.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Sites whose past is known turn to a cached page, a broken parser and refusals in front of the real job, beside one that goes on
 * as ever. The two days in which they were learned are made up.
 */
class SharesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long WINDOW_MILLIS = 10_000;
    /** So many that two scrapes of one never bear the same time. */
    private static final int KEYS = 400;

    @TempDir
    private Path dir;

    private final Map<String, Integer> prices = new HashMap<>();
    private int made;

    @Test
    void eachShareIsToldOfTheSiteThatHasItAndOfNoOther() throws Exception {
        Path file = Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: shares
                key: [shop, sku]
                time: {field: at, format: epoch_ms}
                changes: {compare: price}
                watch: {by: shop}
                """);
        Feed feed = ((FeedFile.Valid) FeedFile.read(file, name -> null)).feed();
        FeedRun.Settings settings =
                new FeedRun.Settings(null, 0, 1, FeedRun.Settings.CHECKPOINT_EVERY, Map.of(), Set.of(), LogWatch.NONE);
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"))) {
            learn(data.shares("shares"));
            try (FeedRun run = FeedRun.start(feed, data, settings, InstantSource.system());
                    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                            run.broker().settings(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
                    send(producer);
                    return told(run).containsAll(Set.of("cached unchanged", "broken changed", "refusing refused"));
                });
                assertThat(told(run)).hasSize(3);
                assertThat(run.openShares()).isEqualTo(Map.of("unchanged", 1L, "changed", 1L, "refused", 1L));
                counted(run);
            }
        }
    }

    /** A tenth changes, a hundredth is refused, in each window of two days that end now. */
    private static void learn(Path kept) {
        Shares shares = new Shares();
        long end = System.currentTimeMillis();
        long records = 0;
        for (long at = end - Duration.ofDays(2).toMillis(); at < end; at += WINDOW_MILLIS) {
            records += 100;
            Shares.Count count = new Shares.Count(records, records / 100, records / 10);
            assertThat(shares.look(Map.of("cached", count, "broken", count, "refusing", count, "healthy", count), at))
                    .isEmpty();
        }
        new PartsFile(kept, Shares.LAYOUT).write(shares::pass);
    }

    private void send(KafkaProducer<byte[], byte[]> producer) {
        for (int i = 0; i < 40; i++) {
            made++;
            send(producer, "cached", made, 1, true);
            send(producer, "broken", made, made, true);
            send(producer, "refusing", made, made % 10 == 0 ? made : 1, made % 3 == 0);
            send(producer, "healthy", made, made % 10 == 0 ? made : 1, made % 100 > 0);
        }
        producer.flush();
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String shop, int sku, int price, boolean isWhole) {
        String time = isWhole ? Long.toString(System.currentTimeMillis()) : "\"soon\"";
        String scrape =
                "{\"shop\":\"%s\",\"sku\":\"%d\",\"at\":%s,\"price\":%d}".formatted(shop, sku % KEYS, time, price);
        prices.merge(shop, scrape.length(), Integer::sum);
        producer.send(new ProducerRecord<>("shares.raw", scrape.getBytes(StandardCharsets.UTF_8)));
    }

    private static Set<String> told(FeedRun run) {
        Set<String> told = new TreeSet<>();
        TopicReader.committed(run.broker().bootstrap()).read("shares.alerts", rec -> {
            JsonNode alert = PlainJson.parse(rec.value());
            told.add(alert.required("site").stringValue() + " "
                    + alert.required("alert").stringValue());
        });
        return told;
    }

    /** Counters by site equal what was sent, and what the change log has. */
    private void counted(FeedRun run) {
        Map<String, Long> changes = new HashMap<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(run.figures().tally().in()).isEqualTo(4L * made);
            assertThat(run.scrapeBytes())
                    .isEqualTo(prices.values().stream()
                            .mapToLong(Integer::longValue)
                            .sum());
            assertThat(run.sites().sites()).hasSize(4).allSatisfy((site, figure) -> {
                assertThat(figure.records()).isEqualTo(made);
                assertThat(figure.bytes()).as(site).isEqualTo(prices.get(site).longValue());
            });
            changes.clear();
            TopicReader.committed(run.broker().bootstrap())
                    .read(
                            "shares.changes",
                            rec -> changes.merge(
                                    PlainJson.parse(rec.key()).get(0).stringValue(), 1L, Long::sum));
            Map<String, Long> told = new HashMap<>();
            run.told().sites().forEach((site, count) -> told.put(site, count.told()));
            assertThat(told).isEqualTo(changes);
        });
        SitesTold.Count cached = run.told().sites().get("cached");
        assertThat(cached).isEqualTo(new SitesTold.Count(KEYS, 0));
    }
}

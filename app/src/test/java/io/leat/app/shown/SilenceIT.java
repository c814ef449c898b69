package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leat.app.alerts.Alertmanager;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.FeedRun;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.log.LogWatch;
import io.leat.testkit.PlainJson;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A site that falls silent is told of within seconds, through the real job; when it comes back, that is told under the same id. */
class SilenceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path dir;

    private final Set<String> sending = ConcurrentHashMap.newKeySet();
    private volatile long lastMillis;
    private long made;

    @Test
    @SuppressWarnings("try") // it tells by itself
    void aSiteOfTenASecondThatFallsSilentIsToldOfWithinTenSeconds() throws Exception {
        Path file = Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: quiet
                source: {partitions: 2}
                key: [shop, sku]
                time: {field: at, format: epoch_ms}
                changes: {compare: price}
                watch: {by: shop, expect: every 3s}
                """);
        Feed feed = ((FeedFile.Valid) FeedFile.read(file, name -> null)).feed();
        FeedRun.Settings settings =
                new FeedRun.Settings(null, 0, 1, FeedRun.Settings.CHECKPOINT_EVERY, Map.of(), Set.of(), LogWatch.NONE);
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                FeedRun run = FeedRun.start(feed, data, settings, InstantSource.system());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        run.broker().settings(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            sending.addAll(List.of("good", "bad"));
            Thread scraping = new Thread(() -> scrape(producer));
            scraping.setDaemon(true);
            scraping.start();
            try (AlertmanagerProcess manager = AlertmanagerProcess.isInstalled() ? new AlertmanagerProcess(dir) : null;
                    Alertmanager telling = manager == null
                            ? null
                            : new Alertmanager(
                                    manager.base(), feed, run.broker(), run.keeper(), InstantSource.system())) {
                judge(run, manager);
            } finally {
                sending.clear();
                scraping.join();
            }
        }
    }

    private void judge(FeedRun run, AlertmanagerProcess manager) throws IOException {
        await().atMost(PATIENCE).until(() -> run.figures().tally().in() > 40);
        sending.remove("bad");
        await().atMost(Duration.ofSeconds(20)).until(() -> !alerts(run).isEmpty());
        JsonNode told = alerts(run).get(0);
        assertThat(told.required("alert").stringValue()).isEqualTo("silence");
        assertThat(told.required("state").stringValue()).isEqualTo("started");
        assertThat(told.required("site").stringValue()).isEqualTo("bad");
        assertThat(Instant.parse(told.required("since").stringValue()).toEpochMilli())
                .isBetween(lastMillis - 1_000, lastMillis + 1_000);
        assertThat(told.required("written").longValue() - lastMillis).isLessThan(10_000);
        if (manager != null) {
            await().atMost(Duration.ofSeconds(10)).until(() -> manager.open().contains("\"site\":\"bad\""));
            assertThat(manager.open()).contains("\"alertname\":\"leat_silence\"", "\"feed\":\"quiet\"");
        }
        sending.add("bad");
        await().atMost(Duration.ofSeconds(20)).until(() -> alerts(run).stream()
                .anyMatch(alert -> alert.required("state").stringValue().equals("over")));
        assertThat(alerts(run))
                .allSatisfy(alert -> assertThat(alert.required("id").stringValue())
                        .isEqualTo(told.required("id").stringValue()));
        if (manager != null) {
            await().atMost(Duration.ofSeconds(10)).until(() -> !manager.open().contains("\"site\":\"bad\""));
        }
    }

    private void scrape(KafkaProducer<byte[], byte[]> producer) {
        while (!sending.isEmpty()) {
            for (String shop : sending) {
                made++;
                long now = System.currentTimeMillis();
                String scrape =
                        "{\"shop\":\"%s\",\"sku\":\"%d\",\"at\":%d,\"price\":%d}".formatted(shop, made % 9, now, made);
                producer.send(new ProducerRecord<>("quiet.raw", scrape.getBytes(StandardCharsets.UTF_8)));
                lastMillis = shop.equals("bad") ? now : lastMillis;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /** All that was written, with when the broker took it. */
    private static List<JsonNode> alerts(FeedRun run) throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        TopicReader.committed(run.broker().bootstrap()).read("quiet.alerts", rec -> {
            ObjectNode alert = (ObjectNode) PlainJson.parse(rec.value());
            alerts.add(alert.put("written", rec.timestamp()));
        });
        return alerts;
    }
}

package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.FeedRun;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.log.LogWatch;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.PlainJson;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Records wait for older ones of their key, and for nothing else: seven of the eight partitions are silent, and one of the
 * two subtasks with all of its own.
 */
class OrderIT {

    private static final long BOUND_MILLIS = 1_500;
    /** For a machine that does much else. */
    private static final long SLACK_MILLIS = 5_000;

    private static final String FEED =
            """
            feed: ordered
            source: {partitions: 8}
            key: sku
            time: {field: at, format: epoch_ms, out_of_orderness: 1500ms, late: dead_letter, idle_after: 500ms}
            changes: {compare: price}
            state: {in: disk, limit: 1KB}
            windows: [{name: seconds, every: 1s, values: {n: count(), price: max(price)}}]
            """;

    @TempDir
    private Path dir;

    @Test
    void aKeyIsToldInOrderWithinItsBoundWhileOtherPartitionsAreSilent() throws Exception {
        Path file = Files.writeString(dir.resolve("feed.yaml"), FEED);
        Feed feed = ((FeedFile.Valid) FeedFile.read(file, name -> null)).feed();
        FeedRun.Settings settings =
                new FeedRun.Settings(null, 0, 2, FeedRun.Settings.CHECKPOINT_EVERY, Map.of(), Set.of(), LogWatch.NONE);
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                FeedRun run = FeedRun.start(feed, data, settings, InstantSource.system())) {
            String bootstrap = run.broker().bootstrap();
            await().atMost(Product.PATIENCE).until(() -> run.figures().status().equals("RUNNING"));
            send(bootstrap, 1_000, 1);
            awaitTold(bootstrap, 1);

            long sent = System.nanoTime();
            send(bootstrap, 3_000, 3);
            send(bootstrap, 2_000, 2);
            await().atMost(Product.PATIENCE).until(() -> run.figures().order().waiting() == 2);
            assertThat(run.figures().order().waitMillis()).isEqualTo(BOUND_MILLIS);
            List<ChangeLine> told = awaitTold(bootstrap, 3);
            long tookMillis = Duration.ofNanos(System.nanoTime() - sent).toMillis();
            assertThat(told)
                    .extracting(change -> change.after().required("price").intValue())
                    .containsExactly(1, 2, 3);
            assertThat(tookMillis).isBetween(BOUND_MILLIS, BOUND_MILLIS + SLACK_MILLIS);

            send(bootstrap, 2_500, 9);
            await().atMost(Product.PATIENCE).until(() -> run.figures().tally().late() == 1);
            await().atMost(Product.PATIENCE).until(() -> late(bootstrap).size() == 1);
            assertThat(late(bootstrap)).containsExactly("{\"at\":2500,\"price\":9,\"sku\":\"k\"}");
            assertThat(run.figures().tally().balances()).isTrue();
            assertThat(awaitTold(bootstrap, 3)).hasSize(3);
            aSpanIsToldThoughNothingComesAfterIt(bootstrap);
            aStateNearItsLimitRaisesAnAlarm(run);
            System.out.printf("told in order %d ms after the first of two was sent%n", tookMillis);
        }
    }

    private static void aStateNearItsLimitRaisesAnAlarm(FeedRun run) {
        await().atMost(Product.PATIENCE)
                .ignoreExceptions()
                .until(() -> !run.checkpoint().join().isEmpty());
        await().atMost(Product.PATIENCE).until(() -> run.figures().room().isStateLarge());
        List<JsonNode> alerts = new ArrayList<>();
        TopicReader.committed(run.broker().bootstrap())
                .read("ordered.alerts", rec -> alerts.add(PlainJson.parse(rec.value())));
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.required("id").stringValue()).isEqualTo("room/state");
            assertThat(alert.required("state").stringValue()).isEqualTo("started");
            assertThat(alert.required("used").longValue()).isGreaterThan(768);
            assertThat(alert.required("limit").longValue()).isEqualTo(1_024);
        });
    }

    private static void aSpanIsToldThoughNothingComesAfterIt(String bootstrap)
            throws ExecutionException, InterruptedException {
        await().atMost(Product.PATIENCE)
                .until(() -> spanAtThree(bootstrap).path("revision").asInt() == 1);
        send(bootstrap, 3_100, 4);
        await().atMost(Product.PATIENCE)
                .until(() -> spanAtThree(bootstrap).path("revision").asInt() == 2);
        assertThat(spanAtThree(bootstrap).required("values").required("price").intValue())
                .isEqualTo(4);
    }

    private static JsonNode spanAtThree(String bootstrap) {
        Map<String, JsonNode> results = new HashMap<>();
        TopicReader.committed(bootstrap).read("ordered.windows", rec -> {
            JsonNode result = PlainJson.parse(rec.value());
            results.put(PlainJson.text(result.required("start")), result);
        });
        return results.getOrDefault("\"1970-01-01T00:00:03Z\"", PlainJson.parse("{}"));
    }

    private static void send(String bootstrap, long at, int price) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            String json = "{\"sku\":\"k\",\"at\":%d,\"price\":%d}".formatted(at, price);
            producer.send(new ProducerRecord<>("ordered.raw", 5, null, json.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static List<ChangeLine> awaitTold(String bootstrap, int count) {
        List<ChangeLine> told = new ArrayList<>();
        await().atMost(Product.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            told.clear();
            TopicReader.committed(bootstrap).read("ordered.changes", rec -> told.add(ChangeLine.parse(rec.value())));
            return told.size() >= count;
        });
        return told;
    }

    private static List<String> late(String bootstrap) throws IOException {
        List<String> late = new ArrayList<>();
        TopicReader.committed(bootstrap)
                .read("ordered.late", rec -> late.add(new String(rec.value(), StandardCharsets.UTF_8)));
        return late;
    }
}

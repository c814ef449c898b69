package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A site that changes what it writes is told of once, and once when that is over, through the real job. */
class DriftIT {

    private static final Instant BEGIN = Instant.parse("2026-02-01T00:00:00Z");

    @TempDir
    private Path dir;

    @Test
    void aDriftIsToldOnceAndItsEndOnceAcrossARestart() throws IOException {
        Path records = dir.resolve("records.jsonl");
        Path data = dir.resolve("data");
        String feed = Files.writeString(
                        dir.resolve("feed.yaml"),
                        "feed: drifting\nkey: [shop, sku]\ntime: at\nsource: {partitions: 1}\n"
                                + "changes: {compare: [price]}\nwatch: {by: shop}\n")
                .toString();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            lines.add(scrape("good", i, "10." + i % 9));
            lines.add(scrape("bad", i, i < 500 ? "10." + i % 9 : "\"sold\""));
        }
        Files.write(records, lines);
        run(feed, records, data);
        assertThat(alerts(data)).singleElement().satisfies(alert -> {
            assertThat(alert.required("state").stringValue()).isEqualTo("started");
            assertThat(alert.required("site").stringValue()).isEqualTo("bad");
            assertThat(alert.required("field").stringValue()).isEqualTo("price");
            assertThat(alert.required("now").stringValue()).isEqualTo("text");
            assertThat(alert.required("before").stringValue()).isEqualTo("number");
            assertThat(alert.required("since").stringValue()).isEqualTo(moment(500));
            assertThat(alert.required("records").longValue()).isLessThan(50);
            assertThat(alert.required("sample").stringValue()).isEqualTo("\"sold\"");
            assertThat(alert.required("sample_before").stringValue()).isEqualTo("10");
        });

        for (int i = 600; i < 640; i++) {
            lines.add(scrape("bad", i, "11"));
        }
        Files.write(records, lines);
        run(feed, records, data);
        List<JsonNode> alerts = alerts(data);
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(1).required("state").stringValue()).isEqualTo("over");
        assertThat(alerts.get(1).required("since").stringValue()).isEqualTo(moment(500));
        assertThat(alerts.get(1).required("records").longValue()).isBetween(95L, 100L);
    }

    private static String scrape(String shop, int i, String price) {
        return "{\"shop\":\"%s\",\"sku\":\"%d\",\"price\":%s,\"at\":\"%s\"}".formatted(shop, i % 20, price, moment(i));
    }

    private static String moment(int i) {
        return BEGIN.plus(Duration.ofMinutes(10L * i)).toString();
    }

    private static void run(String feed, Path records, Path data) {
        Product.Ended ended = Product.within(
                "run",
                feed,
                "--from",
                records.toString(),
                "--until-end",
                "--port",
                "0",
                "--data",
                data.toString(),
                "--json");
        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
    }

    private static List<JsonNode> alerts(Path data) {
        List<JsonNode> alerts = new ArrayList<>();
        TopicPartition topic = new TopicPartition("drifting.alerts", 0);
        try (DataDirectory directory = DataDirectory.take(data);
                EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrap()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            long end = consumer.endOffsets(List.of(topic)).get(topic);
            while (consumer.position(topic) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(rec -> alerts.add(PlainJson.parse(rec.value())));
            }
        }
        return alerts;
    }
}

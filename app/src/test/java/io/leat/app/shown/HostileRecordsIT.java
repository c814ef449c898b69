package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.testkit.PlainJson;
import io.leat.testkit.SharedData;
import io.leat.testkit.TopicReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What others wrote to break parsers goes through the real job, mixed one to one with good scrapes: nothing crashes, every
 * refused record is a dead letter exactly once, every good one is told.
 */
class HostileRecordsIT {

    private static final String GOOD = "{\"k\":\"%s\",\"at\":\"2025-01-01T00:00:00Z\",\"v\":";

    @TempDir
    private Path dir;

    private final List<byte[]> scrapes = new ArrayList<>();
    private int good;

    @Test
    void refusedOnceEachWhileGoodOnesPass() throws IOException {
        assumeTrue(SharedData.isPresent("hostile records"));
        Files.writeString(
                dir.resolve("item.schema.json"),
                "{\"type\":\"object\",\"properties\":{\"p\":{\"pattern\":\"^(.*a){12}$\"}}}");
        String feed = Files.writeString(
                        dir.resolve("feed.yaml"),
                        "feed: hostile\ncontract: item.schema.json\nkey: k\ntime: at\nchanges: {compare: [v]}\n"
                                + "limits: {duplicates: last}\n")
                .toString();
        String data = dir.resolve("data").toString();
        collect();

        String[] run = {"run", feed, "--until-end", "--data", data, "--port", "0", "--json"};
        assertThat(Product.within(run).exit()).isZero();
        try (DataDirectory held = DataDirectory.take(dir.resolve("data"));
                EmbeddedKafka broker = EmbeddedKafka.start(held, 0)) {
            send(broker.bootstrap());
        }
        Product.Ended ended = Product.within(run);
        assertThat(ended.exit()).as(ended.toString()).isZero();
        Told told = Told.json(ended.lastLine());
        JsonNode report = PlainJson.parse(ended.lastLine());
        System.out.printf(
                "hostile records through the job: %s, %d restarts%n",
                told, report.required("restarts").intValue());
        assertThat(report.required("restarts").intValue()).isZero();
        assertThat(told.in()).isEqualTo(scrapes.size());
        assertThat(told.changed()).isEqualTo(good);
        assertThat(told.dead()).isEqualTo(scrapes.size() - good);
        try (DataDirectory held = DataDirectory.take(dir.resolve("data"));
                EmbeddedKafka broker = EmbeddedKafka.start(held, 0)) {
            letters(broker.bootstrap());
        }
    }

    private void collect() throws IOException {
        Path json = SharedData.corpus("json-test-suite");
        for (String folder : List.of("test_parsing", "test_transform")) {
            try (Stream<Path> files = Files.list(json.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    hostile(Files.readAllBytes(file));
                    if (file.getFileName().toString().startsWith("y_")) {
                        good(Files.readAllBytes(file));
                    }
                }
            }
        }
        byte[] texts = Files.readAllBytes(SharedData.corpus("utf8tests").resolve("utf8tests.bin"));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte b : texts) {
            if (b == '\n') {
                hostile(line.toByteArray());
                line.reset();
            } else {
                line.write(b);
            }
        }
        hostile(text("[".repeat(100_000)));
        hostile(text(
                "{\"k\":\"deep\",\"at\":\"2025-01-01T00:00:00Z\",\"v\":" + "[".repeat(100) + "]".repeat(100) + "}"));
        hostile(text("{\"k\":\"n\",\"at\":\"2025-01-01T00:00:00Z\",\"v\":" + "1".repeat(1_000_000) + "}"));
        hostile(text("{\"k\":\"p\",\"at\":\"2025-01-01T00:00:00Z\",\"p\":\"" + "a".repeat(5_000) + "b\"}"));
        hostile(text("{\"" + "k".repeat(10_000) + "\":1}"));
        hostile(null);
    }

    private void hostile(byte[] value) {
        scrapes.add(value);
        good(text("1"));
    }

    private void good(byte[] value) {
        ByteArrayOutputStream scrape = new ByteArrayOutputStream();
        scrape.writeBytes(text(GOOD.formatted("good-" + good++)));
        scrape.writeBytes(value);
        scrape.write('}');
        scrapes.add(scrape.toByteArray());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void send(String bootstrap) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "max.request.size", 4 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < scrapes.size(); i++) {
                var unused = producer.send(
                        new ProducerRecord<>("hostile.raw", 0, text(Integer.toString(i)), scrapes.get(i)));
            }
        }
    }

    private void letters(String bootstrap) {
        Map<String, Integer> seen = new HashMap<>();
        TopicReader.committed(bootstrap).read("hostile.dlq", letter -> {
            String number =
                    new String(letter.headers().lastHeader("leat.raw.key").value(), StandardCharsets.UTF_8);
            seen.merge(number, 1, Integer::sum);
            byte[] scrape = scrapes.get(Integer.parseInt(number));
            assertThat(letter.value()).isEqualTo(scrape == null ? new byte[0] : scrape);
            assertThat(code(letter)).isNotEqualTo("internal");
        });
        assertThat(seen).hasSize(scrapes.size() - good);
        assertThat(seen.values()).containsOnly(1);
    }

    private static String code(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader("leat.error.code").value(), StandardCharsets.UTF_8);
    }
}

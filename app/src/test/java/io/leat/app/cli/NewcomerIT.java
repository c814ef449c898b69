package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.Broker;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic of scrapes that nobody has declared a feed for yet. */
class NewcomerIT {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path dir;

    @Test
    void aTopicIsProposedForPreviewedAndLookedAt() throws Exception {
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            Broker broker = new Broker(kafka.bootstrap(), Map.of());
            fill(broker);
            Cli.Said init = Cli.run(
                    "init", dir.resolve("shop").toString(), "--kafka", kafka.bootstrap(), "--topic", "shop.raw");
            assertThat(init.exit()).as(init.toString()).isZero();
            assertThat(init.out())
                    .contains("of 81 records would be suppressed; 20 new keys, 10 changes, 1 dead letters");
            String feed = dir.resolve("shop/feed.yaml").toString();
            assertThat(Files.readString(Path.of(feed))).contains("key: [sku]", "time: {field: at}");

            Cli.Said preview =
                    Cli.run("preview", feed, "--from", "topic", "--last", "1d", "--kafka", kafka.bootstrap());
            assertThat(preview.exit()).as(preview.toString()).isZero();
            assertThat(preview.out())
                    .contains("old: in 81 = changed 30", "0 of 81 records end otherwise", "refused: key_missing sku")
                    .contains("What is known is kept: no key would be told again.");

            Cli.Said doctor = Cli.run(
                    "doctor",
                    feed,
                    "--kafka",
                    kafka.bootstrap(),
                    "--data",
                    dir.resolve("other").toString());
            assertThat(doctor.exit()).as(doctor.toString()).isEqualTo(3);
            assertThat(doctor.out())
                    .contains("ok    kafka: ", "ok    transactions: transaction.version 2", "ok    topic shop.raw")
                    .contains("LOOK  topic shop.changes: cleanup.policy is delete")
                    .containsPattern("LOOK  clock: the newest record is \\d+ ms ahead");

            Cli.Said silent = Cli.run(
                    "doctor",
                    feed,
                    "--kafka",
                    "127.0.0.1:1",
                    "--data",
                    dir.resolve("other").toString());
            assertThat(silent.out()).contains("LOOK  kafka: no broker answers at 127.0.0.1:1");
        }
    }

    private static void fill(Broker broker) throws Exception {
        try (Admin admin = broker.admin();
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        broker.settings(Map.of()), new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(
                            new NewTopic("shop.raw", 2, (short) 1),
                            new NewTopic("shop.changes", 2, (short) 1).configs(Map.of("cleanup.policy", "delete"))))
                    .all()
                    .get();
            Awaitility.await()
                    .until(
                            () -> admin
                                    .describeTopics(List.of("shop.raw"))
                                    .allTopicNames()
                                    .get()
                                    .get("shop.raw")
                                    .partitions()
                                    .stream()
                                    .noneMatch(partition -> partition.leader() == null));
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int crawl = 0; crawl < 4; crawl++) {
                for (int article = 0; article < 20; article++) {
                    int price = 100 + article * 3 + (article < 10 && crawl > 1 ? 1 : 0);
                    String record = "{\"sku\":\"S-%d\",\"price\":%d,\"views\":%d,\"at\":\"%s\"}"
                            .formatted(
                                    article, price, crawl * 7 + article, START.plusSeconds(crawl * 3_600L + article));
                    sent.add(producer.send(new ProducerRecord<>("shop.raw", "S-" + article, record)));
                }
            }
            long tomorrow = System.currentTimeMillis() + 86_400_000L / 24;
            sent.add(producer.send(new ProducerRecord<String, String>("shop.raw", 0, (Long) tomorrow, "x", "{}")));
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }
}

package io.leat.delivery.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.KafkaTopic.Guarantee;
import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.ShopChange;
import io.leat.testkit.TestKafka;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many changes a second come into a topic, beside a bare producer of the same records. Changes: {@code -Dleat.rows}. */
class KafkaFiguresTest {

    private static final int CHANGES = Integer.getInteger("leat.rows", 5_000);
    private static final int BATCH = 8_000; // what fits into a lane's 4 MiB
    private static final int ROUNDS = CHANGES > 100_000 ? 5 : 1;

    /** Kafka makes its own topics first. */
    private static final int PATIENCE_MILLIS = 20_000;

    @TempDir
    private Path folder;

    private int topics;

    @Test
    void changesASecondBesideABareProducer() throws Exception {
        List<Arrival> changes = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            changes.add(ShopChange.of(i, i, i));
        }
        try (TestKafka kafka = new TestKafka(folder)) {
            for (int round = 1; round <= ROUNDS; round++) {
                double often = written(kafka, Guarantee.AT_LEAST_ONCE, KafkaTopic.Format.CHANGE, changes);
                double once = written(kafka, Guarantee.EXACTLY_ONCE, KafkaTopic.Format.CHANGE, changes);
                double envelopes = written(kafka, Guarantee.EXACTLY_ONCE, KafkaTopic.Format.DEBEZIUM, changes);
                double bare = bare(kafka, changes);
                System.out.printf(
                        Locale.ROOT,
                        "kafka-figures changes=%d at-least-once=%.0f/s exactly-once=%.0f/s debezium=%.0f/s bare=%.0f/s"
                                + " at-least-once/bare=%.2f exactly-once/bare=%.2f debezium/bare=%.2f%n",
                        CHANGES,
                        often,
                        once,
                        envelopes,
                        bare,
                        often / bare,
                        once / bare,
                        envelopes / bare);
            }
        }
    }

    private String topic(TestKafka kafka) throws Exception {
        String topic = "t" + topics++;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
        }
        return topic;
    }

    private double written(TestKafka kafka, Guarantee guarantee, KafkaTopic.Format format, List<Arrival> changes)
            throws Exception {
        String topic = topic(kafka);
        KafkaTopic terms =
                new KafkaTopic(kafka.bootstrap(), topic, Map.of(), Map.of(), guarantee, null, List.of(), format);
        // each topic has a lane of its own name, so that none finds where another was
        try (TopicLane lane = new TopicLane(terms, TopicLane.LOOPBACK, topics, PATIENCE_MILLIS)) {
            lane.write(List.of(), 0);
            long began = System.nanoTime();
            for (int i = 0; i < changes.size(); i += BATCH) {
                write(lane, changes.subList(i, Math.min(changes.size(), i + BATCH)), i);
            }
            double rate = rate(began);
            isComplete(kafka, topic);
            return rate;
        }
    }

    private static void write(TopicLane lane, List<Arrival> some, long from) throws IOException {
        lane.write(some, from + some.size());
        assertThat(lane.letters).isEmpty();
    }

    /** A producer with its own settings but for acknowledgement, which sends all and flushes once. */
    private double bare(TestKafka kafka, List<Arrival> changes) throws Exception {
        String topic = topic(kafka);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "acks", "all", "linger.ms", 5, "batch.size", 256 << 10),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.partitionsFor(topic);
            long began = System.nanoTime();
            List<Future<RecordMetadata>> sent = new ArrayList<>(changes.size());
            for (Arrival arrival : changes) {
                byte[] key = arrival.change().key().getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(
                        new ProducerRecord<>(topic, key, arrival.change().value())));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
            double rate = rate(began);
            isComplete(kafka, topic);
            return rate;
        }
    }

    private static double rate(long began) {
        return CHANGES * 1e9 / (System.nanoTime() - began);
    }

    private static void isComplete(TestKafka kafka, String topic) {
        assertThat(TopicReader.committed(kafka.bootstrap())
                        .read(topic, rec -> {})
                        .count())
                .isEqualTo(CHANGES);
    }
}

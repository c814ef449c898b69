package io.leat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicReaderTest {

    private static TestKafka broker;
    private static Admin admin;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        broker = new TestKafka(folder);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void committedRecordsAreReadToTheEndPastTheMarkers() throws Exception {
        create("committed", 2);
        try (KafkaProducer<byte[], byte[]> producer = producer("t1", 60_000)) {
            for (int i = 0; i < 10; i++) {
                producer.beginTransaction();
                send(producer, "committed", 0, "a" + i);
                send(producer, "committed", 1, "b" + i);
                producer.flush();
                if (i % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
        List<String> values = new ArrayList<>();
        TopicReader.Read read = TopicReader.committed(broker.bootstrap()).read("committed", collect(values));
        assertThat(values).containsExactlyInAnyOrder("a0", "a2", "a4", "a6", "a8", "b0", "b2", "b4", "b6", "b8");
        assertThat(read).isEqualTo(new TopicReader.Read(10, Map.of(0, 20L, 1, 20L)));

        List<String> all = new ArrayList<>();
        TopicReader.uncommitted(broker.bootstrap()).read("committed", collect(all));
        assertThat(all).hasSize(20);
    }

    @Test
    void aSecondReadGoesOnWhereTheFirstEnded() throws Exception {
        create("twice", 1);
        TopicReader reader = TopicReader.committed(broker.bootstrap());
        List<String> values = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = producer("t2", 60_000)) {
            producer.beginTransaction();
            send(producer, "twice", 0, "a");
            producer.commitTransaction();
            TopicReader.Read first = reader.read("twice", collect(values));
            producer.beginTransaction();
            send(producer, "twice", 0, "b");
            producer.commitTransaction();
            List<Long> progress = new ArrayList<>();
            reader.read("twice", first.next(), collect(values), progress::add);
            assertThat(progress).last().isEqualTo(1L);
        }
        assertThat(values).containsExactly("a", "b");
    }

    @Test
    void anOpenTransactionIsWaitedForUntilTheDeadline() throws Exception {
        create("open", 1);
        try (KafkaProducer<byte[], byte[]> producer = producer("t3", 60_000)) {
            producer.beginTransaction();
            send(producer, "open", 0, "a");
            producer.flush();
            TopicReader hasty = new TopicReader(
                    broker.bootstrap(), IsolationLevel.READ_COMMITTED, Duration.ofMillis(500), Map.of());
            assertThatThrownBy(() -> hasty.read("open", rec -> {})).hasMessageContaining("open transactions");
            Thread committer = new Thread(producer::commitTransaction);
            committer.start();
            List<String> values = new ArrayList<>();
            TopicReader.committed(broker.bootstrap()).read("open", collect(values));
            committer.join();
            assertThat(values).containsExactly("a");
        }
    }

    @Test
    void anOffsetThatIsGoneIsAnErrorAndNotAGap() throws Exception {
        create("gone", 1);
        try (KafkaProducer<byte[], byte[]> producer = producer("t4", 60_000)) {
            producer.beginTransaction();
            send(producer, "gone", 0, "a");
            send(producer, "gone", 0, "b");
            producer.commitTransaction();
        }
        admin.deleteRecords(Map.of(new TopicPartition("gone", 0), RecordsToDelete.beforeOffset(1)))
                .all()
                .get();
        TopicReader reader = TopicReader.committed(broker.bootstrap());
        List<String> values = new ArrayList<>();
        reader.read("gone", collect(values));
        assertThat(values).containsExactly("b");
        assertThatThrownBy(() -> reader.read("gone", Map.of(0, 0L), collect(values), count -> {}))
                .isInstanceOf(OffsetOutOfRangeException.class);
    }

    private static void create(String topic, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get();
    }

    private static KafkaProducer<byte[], byte[]> producer(String id, int timeoutMillis) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "transactional.id",
                        id,
                        "transaction.timeout.ms",
                        timeoutMillis),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, int partition, String value) {
        producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8)));
    }

    private static Consumer<ConsumerRecord<byte[], byte[]>> collect(List<String> values) {
        return rec -> values.add(new String(rec.value(), StandardCharsets.UTF_8));
    }
}

package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.format.ChangeJson;
import io.leat.format.Topics;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.LogWatch;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that takes a transaction for complete and forgot to end it in the partitions. It is made by hand: what the
 * coordinator noted of an earlier transaction of the same id is noted again while the next one is open, and the broker is
 * started anew.
 */
class ForgottenEndIT {

    private static final String COORDINATOR = "__transaction_state";
    private static final byte[] NOTE = "{\"status\":\"waiting\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path dir;

    private final SmallFeed feed = new SmallFeed("forgotten", "unused", dir);
    private final Topics topics = Topics.of(feed.feed);

    @Test
    @Timeout(120) // a reader that is held up waits for ever
    void whatIsBehindItIsAbortedAndReadersOfTheLogAndOfHeldItemsGoOn() throws Exception {
        try (DataDirectory data = DataDirectory.take(dir)) {
            try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
                leaveATransactionOpen(kafka.bootstrap());
            }
            try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                    ChangeLog log = LoneLog.open(
                            LoneLog.settings(feed, kafka.bootstrap(), LogWatch.NONE), LoneLog.NO_FAILURE)) {
                List<Long> found = new ArrayList<>();
                log.takeOver(Map.of(), (partition, offset, change, sameness, fromBeginning) -> found.add(change.seq()));
                assertThat(found).as("committed before").containsExactly(1L);
                log.append(0, ChangeJson.read(change(2)), 0);
                log.commit();

                List<Long> told = new ArrayList<>();
                TopicReader reader = TopicReader.committed(kafka.bootstrap());
                reader.read(
                        topics.changes(),
                        rec -> told.add(ChangeLine.parse(rec.value()).seq()));
                assertThat(told).containsExactly(1L, 2L);
                assertThat(reader.read(topics.held(), rec -> {}).count()).isZero();
            }
        }
    }

    private void leaveATransactionOpen(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(
                            new NewTopic(topics.changes(), 1, (short) 1), new NewTopic(topics.held(), 1, (short) 1)))
                    .all()
                    .get();
        }
        String id = topics.changes() + "-0-a";
        KafkaProducer<byte[], byte[]> producer = producer(bootstrap, Map.of("transactional.id", id));
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topics.changes(), 0, null, change(1)))
                .get();
        producer.commitTransaction();
        ConsumerRecord<byte[], byte[]> complete = noteOfTheEnd(bootstrap, id);
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topics.changes(), 0, null, change(2)))
                .get();
        producer.send(new ProducerRecord<>(topics.held(), 0, null, NOTE)).get();
        try (KafkaProducer<byte[], byte[]> forger = producer(bootstrap, Map.of("client.id", "__admin_client"))) {
            forger.send(new ProducerRecord<>(COORDINATOR, complete.partition(), complete.key(), complete.value()))
                    .get();
        }
        producer.close(Duration.ZERO);
    }

    /** What the coordinator noted last of an id, once it does not change any more. */
    private static ConsumerRecord<byte[], byte[]> noteOfTheEnd(String bootstrap, String id) {
        AtomicReference<ConsumerRecord<byte[], byte[]>> last = new AtomicReference<>();
        Awaitility.await().during(Duration.ofMillis(500)).until(() -> {
            ConsumerRecord<byte[], byte[]> newest = newestNote(bootstrap, id);
            ConsumerRecord<byte[], byte[]> before = last.getAndSet(newest);
            return before != null && newest != null && before.offset() == newest.offset();
        });
        return last.get();
    }

    private static ConsumerRecord<byte[], byte[]> newestNote(String bootstrap, String id) {
        ConsumerRecord<byte[], byte[]> newest = null;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> places = consumer.partitionsFor(COORDINATOR).stream()
                    .map(found -> new TopicPartition(COORDINATOR, found.partition()))
                    .toList();
            consumer.assign(places);
            consumer.seekToBeginning(places);
            Map<TopicPartition, Long> ends = consumer.endOffsets(places);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(Duration.ofMillis(100))) {
                    if (new String(rec.key(), StandardCharsets.ISO_8859_1).endsWith(id)) {
                        newest = rec;
                    }
                }
            }
        }
        return newest;
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", bootstrap);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static byte[] change(long seq) {
        return SmallFeed.change("forgotten", "k", seq);
    }
}

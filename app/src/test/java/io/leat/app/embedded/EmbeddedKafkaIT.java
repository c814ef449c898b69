package io.leat.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    private static final TopicPartition PLACE = new TopicPartition("told", 0);

    @TempDir
    Path dir;

    @Test
    void whatWasCommittedIsThereAfterARestart() throws Exception {
        try (DataDirectory data = DataDirectory.take(dir)) {
            try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
                Broker broker = new Broker(kafka.bootstrap(), Map.of());
                try (Admin admin = broker.admin()) {
                    assertThat(admin.describeFeatures()
                                    .featureMetadata()
                                    .get()
                                    .finalizedFeatures()
                                    .get("transaction.version")
                                    .maxVersionLevel())
                            .isGreaterThanOrEqualTo((short) 2);
                    admin.createTopics(List.of(new NewTopic("told", 1, (short) 1)))
                            .all()
                            .get();
                }
                tell(broker, "kept", true);
                tell(broker, "aborted", false);
                assertThat(Files.readString(DataDirectory.endpoint(dir))).startsWith(kafka.bootstrap());
            }
            assertThat(DataDirectory.endpoint(dir)).doesNotExist();
            try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
                assertThat(read(new Broker(kafka.bootstrap(), Map.of()))).containsExactly("kept");
            }
        }
    }

    @Test
    void aPortInUseIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DataDirectory data = DataDirectory.take(dir)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(data, taken.getLocalPort()))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.exit()).isEqualTo(Exit.ENVIRONMENT);
                        assertThat(failure.hint()).contains("--port");
                    });
        }
    }

    private static void tell(Broker broker, String value, boolean commit) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                broker.settings(Map.of("transactional.id", "t")), new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>("told", value));
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static List<String> read(Broker broker) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                broker.settings(Map.of("isolation.level", "read_committed")),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(PLACE));
            consumer.seekToBeginning(List.of(PLACE));
            long end = consumer.endOffsets(List.of(PLACE)).get(PLACE);
            while (consumer.position(PLACE) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(found -> values.add(found.value()));
            }
        }
        return values;
    }
}

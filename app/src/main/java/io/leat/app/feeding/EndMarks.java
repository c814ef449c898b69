package io.leat.app.feeding;

import io.leat.app.embedded.Broker;
import io.leat.core.Ruling;
import io.leat.job.Rulings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in a raw topic that nothing more comes for now: a record in each partition, which a replay reads at the same place. */
final class EndMarks {

    private static final Logger LOG = LoggerFactory.getLogger(EndMarks.class);

    private EndMarks() {}

    /**
     * Marks the end of every partition that does not end so already; of a topic that holds nothing, none. Where the broker does
     * not take the marks, what waits goes when its time has come.
     */
    static void write(Broker broker, String topic, int partitions) {
        try {
            boolean holdsSomething = false;
            Map<Integer, Boolean> isMarked = new HashMap<>();
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    broker.settings(Map.of(
                            "enable.auto.commit",
                            "false",
                            "allow.auto.create.topics",
                            "false",
                            "isolation.level",
                            "read_committed")),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                for (int partition = 0; partition < partitions; partition++) {
                    ConsumerRecord<byte[], byte[]> last =
                            RawTail.last(consumer, new TopicPartition(topic, partition), any -> true);
                    holdsSomething |= last != null;
                    isMarked.put(
                            partition, last != null && isMark(last.headers().lastHeader(Rulings.HEADER)));
                }
            }
            if (holdsSomething) {
                write(broker, topic, isMarked);
            }
        } catch (KafkaException | ExecutionException e) {
            LOG.warn("The end of {} could not be marked: what waits for more goes when its time has come.", topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isMark(@Nullable Header said) {
        return said != null && Arrays.equals(said.value(), Rulings.word(Ruling.INPUT_ENDED));
    }

    private static void write(Broker broker, String topic, Map<Integer, Boolean> isMarked)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(broker.settings(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Map.Entry<Integer, Boolean> each : isMarked.entrySet()) {
                if (!each.getValue()) {
                    ProducerRecord<byte[], byte[]> mark = new ProducerRecord<>(topic, each.getKey(), null, new byte[0]);
                    mark.headers().add(Rulings.HEADER, Rulings.word(Ruling.INPUT_ENDED));
                    producer.send(mark).get();
                }
            }
        }
    }
}

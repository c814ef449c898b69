package io.leat.app.feeding;

import io.leat.app.embedded.Broker;
import io.leat.core.Ruling;
import io.leat.job.Rulings;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in a raw topic that nothing more comes for now: a record in each partition, which a replay reads at the same place. */
final class EndMarks {

    private static final Logger LOG = LoggerFactory.getLogger(EndMarks.class);

    private EndMarks() {}

    /**
     * Marks the end of every partition, of those too that a former run marked: only what is read is known at once. Where the
     * broker does not take the marks, what waits goes when its time has come.
     */
    static void write(Broker broker, String topic, int partitions) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(broker.settings(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int partition = 0; partition < partitions; partition++) {
                ProducerRecord<byte[], byte[]> mark = new ProducerRecord<>(topic, partition, null, new byte[0]);
                mark.headers().add(Rulings.HEADER, Rulings.word(Ruling.INPUT_ENDED));
                producer.send(mark).get();
            }
        } catch (KafkaException | ExecutionException e) {
            LOG.warn("The end of {} could not be marked: what waits for more goes when its time has come.", topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.leat.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyBookTest {

    /** A producer that refuses the first record. */
    private static final class Moody extends MockProducer<String, byte[]> {
        private boolean refused;

        Moody() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> rec) {
            if (!refused) {
                refused = true;
                throw new KafkaException("no broker is known");
            }
            return super.send(rec);
        }
    }

    @Test
    void aNoteThatCannotBeSentCostsNoOther() {
        Moody producer = new Moody();
        try (KeyBook book = new KeyBook(producer)) {
            book.used("lost", 1);
            book.used("kept", 2);
            Awaitility.await().until(() -> producer.history().size() == 1);
            assertThat(producer.history().get(0).key()).isEqualTo(KeyBook.USED + "kept");
        }
    }
}

package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.delivery.work.Keeper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboxTest {

    /** A producer that knows no broker until it is told of one. */
    private static final class Waiting extends MockProducer<byte[], byte[]> {
        private final CountDownLatch broker;

        Waiting(CountDownLatch broker) {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.broker = broker;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> rec, Callback callback) {
            try {
                broker.await();
            } catch (InterruptedException e) {
                throw new org.apache.kafka.common.errors.InterruptException(e);
            }
            return super.send(rec, callback);
        }
    }

    @Test
    void nobodyWaitsForAProducerThatKnowsNoBroker() throws Exception {
        CountDownLatch broker = new CountDownLatch(1);
        Waiting producer = new Waiting(broker);
        try (Outbox outbox = new Outbox("outbox", producer, new Keeper())) {
            List<CompletableFuture<Void>> written = new ArrayList<>();
            for (int i = 0; i < 11_000; i++) { // would take hours if any of them waited
                written.add(outbox.write(new ProducerRecord<>("attempts", new byte[] {1}))
                        .toCompletableFuture());
            }
            assertThat(written.get(10_999)).isCompletedExceptionally();
            assertThat(written.get(0)).isNotDone();
            broker.countDown();
            written.get(0).get(20, TimeUnit.SECONDS);
            written.get(9_000).get(20, TimeUnit.SECONDS);
        }
        assertThat(producer.history()).hasSizeBetween(10_000, 10_001);
    }

    @Test
    void aRefusalOfTheProducerIsAnAnswer() {
        CountDownLatch broker = new CountDownLatch(0);
        MockProducer<byte[], byte[]> refusing = new Waiting(broker);
        refusing.sendException = new KafkaException("no");
        try (Outbox outbox = new Outbox("outbox", refusing, new Keeper())) {
            assertThat(outbox.write(new ProducerRecord<>("attempts", new byte[] {1})))
                    .failsWithin(20, TimeUnit.SECONDS)
                    .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                    .withRootCauseInstanceOf(KafkaException.class);
        }
    }
}

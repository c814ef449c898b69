package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.delivery.work.Keeper;
import io.leat.format.webhook.SecretBox;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What reads and writes the subscriptions' topic for good goes on after it has died. */
@Timeout(60)
class SubscriptionBookTest {

    private static final TopicPartition TOPIC = new TopicPartition("shop.subscriptions", 0);
    private static final Subscription DECLARED = new Subscription(
            "client",
            new Webhook(
                    "https://example.com/hook",
                    List.of(SigningKey.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=")),
                    Webhook.Batch.NONE,
                    false,
                    new Webhook.Limits(8, 0, Duration.ofSeconds(3), Duration.ofDays(3))),
            null,
            List.of(),
            Subscription.CatchUp.ALL,
            Subscription.From.EARLIEST);

    private final SecretBox box = new SecretBox(new byte[32], new SecureRandom());
    private final Keeper keeper = new Keeper();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SubscriptionBook book =
            new SubscriptionBook(consumer, producer, TOPIC.topic(), box, List.of(DECLARED));

    private SubscriptionBook open() {
        consumer.updateBeginningOffsets(Map.of(TOPIC, 0L));
        consumer.updateEndOffsets(Map.of(TOPIC, 0L));
        return book.open();
    }

    private byte[] paused() {
        return StandingJson.write(Standing.declared(DECLARED).in(Standing.State.PAUSED, "by hand"), box);
    }

    @Test
    void aReaderThatDiesIsSeenAndReadsAllAnew() {
        try (SubscriptionBook kept = open().keepReading("subscriptions", keeper)) {
            consumer.schedulePollTask(() -> {
                throw new StackOverflowError();
            });
            Awaitility.await().until(() -> keeper.states().get("subscriptions").deaths() == 1);
            assertThat(kept.all().get("client").state()).isEqualTo(Standing.State.ACTIVE);
            consumer.schedulePollTask(() -> consumer.addRecord(
                    new ConsumerRecord<>(TOPIC.topic(), 0, 0, "client".getBytes(StandardCharsets.UTF_8), paused())));
            Awaitility.await().until(() -> kept.all().get("client").state() == Standing.State.PAUSED);
            assertThat(keeper.dead()).isEmpty();
        }
        assertThat(keeper.states()).isEmpty();
    }

    @Test
    void anOrderToDisableOutlivesItsWritersDeath() {
        try (SubscriptionBook kept = open().keepReading("subscriptions", keeper);
                Disabler disabler = new Disabler("disabler", kept, keeper)) {
            producer.sendException = new IllegalStateException("a fault of ours");
            disabler.disable(kept.all().get("client"), "the endpoint is gone");
            Awaitility.await().until(() -> keeper.states().get("disabler").deaths() == 1);
            producer.sendException = null;
            Awaitility.await().until(() -> !producer.history().isEmpty());
            assertThat(new String(producer.history().get(0).key(), StandardCharsets.UTF_8))
                    .isEqualTo(Disabling.key("client"));
        }
        assertThat(keeper.states()).isEmpty();
    }
}

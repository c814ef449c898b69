package io.leat.app.cli;

import io.leat.format.webhook.WebhookTopics;
import io.leat.gateway.webhook.Standing;
import io.leat.gateway.webhook.SubscriptionBook;
import io.leat.gateway.webhook.TopicSetup;
import io.leat.gateway.webhook.Webhooks;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The subscriptions of a feed as they were when it was opened, and where to change them. For one thread. */
final class SubscriptionDesk implements AutoCloseable {

    private final Webhooks.Settings settings;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SubscriptionBook book;

    private SubscriptionDesk(
            Webhooks.Settings settings, KafkaProducer<byte[], byte[]> producer, SubscriptionBook book) {
        this.settings = settings;
        this.producer = producer;
        this.book = book;
    }

    static SubscriptionDesk open(Webhooks.Settings settings) {
        WebhookTopics topics = WebhookTopics.of(settings.feed());
        try (Admin admin = Admin.create(new HashMap<>(settings.kafka()))) {
            new TopicSetup(admin).create(topics);
        }
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        SubscriptionBook book = new SubscriptionBook(
                settings.consumer(Map.of()), producer, topics.subscriptions(), settings.box(), settings.declared());
        return new SubscriptionDesk(settings, producer, book.open());
    }

    Webhooks.Settings settings() {
        return settings;
    }

    KafkaProducer<byte[], byte[]> producer() {
        return producer;
    }

    Map<String, Standing> all() {
        return new TreeMap<>(book.all());
    }

    Standing get(String name) {
        Standing standing = book.all().get(name);
        if (standing == null) {
            throw SubscriptionsCommand.wrong(
                    "There is no subscription '%s'.".formatted(name), "'leat subscriptions list' shows them.");
        }
        return standing;
    }

    void put(Standing standing) {
        book.put(standing);
    }

    void remove(String name) {
        book.remove(name);
    }

    @Override
    public void close() {
        book.close();
        producer.close(Duration.ofSeconds(5));
    }
}

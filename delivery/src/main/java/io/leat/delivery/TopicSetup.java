package io.leat.delivery;

import io.leat.format.webhook.WebhookTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes sure that the topics of webhooks are there. Uses the caller's thread. */
public final class TopicSetup {

    private static final Duration ATTEMPTS_KEPT = Duration.ofDays(7);
    private static final Duration UNDELIVERED_KEPT = Duration.ofDays(30);
    private static final int LARGEST = 4 << 20;

    private final Admin admin;

    public TopicSetup(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates what is missing; what is there keeps its settings.
     *
     * @return how many partitions the change log has
     */
    int prepare(WebhookTopics topics, String changes) {
        create(topics);
        try {
            return admin.describeTopics(List.of(changes))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new UnknownTopicOrPartitionException("there is no change log " + changes);
            }
            throw new KafkaException("topic %s cannot be described".formatted(changes), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Creates what is missing. */
    public void create(WebhookTopics topics) {
        create(topics.subscriptions(), Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        create(topics.attempts(), Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(ATTEMPTS_KEPT.toMillis())));
        create(
                topics.undelivered(),
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        "compact,delete",
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(UNDELIVERED_KEPT.toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(LARGEST)));
    }

    private void create(String topic, Map<String, String> settings) {
        try {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(settings)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("cannot create topic " + topic, e.getCause());
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

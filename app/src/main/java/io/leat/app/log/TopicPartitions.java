package io.leat.app.log;

import io.leat.app.exit.Failure;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The partitions of a topic that has to be there. */
public final class TopicPartitions {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private TopicPartitions() {}

    /**
     * Asks for them; waits for the broker for ten seconds at most.
     *
     * @param missing what to say if there is no such topic
     * @throws Failure if there is none, or the broker does not answer
     */
    public static List<TopicPartition> of(KafkaConsumer<?, ?> consumer, String topic, String missing) {
        try {
            var found = consumer.listTopics(PATIENCE).get(topic);
            if (found != null && !found.isEmpty()) {
                return found.stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
            }
        } catch (KafkaException e) {
            throw Failure.environment(
                            "LEAT-401",
                            "The Kafka broker does not answer: %s.".formatted(e.getMessage()),
                            "Check the address and that the broker is up.")
                    .because(e);
        }
        throw Failure.environment(
                "LEAT-409", missing, "Start the feed with 'leat run', with the same --data or --kafka.");
    }
}

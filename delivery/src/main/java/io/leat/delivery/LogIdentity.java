package io.leat.delivery;

import io.leat.delivery.batch.Log;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Which change log it is: one that was made anew under its old name is another. Waits for the broker. Thread-safe. */
final class LogIdentity implements Supplier<Log> {

    private final Admin admin;
    private final String changes;

    LogIdentity(Admin admin, String changes) {
        this.admin = admin;
        this.changes = changes;
    }

    @Override
    public Log get() {
        try {
            TopicDescription topic = admin.describeTopics(List.of(changes))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next();
            return new Log(topic.topicId().toString(), topic.partitions().size());
        } catch (ExecutionException e) {
            throw new KafkaException("topic %s cannot be described".formatted(changes), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Where a partition ends, behind open transactions too. Does not wait. */
    static CompletionStage<Long> end(Admin admin, String changes, int partition) {
        TopicPartition asked = new TopicPartition(changes, partition);
        return admin.listOffsets(Map.of(asked, OffsetSpec.latest()))
                .partitionResult(asked)
                .thenApply(ListOffsetsResultInfo::offset)
                .toCompletionStage();
    }
}

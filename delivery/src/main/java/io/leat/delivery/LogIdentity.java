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
import org.jspecify.annotations.Nullable;

/**
 * Which change log it is: one that was made anew under its old name is another. What a reader has read is of the log that there was
 * before it began and still is: so who writes it down asks after it has read. Waits for the broker. Thread-safe.
 */
final class LogIdentity implements Supplier<Log> {

    private final Admin admin;
    private final String changes;
    private volatile @Nullable String read;

    LogIdentity(Admin admin, String changes) {
        this.admin = admin;
        this.changes = changes;
    }

    /** A reader begins that has read nothing yet. */
    void readAnew() {
        read = null;
    }

    /**
     * A reader is about to read more.
     *
     * @throws IllegalStateException if what it has read is of a log that is no more
     */
    void readOn() {
        String known = read;
        String now = ask().id();
        if (known == null) {
            read = now;
        } else if (!known.equals(now)) {
            throw madeAnew();
        }
    }

    /** @throws IllegalStateException if what was read is of a log that is no more */
    @Override
    public Log get() {
        String known = read;
        Log now = ask();
        if (known != null && !known.equals(now.id())) {
            throw madeAnew();
        }
        return now;
    }

    private IllegalStateException madeAnew() {
        return new IllegalStateException("topic %s was made anew while it was read".formatted(changes));
    }

    private Log ask() {
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

package io.leat.app.feeding;

import io.leat.app.embedded.Broker;
import io.leat.core.Feed;
import io.leat.job.FeedJob;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows when the job has dealt with everything in the raw topic: it commits how far it has read with each checkpoint, so
 * what lies before that has been told, suppressed or refused for good.
 */
public final class Accounting implements AutoCloseable {

    private final Admin admin;
    private final Feed feed;

    public Accounting(Broker broker, Feed feed) {
        this.admin = broker.admin();
        this.feed = feed;
    }

    /** Where each raw partition ends now. */
    public Map<TopicPartition, Long> end() {
        String topic = feed.source().topic();
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        var description = ask(() ->
                admin.describeTopics(java.util.List.of(topic)).allTopicNames().get());
        var raw = description.get(topic);
        if (raw != null) {
            raw.partitions()
                    .forEach(info -> wanted.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, ListOffsetsResultInfo> found =
                ask(() -> admin.listOffsets(wanted).all().get());
        Map<TopicPartition, Long> end = new HashMap<>();
        found.forEach((partition, info) -> end.put(partition, info.offset()));
        return end;
    }

    /** Whether the job has dealt with everything before these places. */
    public boolean isPast(Map<TopicPartition, Long> end) {
        Map<TopicPartition, OffsetAndMetadata> committed = ask(() -> admin.listConsumerGroupOffsets(FeedJob.group(feed))
                .partitionsToOffsetAndMetadata()
                .get());
        return end.entrySet().stream().allMatch(entry -> {
            OffsetAndMetadata done = committed.get(entry.getKey());
            return entry.getValue() == 0 || (done != null && done.offset() >= entry.getValue());
        });
    }

    private interface Question<T> {
        T ask() throws InterruptedException, ExecutionException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the broker", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not say how far the job is: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(1));
    }
}

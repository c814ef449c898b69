package io.leat.app.guarantee;

import io.leat.core.Feed;
import io.leat.job.FeedJob;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** Waits for a job to have dealt with every scrape: a checkpoint says so, and what it told is committed before that. */
public final class AllRead {

    private AllRead() {}

    /** Waits so long at most. */
    public static void await(String bootstrap, Feed feed, Duration patience) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Awaitility.await("all scrapes in a checkpoint")
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> isAllRead(admin, feed));
        }
    }

    private static boolean isAllRead(Admin admin, Feed feed) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(FeedJob.group(feed))
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        read.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        var ends = admin.listOffsets(asked).all().get();
        return !read.isEmpty()
                && ends.entrySet().stream()
                        .allMatch(end -> read.get(end.getKey()).offset()
                                >= end.getValue().offset());
    }
}

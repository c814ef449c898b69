package io.leat.job;

import io.leat.core.Feed;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job of one feed: raw scrapes in, change log and dead letters out. */
public final class FeedJob {

    private FeedJob() {}

    /**
     * What the job connects to.
     *
     * @param bootstrap Kafka's bootstrap servers
     * @param rawTopicId from {@link FeedTopics#prepare}
     * @param client further settings of the Kafka clients
     */
    public record Kafka(String bootstrap, String rawTopicId, Map<String, String> client) {
        public Kafka {
            client = Map.copyOf(client);
        }
    }

    /** Adds the job's operators to an environment. Offsets are committed on checkpoints under {@link #group}. */
    public static void describe(StreamExecutionEnvironment env, Feed feed, Kafka kafka) {
        throw new UnsupportedOperationException(feed.name() + kafka + env);
    }

    /** The consumer group under which the job commits how far it has read. */
    public static String group(Feed feed) {
        return "leat-" + feed.name();
    }
}

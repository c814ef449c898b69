package io.leat.job.application;

import io.leat.core.Feed;
import io.leat.format.Problem;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.FeedJob;
import io.leat.job.FeedTopics;
import io.leat.job.JobSettings;
import io.leat.job.log.LogWatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job of a feed for Flink's application mode: the job manager itself reads the feed file, and starts and ends with the
 * job. Of settings, what is asked for comes first, then what the cluster's configuration says, then the usual.
 */
public final class FeedApplication {

    private static final Logger LOG = LoggerFactory.getLogger(FeedApplication.class);

    private FeedApplication() {}

    /**
     * Describes the job of a feed file and runs it.
     *
     * @throws IllegalArgumentException if the arguments or the feed file are wrong, with everything that is
     * @throws io.leat.job.Refusal if the feed's topics are not as they must be
     */
    public static void main(String[] arguments) throws Exception {
        Asked asked = Asked.of(List.of(arguments));
        Feed feed = feed(asked);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.configure(settings(feed, env.getConfiguration().toMap(), asked));
        Map<String, String> client = feed.source().properties();
        FeedJob.describe(
                env,
                feed,
                new FeedJob.Kafka(asked.kafka(), prepare(feed, asked.kafka(), client), client),
                asked.accepted(),
                LogWatch.NONE);
        env.execute(feed.name());
    }

    private static Feed feed(Asked asked) {
        FeedFile.Outcome outcome = FeedFile.read(asked.file(), System::getenv);
        if (outcome instanceof FeedFile.Invalid invalid) {
            throw new IllegalArgumentException(
                    invalid.problems().stream().map(Problem::toString).collect(Collectors.joining("\n", "\n", "")));
        }
        FeedFile.Valid valid = (FeedFile.Valid) outcome;
        valid.warnings().forEach(warning -> LOG.warn("{}", warning));
        return valid.feed();
    }

    /** How the job runs, on a cluster that is configured so. */
    static Configuration settings(Feed feed, Map<String, String> cluster, Asked asked) {
        Configuration settings = JobSettings.of(feed, JobSettings.CHECKPOINT_EVERY);
        cluster.forEach(settings::setString);
        // The source of a raw topic that is gone has state nobody claims; the job itself checks that it may be dropped.
        settings.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        asked.flink().forEach(settings::setString);
        return settings;
    }

    private static FeedTopics.Prepared prepare(Feed feed, String kafka, Map<String, String> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("bootstrap.servers", kafka);
        try (Admin admin = Admin.create(settings)) {
            return FeedTopics.prepare(admin, feed);
        }
    }
}

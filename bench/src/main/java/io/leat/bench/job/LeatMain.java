package io.leat.bench.job;

import io.leat.bench.work.Setup;
import io.leat.core.Feed;
import io.leat.format.Topics;
import io.leat.job.FeedJob;
import io.leat.job.FeedTopics;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.LogWatch;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;

/**
 * Runs the work as Leat does it. {@code -Dbench.log=plain} writes the change log at least once instead of exactly once;
 * {@code -Dbench.client.x=y} passes setting x to the Kafka clients.
 */
public final class LeatMain {

    private static final String CLIENT = "bench.client.";

    private LeatMain() {}

    /** Runs until it is killed. */
    public static void main(String[] args) throws Exception {
        Setup setup = Setup.of(args);
        Feed feed = setup.feed();
        FeedTopics.Prepared prepared;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", setup.bootstrap()))) {
            prepared = FeedTopics.prepare(admin, feed);
        }
        FeedJob.Kafka kafka = new FeedJob.Kafka(setup.bootstrap(), prepared, client());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(Configuration.fromMap(setup.flinkSettings("10 s")));
        if (System.getProperty("bench.log", "").equals("plain")) {
            String changes = Topics.of(feed).changes();
            ChangeLog.Opener plain = PlainChangeLog.opener(setup.bootstrap(), feed.name(), changes);
            FeedJob.describe(env, feed, kafka, Set.of(), LogWatch.NONE, plain);
        } else {
            FeedJob.describe(env, feed, kafka);
        }
        env.execute(feed.name());
    }

    private static Map<String, String> client() {
        Map<String, String> client = new java.util.HashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(CLIENT)) {
                client.put(name.substring(CLIENT.length()), System.getProperty(name));
            }
        }
        return client;
    }
}

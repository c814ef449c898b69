package io.leat.app.embedded;

import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import io.leat.job.FeedTopics;
import io.leat.job.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * A Kafka to talk to, whoever runs it.
 *
 * @param bootstrap where clients start from
 * @param client further settings of the clients
 */
public record Broker(String bootstrap, Map<String, String> client) {

    private static final int PATIENCE_SECONDS = 10;

    public Broker {
        client = Map.copyOf(client);
    }

    /** The same as the clients of a feed reach it. */
    public Broker of(Feed feed) {
        return new Broker(bootstrap, feed.source().properties());
    }

    /** Settings for a Kafka client, with more on top. */
    public Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("bootstrap.servers", bootstrap);
        settings.putAll(more);
        return settings;
    }

    /** A client for topics and offsets. The caller closes it. */
    public Admin admin() {
        return Admin.create(settings(Map.of("request.timeout.ms", "10000", "default.api.timeout.ms", "20000")));
    }

    /**
     * Makes sure that somebody answers.
     *
     * @throws Failure if nobody does
     */
    public void mustAnswer() {
        try (Admin admin = admin()) {
            admin.describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unreachable(e);
        } catch (org.apache.kafka.common.KafkaException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    /**
     * Makes or checks the topics of a feed's job.
     *
     * @throws Failure if they are not as they must be
     */
    public FeedTopics.Prepared prepare(Feed feed) {
        try (Admin admin = admin()) {
            return FeedTopics.prepare(admin, feed);
        } catch (Refusal e) {
            throw Failure.environment(e.code().label(), String.valueOf(e.getMessage()), e.hint());
        }
    }

    private Failure unreachable(Exception cause) {
        return Failure.environment(
                        "LEAT-401",
                        "No Kafka broker answers at %s.".formatted(bootstrap),
                        "Check the address and that the broker is up, or leave --kafka out to use the embedded one.")
                .because(cause);
    }
}

package io.leat.gateway.log;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What tells a topic from another, also from one made anew under its name: enough of its own random id. For one thread. */
final class TopicIdentity implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicIdentity.class);
    private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(2).toNanos();

    private final Admin admin;
    private final String topic;
    private long askedAt = System.nanoTime();
    private @Nullable KafkaFuture<TopicDescription> asked;

    TopicIdentity(Admin admin, String topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /** Asks and waits; empty if it cannot be asked. */
    String ask() {
        return identity(describe());
    }

    /** Whether the topic was found to be another since; asked every other second, never waited for. */
    boolean isOther(String known) {
        KafkaFuture<TopicDescription> pending = asked;
        if (pending == null) {
            if (System.nanoTime() - askedAt >= ASK_AGAIN_NANOS) {
                asked = describe();
            }
            return false;
        }
        if (!pending.isDone()) {
            return false;
        }
        asked = null;
        askedAt = System.nanoTime();
        return !pending.isCompletedExceptionally() && !known.equals(identity(pending));
    }

    private KafkaFuture<TopicDescription> describe() {
        return Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
    }

    private String identity(KafkaFuture<TopicDescription> described) {
        try {
            Uuid id = described.get().topicId();
            return HexFormat.of().toHexDigits((int) id.getMostSignificantBits());
        } catch (ExecutionException e) {
            LOG.warn("The id of {} cannot be read: {}", topic, String.valueOf(e.getCause()));
            return "";
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}

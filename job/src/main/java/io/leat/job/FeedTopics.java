package io.leat.job;

import io.leat.core.Feed;
import io.leat.core.Order;
import io.leat.format.Topics;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates a feed's topics with safe settings, and checks those that are there. Uses the caller's thread. */
public final class FeedTopics {

    /** For how long the change log keeps every change; after that it keeps the last of each key. */
    private static final Duration FULL_HISTORY = Duration.ofDays(7);

    private static final Duration UPSERTS_KEPT = Duration.ofDays(30);
    private static final int RAW_MAX_BYTES = 1_100_000;
    private static final int LOG_MAX_BYTES = 4 << 20;
    /** For topics in which a repeated record replaces its original. Their age counts from when they were told. */
    private static final Map<String, String> UPSERTS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            "compact,delete",
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(UPSERTS_KEPT.toMillis()),
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(LOG_MAX_BYTES));

    /** For raw records put aside. They keep the time they came with, which may be long ago: no retention may go by it. */
    private static final Map<String, String> ASIDE = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            "compact",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(LOG_MAX_BYTES));

    private static final short WANTED_TRANSACTION_VERSION = 2;

    private final Admin admin;

    private FeedTopics(Admin admin) {
        this.admin = admin;
    }

    /**
     * What was found or made.
     *
     * @param rawTopicId part of every dead letter's key
     * @param rawPartitions how many partitions scrapes are read from
     * @param logPartitions how many partitions the change log has
     */
    public record Prepared(String rawTopicId, int rawPartitions, int logPartitions) implements Serializable {}

    /**
     * Makes sure that the feed's topics exist and are safe.
     *
     * @throws Refusal if the broker is too old, a topic is unsafe or may not be made
     */
    public static Prepared prepare(Admin admin, Feed feed) {
        return new FeedTopics(admin).prepare(feed);
    }

    private Prepared prepare(Feed feed) {
        checkTransactions();
        Topics topics = Topics.of(feed);
        TopicDescription raw = ensure(
                topics.raw(),
                feed.source().partitions(),
                Map.of(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(RAW_MAX_BYTES),
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime"));
        TopicDescription log = ensure(
                topics.changes(),
                feed.log().partitions(),
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        "compact",
                        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                        Long.toString(FULL_HISTORY.toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(LOG_MAX_BYTES),
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime"));
        ensure(topics.deadLetters(), 1, ASIDE);
        if (feed.time().order().late() == Order.Late.DEAD_LETTER) {
            ensure(topics.late(), 1, ASIDE);
        }
        if (feed.hasAlerts()) {
            ensure(topics.alerts(), 1, UPSERTS);
        }
        if (!feed.windows().isEmpty()) {
            ensure(topics.windows(), 1, UPSERTS);
        }
        if (!feed.rules().hold().isEmpty()) {
            ensure(
                    topics.held(),
                    1,
                    Map.of(
                            TopicConfig.CLEANUP_POLICY_CONFIG, "compact",
                            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(FULL_HISTORY.toMillis()),
                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LOG_MAX_BYTES)));
        }
        checkLog(topics.changes());
        return new Prepared(
                raw.topicId().toString(),
                raw.partitions().size(),
                log.partitions().size());
    }

    /** Without it a zombie's late record could be taken into its successor's transaction (KIP-890). */
    private void checkTransactions() {
        FinalizedVersionRange found = ask(
                        "the cluster's features",
                        () -> admin.describeFeatures().featureMetadata().get())
                .finalizedFeatures()
                .get("transaction.version");
        short level = found == null ? 0 : found.maxVersionLevel();
        if (level < WANTED_TRANSACTION_VERSION) {
            throw new Refusal(Refusal.Code.BROKER_TOO_OLD, "The cluster has transaction.version %s.".formatted(level));
        }
    }

    private TopicDescription ensure(String topic, int partitions, Map<String, String> settings) {
        Optional<TopicDescription> found = find(topic);
        if (found.isPresent()) {
            return found.get();
        }
        try {
            admin.createTopics(Set.of(new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(settings)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw new Refusal(Refusal.Code.NO_RIGHTS, "Creating topic %s needs the right to.".formatted(topic));
            }
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("cannot create topic " + topic, e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return await(topic);
    }

    private TopicDescription await(String topic) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            Optional<TopicDescription> made = find(topic);
            if (made.isPresent()) {
                return made.get();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("topic " + topic + " was created but does not appear");
            }
        }
    }

    private Optional<TopicDescription> find(String topic) {
        try {
            Map<String, TopicDescription> found =
                    admin.describeTopics(List.of(topic)).allTopicNames().get();
            return Optional.of(Objects.requireNonNull(found.get(topic)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            if (e.getCause() instanceof AuthorizationException) {
                throw new Refusal(Refusal.Code.NO_RIGHTS, "Topic %s may not be described.".formatted(topic));
            }
            throw new IllegalStateException("cannot describe topic " + topic, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void checkLog(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<ConfigResource, Config> configs = ask(
                "the settings of " + topic,
                () -> admin.describeConfigs(List.of(resource)).all().get());
        Config config = Objects.requireNonNull(configs.get(resource));
        List<String> unsafe = new ArrayList<>();
        String policy = value(config, TopicConfig.CLEANUP_POLICY_CONFIG);
        if (!policy.equals("compact")) {
            unsafe.add("cleanup.policy is %s and should be compact".formatted(policy));
        }
        long lag = Long.parseLong(value(config, TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG));
        if (lag < Duration.ofHours(1).toMillis()) {
            unsafe.add("min.compaction.lag.ms is %s and should be at least an hour, better %s"
                    .formatted(lag, FULL_HISTORY.toMillis()));
        }
        long largest = Long.parseLong(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
        if (largest < LOG_MAX_BYTES) {
            unsafe.add("max.message.bytes is %s and should be at least %s".formatted(largest, LOG_MAX_BYTES));
        }
        if (!unsafe.isEmpty()) {
            throw new Refusal(Refusal.Code.UNSAFE_TOPIC, "Topic %s: %s.".formatted(topic, String.join("; ", unsafe)));
        }
    }

    private static String value(Config config, String name) {
        return config.get(name).value();
    }

    private interface Question<T> {
        T answer() throws ExecutionException, InterruptedException;
    }

    private static <T> T ask(String what, Question<T> question) {
        try {
            return question.answer();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw new Refusal(Refusal.Code.NO_RIGHTS, "Reading %s needs the right to.".formatted(what));
            }
            throw new IllegalStateException("cannot read " + what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

package io.leat.app.doctor;

import io.leat.app.embedded.Broker;
import io.leat.core.Feed;
import io.leat.core.Order;
import io.leat.core.delivery.Subscription;
import io.leat.format.Topics;
import io.leat.format.webhook.WebhookTopics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** Looks at a cluster with the eyes of a feed. Makes and changes nothing there. */
public final class ClusterLook {

    private static final int PATIENCE_SECONDS = 8;

    private final Broker broker;
    private final Admin admin;
    private final InstantSource clock;

    private ClusterLook(Broker broker, Admin admin, InstantSource clock) {
        this.broker = broker;
        this.admin = admin;
        this.clock = clock;
    }

    /** What is there, as the feed's clients would find it. */
    public static Cluster at(Broker broker, Feed feed, List<Subscription> sinks, InstantSource clock) {
        try (Admin admin = broker.admin()) {
            return new ClusterLook(broker, admin, clock).look(feed, sinks);
        } catch (KafkaException | Silent e) {
            return Cluster.silent(broker.bootstrap(), reason(e));
        }
    }

    /** Nobody answers what has to be known. */
    private static final class Silent extends RuntimeException {
        private static final long serialVersionUID = 1;

        Silent(Throwable cause) {
            super(cause);
        }
    }

    private static String reason(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        String message = at.getMessage();
        return message == null ? at.getClass().getSimpleName() : message;
    }

    private Cluster look(Feed feed, List<Subscription> sinks) {
        Set<AclOperation> rights =
                operations(get(admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true))
                        .authorizedOperations()));
        FeatureMetadata features = get(admin.describeFeatures().featureMetadata());
        Topics names = Topics.of(feed);
        Map<String, Cluster.Topic> topics = new LinkedHashMap<>();
        topics.put(names.raw(), topic(names.raw(), Cluster.READS, false));
        topics.put(names.changes(), topic(names.changes(), Cluster.WRITES_SAFELY, true));
        topics.put(names.deadLetters(), topic(names.deadLetters(), Cluster.WRITES, false));
        if (feed.time().order().late() == Order.Late.DEAD_LETTER) {
            topics.put(names.late(), topic(names.late(), Cluster.WRITES, false));
        }
        if (!feed.windows().isEmpty()) {
            topics.put(names.windows(), topic(names.windows(), Cluster.WRITES, false));
        }
        if (!feed.rules().hold().isEmpty()) {
            topics.put(names.held(), topic(names.held(), Cluster.WRITES, false));
        }
        if (feed.hasAlerts()) {
            topics.put(names.alerts(), topic(names.alerts(), Cluster.WRITES, false));
        }
        FinalizedVersionRange transactions = features.finalizedFeatures().get("transaction.version");
        return new Cluster(
                broker.bootstrap(),
                null,
                version(features.finalizedFeatures().get("metadata.version")),
                transactions == null ? 0 : transactions.maxVersionLevel(),
                ahead(names.raw()),
                rights,
                topics,
                groups(feed, sinks));
    }

    private static String version(@Nullable FinalizedVersionRange metadata) {
        try {
            return metadata == null
                    ? "not told"
                    : MetadataVersion.fromFeatureLevel(metadata.maxVersionLevel())
                            .toString();
        } catch (IllegalArgumentException e) {
            return "newer than this client knows";
        }
    }

    private Cluster.Topic topic(String name, Set<AclOperation> needed, boolean isLog) {
        try {
            TopicDescription found = admin.describeTopics(
                            List.of(name), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues()
                    .getOrDefault(name, KafkaFuture.completedFuture(null))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Set<AclOperation> rights = operations(found.authorizedOperations());
            boolean mayLook = rights.isEmpty() || rights.contains(AclOperation.DESCRIBE_CONFIGS);
            return new Cluster.Topic(true, needed, rights, isLog && mayLook ? unsafe(name) : null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return new Cluster.Topic(false, needed, Set.of(), null);
            }
            if (e.getCause() instanceof AuthorizationException) {
                return new Cluster.Topic(true, needed, Set.of(AclOperation.UNKNOWN), null);
            }
            throw new Silent(e);
        } catch (TimeoutException e) {
            throw new Silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Silent(e);
        }
    }

    private Map<String, Set<AclOperation>> groups(Feed feed, List<Subscription> sinks) {
        Map<String, Set<AclOperation>> groups = new LinkedHashMap<>();
        if (!sinks.isEmpty()) {
            WebhookTopics names = WebhookTopics.of(feed.name());
            groups.put(names.readers(), group(names.readers()));
            sinks.forEach(sink -> groups.put(names.cursors(sink.name()), group(names.cursors(sink.name()))));
        }
        return groups;
    }

    private Set<AclOperation> group(String name) {
        try {
            ConsumerGroupDescription found = admin.describeConsumerGroups(
                            List.of(name), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                    .describedGroups()
                    .getOrDefault(name, KafkaFuture.completedFuture(null))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return operations(found == null ? null : found.authorizedOperations());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return joinable(name);
            }
            if (e.getCause() instanceof AuthorizationException) {
                return Set.of(AclOperation.UNKNOWN);
            }
            throw new Silent(e);
        } catch (TimeoutException e) {
            throw new Silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Silent(e);
        }
    }

    /**
     * What may be done with a group that nobody was in yet, of which the broker does not tell it: asks that a member leave whom there
     * is not, which the right to read allows.
     */
    private Set<AclOperation> joinable(String name) {
        MemberToRemove nobody = new MemberToRemove("leat-look-" + UUID.randomUUID());
        try {
            admin.removeMembersFromConsumerGroup(name, new RemoveMembersFromConsumerGroupOptions(List.of(nobody)))
                    .memberResult(nobody)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Set.of();
        } catch (ExecutionException e) {
            return e.getCause() instanceof AuthorizationException ? Set.of(AclOperation.DESCRIBE) : Set.of();
        } catch (TimeoutException e) {
            throw new Silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Silent(e);
        }
    }

    /** As the job checks it at its start. */
    private @Nullable String unsafe(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = get(admin.describeConfigs(List.of(resource)).all()).get(resource);
        String policy = config == null
                ? "compact"
                : config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        return policy.equals("compact") ? null : "cleanup.policy is %s and should be compact".formatted(policy);
    }

    /** How far the newest record that the broker itself stamped is ahead of this machine. */
    private Duration ahead(String topic) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        try {
            Optional.ofNullable(admin.describeTopics(List.of(topic))
                            .topicNameValues()
                            .getOrDefault(topic, KafkaFuture.completedFuture(null))
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .ifPresent(found -> found.partitions()
                            .forEach(each ->
                                    asked.put(new TopicPartition(topic, each.partition()), OffsetSpec.maxTimestamp())));
        } catch (ExecutionException | TimeoutException e) {
            return Duration.ZERO; // no such topic yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Duration.ZERO;
        }
        long newest = get(admin.listOffsets(asked).all()).values().stream()
                .mapToLong(ListOffsetsResultInfo::timestamp)
                .max()
                .orElse(-1);
        long ahead = newest - clock.millis();
        return newest < 0 || ahead < 0 ? Duration.ZERO : Duration.ofMillis(ahead);
    }

    private static Set<AclOperation> operations(@Nullable Set<AclOperation> told) {
        return told == null ? Set.of() : told;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new Silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Silent(e);
        }
    }
}

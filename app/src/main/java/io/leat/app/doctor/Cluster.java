package io.leat.app.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/**
 * What a feed would find in a Kafka cluster.
 *
 * @param bootstrap where it was asked for
 * @param trouble why it did not answer; {@code null} if it did
 * @param version its metadata version, such as 4.2; empty if not told
 * @param transactions its transaction.version
 * @param ahead how far the newest record's time is ahead of this machine's clock
 * @param rights what may be done on the cluster; empty if no rights are kept there
 * @param topics what the feed needs, by topic
 * @param groups what may be done with a client's group, by group; an empty set if no rights are kept there
 */
public record Cluster(
        String bootstrap,
        @Nullable String trouble,
        String version,
        int transactions,
        Duration ahead,
        Set<AclOperation> rights,
        Map<String, Topic> topics,
        Map<String, Set<AclOperation>> groups) {

    /** What the feed does with a topic. */
    public static final Set<AclOperation> READS = Set.of(AclOperation.READ, AclOperation.DESCRIBE);

    /** The same where it writes too. */
    public static final Set<AclOperation> WRITES = Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE);

    /** The same where its settings are looked at too. */
    static final Set<AclOperation> WRITES_SAFELY =
            Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);

    private static final int WANTED_TRANSACTIONS = 2;
    private static final Duration MOST_AHEAD = Duration.ofSeconds(5);

    public Cluster {
        rights = Set.copyOf(rights);
        topics = new LinkedHashMap<>(topics);
        groups = new LinkedHashMap<>(groups);
    }

    /**
     * One topic.
     *
     * @param isThere whether it exists; if not, Leat makes it
     * @param needed what is done with it
     * @param rights what may be done with it; empty if no rights are kept there
     * @param unsafe a setting under which changes can be lost, and what it should be; {@code null} if there is none
     */
    public record Topic(boolean isThere, Set<AclOperation> needed, Set<AclOperation> rights, @Nullable String unsafe) {}

    /** A cluster that does not answer. */
    static Cluster silent(String bootstrap, String trouble) {
        return new Cluster(bootstrap, trouble, "", 0, Duration.ZERO, Set.of(), Map.of(), Map.of());
    }

    /** One finding for each thing. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (trouble != null) {
            findings.add(Finding.unfit(
                    "kafka",
                    "no broker answers at %s: %s".formatted(bootstrap, trouble),
                    "Check the address, that the broker is up, and the security settings under source.properties."));
            return findings;
        }
        findings.add(Finding.fit("kafka", "%s answers, version %s".formatted(bootstrap, version)));
        findings.add(
                transactions >= WANTED_TRANSACTIONS
                        ? Finding.fit("transactions", "transaction.version " + transactions)
                        : Finding.unfit(
                                "transactions",
                                "transaction.version " + transactions,
                                "Kafka 4.2 or newer, then: kafka-features.sh upgrade --feature transaction.version=2"));
        findings.add(
                ahead.compareTo(MOST_AHEAD) <= 0
                        ? Finding.fit("clock", "no record is ahead of this machine's clock")
                        : Finding.unfit(
                                "clock",
                                "the newest record is %s ms ahead of this machine's clock".formatted(ahead.toMillis()),
                                "Set the clocks of brokers and machine by NTP: what is scraped 'in the future' is refused"
                                        + " beyond time.max_skew."));
        topics.forEach((name, topic) -> findings.add(of(name, topic)));
        groups.forEach((name, held) -> findings.add(ofGroup(name, held)));
        return findings;
    }

    /** Those on the groups of clients alone, or that no broker answers. */
    public List<Finding> findingsOfGroups() {
        return trouble != null
                ? findings()
                : groups.entrySet().stream()
                        .map(group -> ofGroup(group.getKey(), group.getValue()))
                        .toList();
    }

    private static Finding ofGroup(String name, Set<AclOperation> held) {
        Set<AclOperation> missing = missing(READS, held);
        return missing.isEmpty()
                ? Finding.fit("group " + name, "may be used")
                : Finding.unfit(
                        "group " + name,
                        "%s is not allowed".formatted(missing),
                        "kafka-acls.sh --add --allow-principal User:… --operation Read --group " + name);
    }

    private Finding of(String name, Topic topic) {
        String what = "topic " + name;
        if (!topic.isThere()) {
            boolean isMakeable = rights.isEmpty() || rights.contains(AclOperation.CREATE);
            return isMakeable
                    ? Finding.fit(what, "is not there yet; it will be made")
                    : Finding.unfit(
                            what,
                            "is not there, and [CREATE] is not allowed on the cluster",
                            "Make it, or: kafka-acls.sh --add --allow-principal User:… --operation Create --topic "
                                    + name);
        }
        Set<AclOperation> missing = missing(topic.needed(), topic.rights());
        if (!missing.isEmpty()) {
            return Finding.unfit(
                    what,
                    "%s is not allowed".formatted(missing),
                    "kafka-acls.sh --add --allow-principal User:… --operation %s --topic %s"
                            .formatted(words(missing), name));
        }
        return topic.unsafe() == null
                ? Finding.fit(what, "may be used")
                : Finding.unfit(what, topic.unsafe(), "kafka-configs.sh --alter, or another feed name.");
    }

    private static Set<AclOperation> missing(Set<AclOperation> needed, Set<AclOperation> held) {
        Set<AclOperation> missing = new TreeSet<>(needed);
        if (held.isEmpty() || held.contains(AclOperation.ALL)) {
            return Set.of();
        }
        missing.removeAll(held);
        return missing;
    }

    private static String words(Set<AclOperation> operations) {
        return operations.stream().map(Cluster::word).collect(Collectors.joining(" --operation "));
    }

    /** As kafka-acls.sh takes it: DescribeConfigs. */
    private static String word(AclOperation operation) {
        return Arrays.stream(operation.name().split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}

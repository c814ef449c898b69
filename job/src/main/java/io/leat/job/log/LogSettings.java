package io.leat.job.log;

import io.leat.core.Feed;
import io.leat.core.Sameness;
import io.leat.format.Topics;
import io.leat.job.Refusal;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Where the change log is and how it is written.
 *
 * @param feed the feed's name
 * @param topic the log's topic
 * @param heldTopic where held items are told of
 * @param bootstrap Kafka's bootstrap servers
 * @param client further settings of the Kafka clients
 * @param commitEveryMillis the longest a change waits for its commit
 * @param commitRecords the most changes in one transaction
 * @param accepted the refusals a person has overridden
 * @param run names the run of the job, the same through all its restarts in place
 * @param watch is told of every step
 * @param sameness the fingerprint of the rules that changes are told by
 */
public record LogSettings(
        String feed,
        String topic,
        String heldTopic,
        String bootstrap,
        Map<String, String> client,
        long commitEveryMillis,
        int commitRecords,
        Set<Refusal.Code> accepted,
        String run,
        LogWatch watch,
        int sameness)
        implements Serializable {

    public LogSettings {
        client = Map.copyOf(client);
        accepted = Set.copyOf(accepted);
    }

    /** The transactional id of one of the two producers of a partition. */
    String transactionalId(int partition, Turn turn) {
        return "%s-%s-%s".formatted(topic, partition, turn.name().toLowerCase(java.util.Locale.ROOT));
    }

    /** The group under which the owner of each partition puts its name: an offset whose metadata says who. */
    String ownerGroup() {
        return "leat-" + feed + "-owner";
    }

    /** How the feed says it, for a new run. */
    public static LogSettings of(
            Feed feed,
            Topics topics,
            String bootstrap,
            Map<String, String> client,
            Set<Refusal.Code> accepted,
            LogWatch watch) {
        return new LogSettings(
                feed.name(),
                topics.changes(),
                topics.held(),
                bootstrap,
                client,
                Math.max(1, feed.log().commitEvery().toMillis()),
                feed.log().commitRecords(),
                accepted,
                UUID.randomUUID().toString().substring(0, 8),
                watch,
                Sameness.of(feed).fingerprint());
    }

    /** The two producers of a partition. */
    enum Turn {
        A,
        B;

        Turn other() {
            return this == A ? B : A;
        }
    }
}

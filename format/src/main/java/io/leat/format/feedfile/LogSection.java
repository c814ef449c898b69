package io.leat.format.feedfile;

import io.leat.core.Feed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code log}. */
final class LogSection {

    private LogSection() {}

    static Feed.Log read(@Nullable Node node, Values values) {
        Feed.Log defaults = Feed.Log.DEFAULT;
        Section section = node == null ? null : values.section(node, EngineKey.LOG.path());
        if (section == null) {
            return defaults;
        }
        Node partitionsNode = section.get(EngineKey.LOG_PARTITIONS);
        Integer partitions = partitionsNode == null ? null : values.whole(partitionsNode, 1, 10_000);
        Node everyNode = section.get(EngineKey.LOG_COMMIT_EVERY);
        Duration every =
                everyNode == null ? null : values.duration(everyNode, Duration.ofMillis(1), Duration.ofSeconds(30));
        Node recordsNode = section.get(EngineKey.LOG_COMMIT_RECORDS);
        Integer records = recordsNode == null ? null : values.whole(recordsNode, 1, 1_000_000);
        return new Feed.Log(
                partitions == null ? defaults.partitions() : partitions,
                every == null ? defaults.commitEvery() : every,
                records == null ? defaults.commitRecords() : records);
    }
}

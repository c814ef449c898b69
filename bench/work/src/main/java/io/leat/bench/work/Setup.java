package io.leat.bench.work;

import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a system under test is told on its command line.
 *
 * @param bootstrap the broker's address
 * @param feed the work
 * @param directory for state and checkpoints; empty at the start
 */
public record Setup(String bootstrap, Feed feed, Path directory) {

    /** Reads {@link #arguments}, and ends this process when the one that started it is gone. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to hear of it
    public static Setup of(String[] args) {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1)));
        return new Setup(args[0], feed(Path.of(args[1]), args[2], Integer.parseInt(args[3])), Path.of(args[4]));
    }

    /** The command line that {@link #of} reads. */
    public static List<String> arguments(
            String bootstrap, Path feedFile, String name, int logPartitions, Path directory) {
        return List.of(bootstrap, feedFile.toString(), name, Integer.toString(logPartitions), directory.toString());
    }

    /** The feed of a file, under a name and with a number of log partitions. */
    public static Feed feed(Path file, String name, int logPartitions) {
        Map<String, String> variables = Map.of("FEED", name, "LOG_PARTITIONS", Integer.toString(logPartitions));
        FeedFile.Outcome outcome = FeedFile.read(file, variables::get);
        if (outcome instanceof FeedFile.Valid valid) {
            return valid.feed();
        }
        throw new IllegalArgumentException(outcome.toString());
    }

    /**
     * How both Flink jobs run: one slot, buffers sent within a millisecond.
     *
     * @param checkpointEvery as Flink writes a duration; {@code -Dbench.checkpoint} overrides it
     */
    public Map<String, String> flinkSettings(String checkpointEvery) {
        return Map.of(
                "parallelism.default", "1",
                "pipeline.generic-types", "false",
                "pipeline.object-reuse", "true",
                "execution.buffer-timeout.interval", "1 ms",
                "execution.checkpointing.interval", System.getProperty("bench.checkpoint", checkpointEvery),
                "execution.checkpointing.storage", "filesystem",
                "execution.checkpointing.dir", directory.toUri().toString(),
                "state.backend.type", "hashmap",
                "restart-strategy.type", "none");
    }
}

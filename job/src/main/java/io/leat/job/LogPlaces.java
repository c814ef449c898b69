package io.leat.job;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Which partitions of the change log a subtask writes, and where a key stands. Key groups and partitions nest, so each
 * partition has exactly one writer, whatever the parallelism.
 *
 * @param owned the partitions of this subtask, ascending
 */
record LogPlaces(int logPartitions, int maxParallelism, List<Integer> owned) {

    LogPlaces {
        owned = List.copyOf(owned);
    }

    /** @throws RuntimeException that stops the job, if the parallelism does not divide the number of partitions */
    static LogPlaces of(int logPartitions, TaskInfo task) {
        int parallelism = task.getNumberOfParallelSubtasks();
        if (logPartitions % parallelism != 0) {
            throw Refusals.stop(new Refusal(
                    Refusal.Code.PARALLELISM,
                    "The change log has %s partitions, the job a parallelism of %s."
                            .formatted(logPartitions, parallelism)));
        }
        int share = logPartitions / parallelism;
        int first = task.getIndexOfThisSubtask() * share;
        return new LogPlaces(
                logPartitions,
                task.getMaxNumberOfParallelSubtasks(),
                IntStream.range(first, first + share).boxed().toList());
    }

    /** The partition a key stands in. */
    int partitionOf(String key) {
        return KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(
                maxParallelism, logPartitions, KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism));
    }
}

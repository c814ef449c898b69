package io.leat.job;

import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Sameness;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.LogWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** A change log that outlives the jobs of a feed, whose file is another one each time. */
final class RuledLog {

    /** A record of the log and the rules that it was told by. */
    record Logged(Change change, int sameness) {}

    final List<Logged> log = new ArrayList<>();
    Set<Refusal.Code> accepted = Set.of();

    private final class Shared implements ChangeLog {
        private final int sameness;

        Shared(Feed feed) {
            this.sameness = Sameness.of(feed).fingerprint();
        }

        @Override
        public void takeOver(Map<Integer, Long> from, Tail tail) {
            for (int offset = from.getOrDefault(0, 0L).intValue(); offset < log.size(); offset++) {
                tail.told(0, offset, log.get(offset).change(), log.get(offset).sameness(), from.isEmpty());
            }
        }

        @Override
        public void readAll(Everything each) {
            log.forEach(logged -> each.told(logged.change(), logged.sameness()));
        }

        @Override
        public void append(int partition, Change change, long takenMillis) {
            log.add(new Logged(change, sameness));
        }

        @Override
        public void append(int partition, HeldNote note) {}

        @Override
        public Map<Integer, Long> commit() {
            return Map.of(0, (long) log.size());
        }

        @Override
        public void close() {}
    }

    /** A job from a checkpoint to the next one. */
    OperatorSubtaskState run(Feed feed, @Nullable OperatorSubtaskState saved, Item... items) throws Exception {
        return run(feed, saved, Long.MIN_VALUE, items);
    }

    /**
     * The same, and event time goes on.
     *
     * @param until milliseconds since 1970
     */
    OperatorSubtaskState run(Feed feed, @Nullable OperatorSubtaskState saved, long until, Item... items)
            throws Exception {
        ChangeOperatorFactory factory = new ChangeOperatorFactory(
                feed, "topic", 1, (partitions, owner) -> new Shared(feed), accepted, LogWatch.NONE);
        try (var operator = new KeyedOneInputStreamOperatorTestHarness<>(factory, Item::key, Types.STRING, 4, 1, 0)) {
            operator.setup();
            if (saved == null) {
                operator.initializeEmptyState();
            } else {
                operator.initializeState(saved);
            }
            operator.open();
            for (Item item : items) {
                operator.processElement(item, 0);
            }
            if (until > Long.MIN_VALUE) {
                operator.processWatermark(new Watermark(until));
            }
            operator.prepareSnapshotPreBarrier(1);
            return operator.snapshot(1, 0);
        }
    }
}

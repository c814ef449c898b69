package io.leat.job.model;

import io.leat.core.Change;
import io.leat.core.HeldNote;
import io.leat.core.Sameness;
import io.leat.job.log.ChangeLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One writer of a {@link MemoryLog}, with parts of the design switched off on demand. */
final class MemoryChangeLog implements ChangeLog {

    /** What is left out. */
    enum Variant {
        FULL,
        NO_ROLL_FORWARD,
        NO_FENCE,
        TAIL_BEFORE_FENCE,
        END_TOO_HIGH,
        END_TOO_LOW
    }

    private final MemoryLog log;
    private final Variant variant;
    private final Runnable betweenTailAndFence;
    private final List<Change> uncommitted = new ArrayList<>();
    private int epoch;

    MemoryChangeLog(MemoryLog log, Variant variant, Runnable betweenTailAndFence) {
        this.log = log;
        this.variant = variant;
        this.betweenTailAndFence = betweenTailAndFence;
    }

    @Override
    public void takeOver(Map<Integer, Long> from, Tail tail) {
        if (variant == Variant.TAIL_BEFORE_FENCE) {
            int seen = log.committed.size();
            betweenTailAndFence.run();
            epoch = log.nextEpoch();
            readTail(from, tail, seen);
        } else {
            epoch = log.nextEpoch();
            readTail(from, tail, log.committed.size());
        }
    }

    private void readTail(Map<Integer, Long> from, Tail tail, int end) {
        if (variant == Variant.NO_ROLL_FORWARD) {
            return;
        }
        boolean fromBeginning = !from.containsKey(0);
        for (int offset = from.getOrDefault(0, 0L).intValue(); offset < end; offset++) {
            tail.told(0, offset, log.committed.get(offset), Sameness.UNMARKED, fromBeginning);
        }
    }

    @Override
    public void readAll(Everything each) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void append(int partition, Change change, long takenMillis) {
        uncommitted.add(change);
    }

    @Override
    public void append(int partition, HeldNote note) {
        // Notes about held items decide nothing.
    }

    @Override
    public Map<Integer, Long> commit() {
        commitOpen();
        int end = log.committed.size();
        return switch (variant) {
            case END_TOO_HIGH -> Map.of(0, end + 2L);
            case END_TOO_LOW -> Map.of(0, Math.max(0L, end - 3L));
            default -> Map.of(0, (long) end);
        };
    }

    /** What the commit timer does, and what a zombie does when it comes back. */
    void commitOpen() {
        if (log.admits(epoch)) {
            log.committed.addAll(uncommitted);
        }
        uncommitted.clear();
    }

    boolean hasUncommitted() {
        return !uncommitted.isEmpty();
    }

    @Override
    public void close() {
        // A crash leaves what is open where it is.
    }
}

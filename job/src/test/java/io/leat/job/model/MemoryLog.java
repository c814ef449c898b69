package io.leat.job.model;

import io.leat.core.Change;
import java.util.ArrayList;
import java.util.List;

/** A change log of one partition in memory: what is committed, and who may commit. */
final class MemoryLog {

    final List<Change> committed = new ArrayList<>();
    private int epoch;
    private boolean fences = true;

    /** The log of a broker that lets anybody commit. */
    static MemoryLog withoutFences() {
        MemoryLog log = new MemoryLog();
        log.fences = false;
        return log;
    }

    int nextEpoch() {
        return ++epoch;
    }

    /** Whether a writer of this epoch may still commit. */
    boolean admits(int writerEpoch) {
        return !fences || writerEpoch == epoch;
    }
}

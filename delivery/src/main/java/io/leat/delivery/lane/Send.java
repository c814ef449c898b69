package io.leat.delivery.lane;

import java.util.List;

/**
 * One attempt that is to be made.
 *
 * @param number tells attempts of a lane apart
 * @param changes what goes into it, in the order of the log; at least one
 * @param attempt 1 for the first
 * @param probe whether it tries out an endpoint that rested
 */
public record Send(long number, List<Waiting> changes, int attempt, boolean probe) {

    public Send {
        changes = List.copyOf(changes);
    }

    /** The changes as they stand in the log. */
    public List<LogEntry> entries() {
        return changes.stream().map(Waiting::entry).toList();
    }
}

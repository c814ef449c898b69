package io.leat.gateway.webhook.lane;

import java.util.List;

/**
 * One attempt that is to be made.
 *
 * @param number tells attempts of a lane apart
 * @param entries what goes into it, in the order of the log; at least one
 * @param attempt 1 for the first
 * @param probe whether it tries out an endpoint that rested
 */
public record Send(long number, List<LogEntry> entries, int attempt, boolean probe) {

    public Send {
        entries = List.copyOf(entries);
    }

    int size() {
        return entries.stream().mapToInt(LogEntry::size).sum();
    }
}

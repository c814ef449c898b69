package io.leat.gateway.log;

import java.util.List;

/**
 * Part of a log, read at a reader's wish.
 *
 * @param changes in order within each partition
 * @param after where the reader stands then: markers of transactions have an offset and no change
 */
public record Batch(List<Told> changes, Place after) {
    public Batch {
        changes = List.copyOf(changes);
    }
}

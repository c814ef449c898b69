package io.leat.delivery.batch;

import io.leat.delivery.lane.LogEntry;
import java.io.IOException;

/** Takes changes that an end refuses for good. Thread-safe. */
@FunctionalInterface
public interface Letters {

    /**
     * Keeps a change among those that are not delivered; waits until it lies there. The same one again does no harm.
     *
     * @param reason why, for people
     * @throws IOException if it cannot be kept at the moment
     */
    void bury(LogEntry change, String reason) throws IOException;
}

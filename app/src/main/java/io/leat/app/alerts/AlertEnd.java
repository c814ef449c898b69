package io.leat.app.alerts;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Somebody who is told of alerts. For one thread. */
public interface AlertEnd extends AutoCloseable {

    /**
     * Tells an alert.
     *
     * @throws IOException if it is to be told again later
     */
    void tell(JsonNode alert) throws IOException, InterruptedException;

    @Override
    default void close() {}
}

package io.leat.gateway.status;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What can be told of a feed by whoever runs it or reads its topics. Thread-safe; both may wait for the broker. */
public interface FeedAccount {

    /** How the feed stands, as {@code GET /v1/feeds/{feed}/status} answers it. */
    ObjectNode status();

    /** How the feed has stood lately, as {@code GET /v1/feeds/{feed}/history} answers it. */
    ObjectNode history();

    /**
     * Why records were or were not told, as {@code leat trace --json} prints it.
     *
     * @return {@code null} if no topic knows what is asked about
     * @throws IllegalArgumentException if it is none of what it should be
     * @throws TooCostly if it is not known in time
     */
    @Nullable
    ObjectNode trace(TraceQuestion question);

    /** The answer would take longer than anybody waits. */
    final class TooCostly extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TooCostly(String message) {
            super(message);
        }
    }
}

package io.leat.delivery.lane;

import java.util.List;

/** What follows from an attempt. */
public sealed interface Verdict {

    /** The receiver has it. */
    record Delivered() implements Verdict {}

    /**
     * It is tried again.
     *
     * @param atMillis not before this moment
     */
    record Again(long atMillis) implements Verdict {}

    /**
     * These have failed for too long; once they lie with the dead letters, {@link Lane#buried} says so.
     *
     * @param changes at least one
     */
    record GivenUp(List<Waiting> changes) implements Verdict {
        public GivenUp {
            changes = List.copyOf(changes);
        }
    }

    /** The subscription is to be disabled: its endpoint is gone, or has failed for days. The lane has stopped. */
    record Disable(String reason) implements Verdict {}
}

package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import java.util.Locale;

/**
 * A subscription as it stands now.
 *
 * @param subscription what the client wants
 * @param state whether it gets it
 * @param reason why it does not; empty if it does
 * @param epoch counts replays
 * @param replayFromMillis where the last replay began, milliseconds since 1970; unused in epoch 0
 * @param declared whether the feed file declares it, so that only its state can be changed at run time
 */
public record Standing(
        Subscription subscription, State state, String reason, long epoch, long replayFromMillis, boolean declared) {

    /** Whether deliveries are made. */
    public enum State {
        ACTIVE,
        /** A person has stopped it for a while. Its backlog stays. */
        PAUSED,
        /** Its endpoint is gone or has failed for days. Its backlog stays. */
        DISABLED;

        /** The word people see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One that nothing has happened to. */
    public static Standing fresh(Subscription subscription, boolean declared) {
        return new Standing(subscription, State.ACTIVE, "", 0, 0, declared);
    }

    /** The same in another state. */
    public Standing in(State newState, String newReason) {
        return new Standing(subscription, newState, newReason, epoch, replayFromMillis, declared);
    }

    /** The same from an earlier moment on. */
    public Standing replayedFrom(long millis) {
        return new Standing(subscription, state, reason, epoch + 1, millis, declared);
    }

    /** The same with another order. */
    public Standing with(Subscription other) {
        return new Standing(other, state, reason, epoch, replayFromMillis, declared);
    }
}

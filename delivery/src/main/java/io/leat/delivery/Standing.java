package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import java.util.Locale;

/**
 * A subscription as it stands now.
 *
 * @param subscription what the client wants
 * @param declared whether the feed file declares it, so that only its state can be changed at run time
 * @param generation tells it from others that had its name before; empty if the feed file declares it, or if it was made
 *     when there were no generations
 * @param state whether the client gets it
 * @param reason why it does not; empty if it does
 * @param start where it begins
 * @param heldUntilMillis until when nothing is begun, milliseconds since 1970: what was given up is being sent again
 * @param revision grows with every change of it; {@link #UNWRITTEN} if nothing was ever written down about it
 */
public record Standing(
        Subscription subscription,
        boolean declared,
        String generation,
        State state,
        String reason,
        Start start,
        long heldUntilMillis,
        long revision) {

    /** The revision of one that the feed file declares and nobody has changed. */
    public static final long UNWRITTEN = -1;

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

    /** One that is made now and that nothing has happened to. */
    public static Standing made(Subscription subscription, String generation, Start start) {
        return new Standing(subscription, false, generation, State.ACTIVE, "", start, 0, UNWRITTEN);
    }

    /** One that the feed file declares and that nothing has happened to. */
    public static Standing declared(Subscription subscription) {
        return new Standing(subscription, true, "", State.ACTIVE, "", Start.NOT_FIXED, 0, UNWRITTEN);
    }

    /** Its name among all there ever were: what is kept for it is kept under this. */
    public String id() {
        return generation.isEmpty() ? subscription.name() : subscription.name() + "." + generation;
    }

    /** Whether it begins with what is told from when it was made. */
    boolean beginsNow() {
        return start.epoch() == 0 && subscription.from() == Subscription.From.NOW;
    }

    /** Whether something may be begun. */
    boolean delivers(long nowMillis) {
        return state == State.ACTIVE && nowMillis >= heldUntilMillis;
    }

    /** The same in another state. */
    public Standing in(State newState, String newReason) {
        return new Standing(subscription, declared, generation, newState, newReason, start, 0, revision);
    }

    /** The same from an earlier place on. */
    public Standing from(Start earlier) {
        return new Standing(subscription, declared, generation, state, reason, earlier, heldUntilMillis, revision);
    }

    /** The same with another order. */
    public Standing with(Subscription other) {
        return new Standing(other, declared, generation, state, reason, start, heldUntilMillis, revision);
    }

    /** The same with nothing begun before a moment. */
    public Standing heldUntil(long millis) {
        return new Standing(subscription, declared, generation, state, reason, start, millis, revision);
    }

    /** The same as it was written down. */
    Standing at(long newRevision) {
        return new Standing(subscription, declared, generation, state, reason, start, heldUntilMillis, newRevision);
    }
}

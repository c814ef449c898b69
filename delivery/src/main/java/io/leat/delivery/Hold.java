package io.leat.delivery;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Lets the lanes of a subscription rest for as long as it is open; should the process die, for half a minute. Waits for the
 * broker; for one thread.
 */
final class Hold implements AutoCloseable {

    private static final Duration TERM = Duration.ofSeconds(30);

    private final Desk desk;
    private final String name;
    private final InstantSource clock;
    private Standing standing;

    /** @throws Refusal if deliveries are still under way after some seconds */
    Hold(Desk desk, String name, InstantSource clock) {
        this.desk = desk;
        this.name = name;
        this.clock = clock;
        Desk.Changed changed = hold();
        this.standing = changed.standing();
        if (!changed.settled()) {
            close();
            throw new Refusal(Refusal.Reason.BUSY);
        }
    }

    private Desk.Changed hold() {
        return desk.change(name, now -> now.heldUntil(clock.millis() + TERM.toMillis()));
    }

    /** The subscription as it is held. */
    Standing standing() {
        return standing;
    }

    /** Whether nobody has changed it meanwhile; holds it longer when the term is near its end. */
    boolean holds() {
        if (!isUnchanged()) {
            return false;
        }
        if (standing.heldUntilMillis() - clock.millis() > TERM.toMillis() / 2) {
            return true;
        }
        Desk.Changed changed = hold();
        standing = changed.standing();
        return changed.settled();
    }

    /** Whether its lanes still rest because of this, though someone may have changed it otherwise. */
    private boolean isHeld() {
        Standing now = desk.all().get(name);
        return now != null && now.id().equals(standing.id()) && now.heldUntilMillis() == standing.heldUntilMillis();
    }

    private boolean isUnchanged() {
        Standing now = desk.all().get(name);
        return now != null && now.revision() == standing.revision();
    }

    @Override
    public void close() {
        if (isHeld()) {
            desk.change(name, now -> now.heldUntil(0));
        }
    }
}

package io.leat.delivery;

import io.leat.delivery.lane.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What came of sending again what was given up for a client.
 *
 * @param left how many lie there now, those among them that were given up meanwhile; 10,000 if there are more
 * @param kept how many of them were not tried: the client has newer of their key, gets them anyway, or does not ask for
 *     them any more
 * @param stoppedBy what a delivery came to that failed; {@code null} if none did
 */
public record Redriven(int sent, int left, int kept, @Nullable Outcome stoppedBy) {

    static final Redriven NOTHING = new Redriven(0, 0, 0, null);
}

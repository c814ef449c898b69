package io.leat.delivery.lane;

import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;

/**
 * What a lane keeps to.
 *
 * @param inFlight deliveries under way or not yet committed, at most
 * @param maxItems changes in one delivery, at most
 * @param maxWaitMillis how long a change waits for others
 * @param newestOnly whether of the waiting changes of a key only the newest is kept
 * @param ratePerSecond deliveries begun in a second; 0 for no limit
 * @param giveUpAfterMillis how long a change is tried before it is given up
 * @param mostWaiting changes held, at most
 * @param mostBytes memory of the changes held, at most; a single larger one is let in
 */
public record Terms(
        int inFlight,
        int maxItems,
        long maxWaitMillis,
        boolean newestOnly,
        double ratePerSecond,
        long giveUpAfterMillis,
        int mostWaiting,
        long mostBytes) {

    private static final int MOST_WAITING = 1_000;
    private static final long MOST_BYTES = 4 << 20;

    /** What a subscription of a webhook asks for, in one of so many partitions: each has an even share of its rate. */
    public static Terms of(Subscription subscription, int partitions) {
        Webhook webhook = subscription.webhook();
        Webhook.Limits limits = webhook.limits();
        return new Terms(
                limits.inFlight(),
                webhook.batch().maxItems(),
                webhook.batch().maxWait().toMillis(),
                subscription.catchUp() == Subscription.CatchUp.LATEST,
                (double) limits.ratePerSecond() / partitions,
                limits.giveUpAfter().toMillis(),
                Math.max(MOST_WAITING, 2 * webhook.batch().maxItems()),
                MOST_BYTES);
    }
}

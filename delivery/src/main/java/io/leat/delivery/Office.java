package io.leat.delivery;

import io.leat.delivery.lane.Budget;
import io.leat.delivery.webhook.HttpSender;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What all lanes of a gateway share.
 *
 * @param thread the one thread on which lanes decide
 * @param mayDeliver whether the gateway may still take its partitions for its own: one that was held up for long may not
 * @param disable writes down that a subscription is disabled, with the reason
 * @param partitions how many the change log has
 * @param notTold counts, by subscription, changes whose condition had no answer
 * @param renewMillis how often a cursor that does not move is committed again, so that it does not expire
 * @param ends what takes changes in batches
 * @param counts of each subscription, by its name, what became of its changes
 */
record Office(
        ScheduledExecutorService thread,
        HttpSender sender,
        Cursors cursors,
        Attempts attempts,
        DeadLetters deadLetters,
        CatchUp catchUp,
        Budget budget,
        Crowd crowd,
        InstantSource clock,
        RandomGenerator random,
        BooleanSupplier mayDeliver,
        Disabler disable,
        int partitions,
        NotTold notTold,
        long renewMillis,
        Ends ends,
        Function<String, SinkCounts.Counter> counts) {

    /** Runs a task on the office's thread after so many milliseconds. */
    void later(long millis, Runnable task) {
        ScheduledFuture<?> unused = thread.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** Counts a change of a subscription. */
    interface NotTold {
        void count(String subscription);
    }
}

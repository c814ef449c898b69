package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.batch.BatchSink;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ends that take changes in batches, and the threads that wait for them. Whoever has just waited in vain does so again on
 * threads apart, so that ends which hang take none from those that do not. Thread-safe.
 */
final class Ends implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ends.class);
    private static final int THREADS = 16;
    private static final long IDLE_SECONDS = 30;
    private static final long CLOSE_SECONDS = 5;

    private final Function<Standing, BatchSink> opening;
    private final IntFunction<CompletionStage<Long>> logEnds;
    private final Map<Key, BatchSink> open = new HashMap<>();
    private final ThreadPoolExecutor threads;
    private final ThreadPoolExecutor apart;

    private record Key(String id, Subscription subscription) {}

    /**
     * Ends.
     *
     * @param name of their threads
     * @param opening opens the end of a subscription
     * @param logEnds asks where a partition of the log ends, open transactions included
     */
    Ends(String name, Function<Standing, BatchSink> opening, IntFunction<CompletionStage<Long>> logEnds) {
        this.opening = opening;
        this.logEnds = logEnds;
        this.threads = threads(name);
        this.apart = threads(name + "-again");
    }

    private static ThreadPoolExecutor threads(String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * The end of a subscription.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    synchronized BatchSink of(Standing standing) {
        return open.computeIfAbsent(new Key(standing.id(), standing.subscription()), key -> opening.apply(standing));
    }

    /** Where a partition of the log ends now, behind open transactions too. */
    CompletionStage<Long> endOf(int partition) {
        return logEnds.apply(partition);
    }

    /**
     * Runs what may wait; once they are closed, nothing is run any more.
     *
     * @param again whether it has waited in vain before
     */
    void work(Runnable task, boolean again) {
        try {
            (again ? apart : threads).execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed");
        }
    }

    /** Ends without waiting. */
    void halt() {
        threads.shutdownNow();
        apart.shutdownNow();
    }

    @Override
    public void close() {
        threads.shutdown();
        apart.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        apart.shutdownNow();
        synchronized (this) {
            open.values().forEach(BatchSink::close);
            open.clear();
        }
    }
}

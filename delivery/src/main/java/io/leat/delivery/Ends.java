package io.leat.delivery;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Sink;
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
 * threads apart, and a place of many ends gets but some of the threads, so that ends which hang take none from those that do
 * not. Thread-safe.
 */
final class Ends implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ends.class);
    private static final int THREADS = 64;
    private static final int OF_ONE_PLACE = 16;
    private static final long IDLE_SECONDS = 30;
    private static final long CLOSE_SECONDS = 5;

    private final Function<Standing, BatchSink> opening;
    private final IntFunction<CompletionStage<Long>> logEnds;
    private final Map<Key, Shared> open = new HashMap<>();
    private final ThreadPoolExecutor threads;
    private final ThreadPoolExecutor apart;
    private final Turns turns;
    private final Turns turnsApart;

    private record Key(String id, Subscription subscription) {

        static Key of(Standing standing) {
            return new Key(standing.id(), standing.subscription());
        }
    }

    /** An end, and how many lanes have it. */
    private record Shared(BatchSink sink, int lanes) {}

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
        this.turns = new Turns(threads, OF_ONE_PLACE);
        this.turnsApart = new Turns(apart, OF_ONE_PLACE);
    }

    /** Where an end lies: ends of one place are slow, or away, together. */
    static String place(Sink sink) {
        if (sink instanceof Postgres postgres) {
            return postgres.url().replaceFirst("^(postgresql://[^/]*).*", "$1");
        }
        if (sink instanceof KafkaTopic topic) {
            return topic.bootstrap();
        }
        JsonFiles.Store store = sink instanceof JsonFiles files ? files.store() : null;
        return store == null ? "" : String.valueOf(store.endpoint());
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
     * Lends the end of a subscription to a lane, which gives it back.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    synchronized BatchSink lend(Standing standing) {
        Shared known = open.get(Key.of(standing));
        BatchSink sink = known == null ? opening.apply(standing) : known.sink();
        open.put(Key.of(standing), new Shared(sink, known == null ? 1 : known.lanes() + 1));
        return sink;
    }

    /** Takes it back; the last one closes it. */
    void giveBack(Standing standing) {
        BatchSink unused = null;
        synchronized (this) {
            Shared known = open.remove(Key.of(standing));
            if (known != null && known.lanes() > 1) {
                open.put(Key.of(standing), new Shared(known.sink(), known.lanes() - 1));
            } else if (known != null) {
                unused = known.sink();
            }
        }
        if (unused != null) {
            unused.close();
        }
    }

    /** Where a partition of the log ends now, behind open transactions too. */
    CompletionStage<Long> endOf(int partition) {
        return logEnds.apply(partition);
    }

    /**
     * Runs what may wait; once they are closed, nothing is run any more.
     *
     * @param place where its end lies: so many of one place are run at once at most
     * @param again whether it has waited in vain before
     */
    void work(String place, Runnable task, boolean again) {
        try {
            (again ? turnsApart : turns).run(place, task);
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
            open.values().forEach(shared -> shared.sink().close());
            open.clear();
        }
    }
}

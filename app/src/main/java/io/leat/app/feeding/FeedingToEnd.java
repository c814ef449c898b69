package io.leat.app.feeding;

import io.leat.app.embedded.FeedRun;
import io.leat.app.embedded.Figures;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a file beside a run, and knows when the run has dealt with all that is in the raw topic: when it has read to the
 * end, and a checkpoint begun after that is complete. What a checkpoint covers is told, suppressed or refused for good.
 * Where scrapes wait for others, or for event time, the raw topic is told first that nothing more comes.
 *
 * <p>For one thread.
 */
public final class FeedingToEnd implements AutoCloseable {

    /** How long a broker may take for the lines that are on their way at a stop; what it has not got is fed by the next run. */
    private static final Duration LAST_LINES = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(20);

    private final FeedRun run;
    private final @Nullable Feeder feeder;
    private final boolean isTheEnd;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread named = new Thread(work, "leat-feeder");
        named.setDaemon(true);
        return named;
    });
    private final CompletableFuture<Void> feeding;
    private @Nullable RawEnd end;
    private @Nullable CompletableFuture<String> checkpoint;
    private boolean hasSettled;

    /**
     * Starts to feed, if there is something to feed.
     *
     * @param isTheEnd whether nothing more is to be waited for once it has been fed
     */
    public FeedingToEnd(FeedRun run, @Nullable Feeder feeder, boolean isTheEnd) {
        this.run = run;
        this.feeder = feeder;
        this.isTheEnd = isTheEnd;
        this.feeding = feeder == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(feeder::feed, thread);
    }

    /**
     * Whether everything has been fed and dealt with.
     *
     * @throws Failure if the broker does not take what is fed
     */
    public boolean isOver(Figures figures) {
        if (!feeding.isDone()) {
            return false;
        }
        rethrow();
        if (end == null) {
            String topic = run.feed().source().topic();
            int partitions = RawEnd.partitions(run.broker(), topic);
            if (isTheEnd && mayWait()) {
                EndMarks.write(run.broker(), topic, partitions);
            }
            end = RawEnd.of(run.broker(), topic, partitions);
        }
        boolean running = figures.status().equals("RUNNING");
        if (!running || !end.isReached(figures.nextOffsets())) {
            return false;
        }
        if (checkpoint == null || checkpoint.isCompletedExceptionally()) {
            checkpoint = run.checkpoint();
        }
        if (!checkpoint.isDone() || checkpoint.isCompletedExceptionally()) {
            return false;
        }
        if (!mayWait() || hasSettled) {
            return true;
        }
        // Everything has arrived where it waits: when nobody waits, one more checkpoint covers what went.
        if (figures.order().waiting() == 0) {
            hasSettled = true;
            checkpoint = null;
        }
        return false;
    }

    private boolean mayWait() {
        Feed feed = run.feed();
        return feed.time().order().isAsked()
                || feed.rules().gone() != null
                || !feed.windows().isEmpty();
    }

    private void rethrow() {
        try {
            feeding.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : e;
        }
    }

    /** Where the file is damaged, if it is. */
    public @Nullable Failure damage() {
        return feeder == null ? null : feeder.damage();
    }

    /** Nobody knows when whoever writes its input will go on: nothing is lost by leaving now. */
    private boolean isWaiting() {
        return feeder != null && feeder.isWaiting();
    }

    @Override
    public void close() {
        if (feeder != null) {
            feeder.stop();
        }
        thread.shutdown();
        try {
            long until = System.nanoTime() + LAST_LINES.toNanos();
            boolean ended = false;
            while (!ended && !isWaiting() && System.nanoTime() < until) {
                ended = thread.awaitTermination(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!ended) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

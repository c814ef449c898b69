package io.leat.app.feeding;

import io.leat.app.embedded.FeedRun;
import io.leat.app.embedded.Figures;
import io.leat.app.exit.Failure;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Feeds a file beside a run, and knows when the run has dealt with all that is in the raw topic. For one thread. */
public final class FeedingToEnd implements AutoCloseable {

    /**
     * A run's first commit may be on its way while an older one still stands in the broker; the second checkpoint comes
     * after it.
     */
    private static final int CHECKPOINTS_OF_THIS_RUN = 2;

    private static final long ASK_EVERY_MILLIS = 200;

    private final @Nullable Feeder feeder;
    private final Accounting accounting;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread named = new Thread(work, "leat-feeder");
        named.setDaemon(true);
        return named;
    });
    private final CompletableFuture<Void> feeding;
    private @Nullable Map<TopicPartition, Long> end;
    private long askedAt;
    private boolean over;

    /** Starts to feed, if there is something to feed. */
    public FeedingToEnd(FeedRun run, @Nullable Feeder feeder) {
        this.feeder = feeder;
        this.accounting = new Accounting(run.broker(), run.feed());
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
        if (over || !feeding.isDone()) {
            return over;
        }
        rethrow();
        if (end == null) {
            end = accounting.end();
        }
        if (figures.checkpoint().completed() >= CHECKPOINTS_OF_THIS_RUN && figures.at() - askedAt >= ASK_EVERY_MILLIS) {
            askedAt = figures.at();
            over = accounting.isPast(end);
        }
        return over;
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

    @Override
    public void close() {
        if (feeder != null) {
            feeder.stop();
        }
        feeding.exceptionally(said -> null).join();
        thread.shutdown();
        accounting.close();
    }
}

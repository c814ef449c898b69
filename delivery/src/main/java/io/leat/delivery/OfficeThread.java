package io.leat.delivery;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread lanes decide on. An exception there is a fault of ours: it is told, and the thread goes on. */
final class OfficeThread extends ScheduledThreadPoolExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(OfficeThread.class);

    OfficeThread() {
        super(1, task -> {
            Thread thread = new Thread(task, "webhook-lanes");
            thread.setDaemon(true);
            return thread;
        });
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        super.afterExecute(task, thrown);
        if (thrown == null && task instanceof Future<?> future && future.isDone()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                LOG.error("A lane failed", e.getCause());
            } catch (CancellationException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package io.leat.delivery.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up as the machine does, on threads of its own: a name server that does not answer holds up at most as many
 * look-ups as there are threads. Thread-safe.
 */
public final class SystemNames implements Names, AutoCloseable {

    private static final int THREADS = 16;
    private static final int MOST_WAITING = 2_000;

    private final LookUp lookUp;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                Thread thread = new Thread(task, "webhook-names");
                thread.setDaemon(true);
                return thread;
            });

    /** As the machine answers. */
    interface LookUp {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    public SystemNames() {
        this(InetAddress::getAllByName);
    }

    SystemNames(LookUp lookUp) {
        this.lookUp = lookUp;
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<List<InetAddress>> lookUp(String host) {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    found.complete(List.of(lookUp.addresses(host)));
                } catch (UnknownHostException | RuntimeException | Error e) {
                    found.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            found.completeExceptionally(new UnknownHostException("too many look-ups wait"));
        }
        return found;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

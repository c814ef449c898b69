package io.leat.app.cli;

import io.leat.app.exit.Exit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells a running command to end in good order. Thread-safe. */
public final class StopSignal {

    private final AtomicReference<@Nullable Exit> asked = new AtomicReference<>();
    private final CountDownLatch latch = new CountDownLatch(1);

    /**
     * Asks to end.
     *
     * @return whether it is the first time
     */
    public boolean ask(Exit exit) {
        boolean first = asked.compareAndSet(null, exit);
        latch.countDown();
        return first;
    }

    /** How to end, {@code null} while nobody has asked. */
    public @Nullable Exit asked() {
        return asked.get();
    }

    /** Waits until somebody asks, or the time is up. */
    public void await(Duration atMost) {
        try {
            boolean unused = latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ask(Exit.TERMINATED);
        }
    }
}

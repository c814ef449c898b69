package io.leat.app.cli;

import io.leat.app.exit.Exit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells a running command to end in good order. One that has never looked here would not end by itself: whoever asks it
 * may end the process at once. Thread-safe.
 */
public final class StopSignal {

    private final AtomicReference<@Nullable Exit> asked = new AtomicReference<>();
    private final CountDownLatch latch = new CountDownLatch(1);
    private volatile boolean heeded;

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

    /** Whether the command looks here. */
    public boolean isHeeded() {
        return heeded;
    }

    /** How to end, {@code null} while nobody has asked. */
    public @Nullable Exit asked() {
        heeded = true;
        return asked.get();
    }

    /** How a command with an end of its own ends where it stands: what it was asked for is not done, also after Ctrl-C. */
    public Exit cutShort() {
        Exit wanted = asked();
        return wanted == null || wanted == Exit.OK ? Exit.INTERRUPTED : wanted;
    }

    /** Waits until somebody asks, or the time is up. */
    public void await(Duration atMost) {
        heeded = true;
        try {
            boolean unused = latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ask(Exit.TERMINATED);
        }
    }
}

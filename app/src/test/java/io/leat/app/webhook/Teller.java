package io.leat.app.webhook;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Tells changes at a steady pace until it is closed, whatever else goes on. */
public final class Teller implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(20);

    private final Thread thread;
    private volatile boolean ending;

    public Teller(ChangeTopic log, int perSecond) {
        thread = new Thread(() -> tell(log, perSecond), "teller");
        thread.setDaemon(true);
        thread.start();
    }

    private void tell(ChangeTopic log, int perSecond) {
        long begun = System.nanoTime();
        long told = 0;
        while (!ending) {
            long due = (long) ((System.nanoTime() - begun) / 1e9 * perSecond);
            if (due > told) {
                log.tell(Math.toIntExact(due - told));
                told = due;
            }
            LockSupport.parkNanos(TICK.toNanos());
        }
    }

    /** Ends; all that was told is in the log then. */
    @Override
    public void close() throws InterruptedException {
        ending = true;
        thread.join(60_000);
    }
}

package io.leat.delivery.work;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A piece of work that is kept at work. Thread-safe. */
public final class Kept {

    private static final Logger LOG = LoggerFactory.getLogger(Kept.class);
    /** Who has worked for so long is not dying in a row. */
    private static final long WELL_AFTER_NANOS = Duration.ofMinutes(1).toNanos();

    private final String name;
    private final Keeper.Work work;
    private final LongUnaryOperator pauses;
    private final BiConsumer<String, Kept> ended;
    private final Thread thread;
    private volatile boolean alive = true;
    private volatile boolean ending;
    private volatile long deaths;
    private long inARow;

    Kept(String name, Keeper.Work work, LongUnaryOperator pauses, BiConsumer<String, Kept> ended) {
        this.name = name;
        this.work = work;
        this.pauses = pauses;
        this.ended = ended;
        this.thread = new Thread(this::keep, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Keeper.State state() {
        return new Keeper.State(alive, deaths);
    }

    /** Whether it works now. */
    public boolean isAlive() {
        return alive;
    }

    private void keep() {
        while (!ending) {
            long since = System.nanoTime();
            try {
                alive = true;
                work.run();
                died(since, new IllegalStateException("it returned"));
            } catch (Throwable e) { // an Error too: who is dead in silence does the most harm
                died(since, e);
            }
        }
        alive = false;
        ended.accept(name, this);
    }

    private void died(long since, Throwable cause) {
        if (ending) {
            return;
        }
        alive = false;
        deaths++;
        inARow = System.nanoTime() - since > WELL_AFTER_NANOS ? 1 : inARow + 1;
        long pause = pauses.applyAsLong(inARow);
        LOG.error("{} has died and is started again in {} ms", name, pause, cause);
        boolean unused = Thread.interrupted();
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            LOG.debug("woken");
        }
    }

    /**
     * Ends it: what the work does first, such as waking it up, then an interruption if that is not enough in time.
     *
     * @param patience how long to wait before the interruption, and as long again after it
     */
    public void end(Runnable first, Duration patience) {
        ending = true;
        first.run();
        try {
            if (!alive) {
                thread.interrupt();
            }
            thread.join(patience.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(patience.toMillis());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}

package io.leat.delivery.lane;

import java.util.concurrent.atomic.AtomicLong;

/** The memory all lanes of a process share. Thread-safe. */
public final class Budget {

    private final long most;
    private final AtomicLong used = new AtomicLong();

    /**
     * A budget.
     *
     * @param most bytes
     */
    public Budget(long most) {
        this.most = most;
    }

    /** Takes so many bytes, unless that would be too much. */
    public boolean take(long bytes) {
        if (used.addAndGet(bytes) <= most) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Gives back what was taken. */
    public void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Bytes in use. */
    public long used() {
        return used.get();
    }
}

package io.leat.gateway.ingest;

/** How much of bodies is held in memory, in all. Thread-safe. */
final class InFlight {

    private final long most;
    private long held;

    InFlight(long most) {
        this.most = most;
    }

    /** Whether so much more may be held; if so, it is. */
    synchronized boolean take(long bytes) {
        if (held + bytes > most) {
            return false;
        }
        held += bytes;
        return true;
    }

    synchronized void giveBack(long bytes) {
        held -= bytes;
    }

    synchronized long held() {
        return held;
    }
}

package io.leat.delivery;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs the work of each place in turn: so much of one place at once at most, whatever waits. Thread-safe. */
final class Turns {

    private final Executor threads;
    private final int most;
    private final Map<String, Place> places = new HashMap<>();

    /** What is done for one place now, and what waits. */
    private static final class Place {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }

    /** @param most how much of one place is run at once */
    Turns(Executor threads, int most) {
        this.threads = threads;
        this.most = most;
    }

    /** @throws java.util.concurrent.RejectedExecutionException if nothing is run any more */
    void run(String place, Runnable task) {
        synchronized (this) {
            Place known = places.computeIfAbsent(place, first -> new Place());
            if (known.running >= most) {
                known.waiting.add(task);
                return;
            }
            known.running++;
        }
        threads.execute(() -> inTurn(place, task));
    }

    private void inTurn(String place, Runnable first) {
        try {
            first.run();
        } finally {
            goOn(place);
        }
    }

    private void goOn(String place) {
        Runnable next = next(place);
        try {
            if (next != null) {
                threads.execute(() -> inTurn(place, next));
            }
        } catch (RejectedExecutionException closed) {
            // nothing is run any more, and what waits does not matter to anybody
        }
    }

    private synchronized @Nullable Runnable next(String place) {
        Place known = places.get(place);
        Runnable next = known == null ? null : known.waiting.poll();
        if (known != null && next == null && --known.running == 0) {
            places.remove(place);
        }
        return next;
    }
}

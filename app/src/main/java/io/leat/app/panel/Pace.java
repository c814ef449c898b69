package io.leat.app.panel;

import io.leat.app.embedded.Figures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToLongFunction;

/** How fast the figures grow, over the last few seconds. For one thread. */
public final class Pace {

    private static final long WINDOW_MILLIS = 5_000;

    private final Deque<Figures> window = new ArrayDeque<>();

    /** Takes the figures of another moment, but none from before the job counts: it goes on from what it knew. */
    public void add(Figures figures) {
        if (figures.tally().in() == 0) {
            return;
        }
        window.addLast(figures);
        while (window.size() > 2 && figures.at() - window.getFirst().at() > WINDOW_MILLIS) {
            window.removeFirst();
        }
    }

    /** Scrapes read per second. */
    public double in() {
        return perSecond(figures -> figures.tally().in());
    }

    /** Changes told per second. */
    public double out() {
        return perSecond(figures -> figures.tally().changed());
    }

    private double perSecond(ToLongFunction<Figures> count) {
        if (window.size() < 2) {
            return 0;
        }
        Figures first = window.getFirst();
        Figures last = window.getLast();
        long millis = Math.max(1, last.at() - first.at());
        return Math.max(0, (count.applyAsLong(last) - count.applyAsLong(first)) * 1000.0 / millis);
    }
}

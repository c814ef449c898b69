package io.leat.app.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.flink.runtime.metrics.TimerGauge;

/**
 * What one task of the job does with its time. Flink's own figures are averages over up to a minute, renewed every five
 * seconds; this listens to the same clocks and tells of the last second. Thread-safe.
 */
final class TaskTime {

    private static final long WINDOW_NANOS = 1_000_000_000;
    private static final long SAMPLE_NANOS = WINDOW_NANOS / 10;

    private final LongSupplier nanos;
    private final Stopwatch idle;
    private final Stopwatch waiting;
    private volatile boolean whole;
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long at, long idle, long waiting) {}

    /** Of the time between two samples. */
    record Shares(double busy, double waiting) {}

    /** @param nanos a clock that never goes back */
    TaskTime(LongSupplier nanos) {
        this.nanos = nanos;
        this.idle = new Stopwatch(nanos);
        this.waiting = new Stopwatch(nanos);
    }

    /** Listens to Flink's clock of the time in which the task has nothing to do. */
    void idle(TimerGauge gauge) {
        gauge.registerListener(idle);
    }

    /** Listens to one of Flink's clocks of the time in which the task waits for the next. */
    void waiting(TimerGauge gauge) {
        gauge.registerListener(waiting);
        whole = true;
    }

    /** Whether it is a task: parts of a source have a clock of idleness too, and never wait. */
    boolean isWhole() {
        return whole;
    }

    /** What the task did since about a second ago, or since the first call. */
    synchronized Shares shares() {
        Sample now = new Sample(nanos.getAsLong(), idle.total(), waiting.total());
        while (samples.size() > 1 && now.at() - second().at() >= WINDOW_NANOS) {
            samples.removeFirst();
        }
        Sample first = samples.isEmpty() ? now : samples.getFirst();
        if (samples.isEmpty() || now.at() - samples.getLast().at() >= SAMPLE_NANOS) {
            samples.addLast(now);
        }
        double span = now.at() - first.at();
        if (span <= 0) {
            return new Shares(0, 0);
        }
        double waited = (now.waiting() - first.waiting()) / span;
        double rested = (now.idle() - first.idle()) / span;
        return new Shares(Math.max(0, 1 - waited - rested), Math.min(1, waited));
    }

    private Sample second() {
        return samples.stream().skip(1).findFirst().orElseThrow();
    }

    /** The time that runs now counts too. */
    private static final class Stopwatch implements TimerGauge.StartStopListener {

        private final LongSupplier nanos;
        private int running;
        private long since;
        private long total;

        Stopwatch(LongSupplier nanos) {
            this.nanos = nanos;
        }

        @Override
        public synchronized void markStart() {
            if (running++ == 0) {
                since = nanos.getAsLong();
            }
        }

        @Override
        public synchronized void markEnd() {
            if (running > 0 && --running == 0) {
                total += nanos.getAsLong() - since;
            }
        }

        synchronized long total() {
            return running > 0 ? total + nanos.getAsLong() - since : total;
        }
    }
}

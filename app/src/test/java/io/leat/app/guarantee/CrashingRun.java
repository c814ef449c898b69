package io.leat.app.guarantee;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.FeedRun;
import io.leat.app.embedded.Figures;
import io.leat.app.feeding.Feeder;
import io.leat.app.feeding.FeedingToEnd;
import io.leat.app.feeding.ScrapeFile;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.log.LogStep;
import io.leat.job.log.LogWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A run that ends, or fails, when the change log reaches a named step for the n-th time: {@code FEED DATA RECORDS STEP NTH
 * MANNER}.
 */
public final class CrashingRun {

    private static final AtomicInteger REACHED = new AtomicInteger();

    private CrashingRun() {}

    /** What happens at the step. */
    enum Manner {
        /** The process is gone at once, as by kill -9: no hook runs, nothing is flushed. */
        HALT,
        /** The same a moment later, while the step is under way. */
        HALT_SOON,
        /** The task fails and restarts in place. */
        THROW
    }

    /** Counts the steps of one kind; travels to the task by name alone. */
    record Watch(LogStep step, int nth, Manner manner) implements LogWatch {
        @Override
        public void reached(LogStep reached) {
            if (reached != step || REACHED.incrementAndGet() != nth) {
                return;
            }
            System.out.println("REACHED " + step);
            System.out.flush();
            switch (manner) {
                case HALT -> Runtime.getRuntime().halt(137);
                case HALT_SOON -> haltSoon();
                case THROW -> throw new IllegalStateException("failed on purpose at " + step);
            }
        }

        private void haltSoon() {
            long nanos = System.nanoTime() % Duration.ofMillis(2).toNanos();
            Thread thread = new Thread(() -> {
                LockSupport.parkNanos(nanos);
                Runtime.getRuntime().halt(137);
            });
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Runs until everything is accounted for, or until the step. */
    public static void main(String[] args) throws Exception {
        FeedFile.Valid feed = (FeedFile.Valid) FeedFile.read(Path.of(args[0]), name -> null);
        Watch watch = new Watch(LogStep.valueOf(args[3]), Integer.parseInt(args[4]), Manner.valueOf(args[5]));
        FeedRun.Settings settings =
                new FeedRun.Settings(null, 0, 1, CrashRig.CHECKPOINT_EVERY, Map.of(), Set.of(), watch);
        try (ScrapeFile scrapes = ScrapeFile.open(Path.of(args[2]));
                DataDirectory data = DataDirectory.take(Path.of(args[1]));
                FeedRun run = FeedRun.start(feed.feed(), data, settings, InstantSource.system());
                FeedingToEnd feeding = new FeedingToEnd(run, new Feeder(feed.feed(), run.broker(), scrapes), true)) {
            Figures figures = run.figures();
            while (!feeding.isOver(figures)) {
                if (run.failed().isPresent()) {
                    throw run.failed().get();
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                figures = run.figures();
            }
            System.out.println("DONE " + figures.tally() + " restarts=" + figures.restarts());
        }
        System.exit(0);
    }
}

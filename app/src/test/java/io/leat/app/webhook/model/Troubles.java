package io.leat.app.webhook.model;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** When something happened for which a delivery may be made again that its receiver had taken. Thread-safe. */
final class Troubles {

    /** So long after partitions change hands, or after a broker was away, those who deliver may not know it yet. */
    static final Duration UNTIL_ALL_ARE_BACK = Duration.ofSeconds(10);

    private final List<Life.Span> spans = new CopyOnWriteArrayList<>();

    /** @param aftermath how long it is felt once it is over */
    void during(Duration aftermath, Runnable trouble) {
        Life.Span now = new Life.Span(System.nanoTime(), Life.NEVER);
        spans.add(now);
        trouble.run();
        spans.remove(now);
        spans.add(new Life.Span(now.from(), System.nanoTime() + aftermath.toNanos()));
    }

    /** Whether there was any between two moments. */
    boolean between(long from, long to) {
        return spans.stream().anyMatch(span -> span.meets(from, to));
    }
}

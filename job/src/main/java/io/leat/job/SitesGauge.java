package io.leat.job;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.metrics.Gauge;

/** What is known of the sites of a feed, for whoever is in the same process; and the way back. Thread-safe. */
public final class SitesGauge implements Gauge<SiteFigures> {

    private final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private volatile SiteFigures figures = SiteFigures.NONE;

    /** A gap that a person calls usual; see {@link io.leat.core.silence.Silences#accept}. */
    record Accepted(String site, long sinceMillis) {}

    @Override
    public SiteFigures getValue() {
        return figures;
    }

    /**
     * A person says that a gap is usual. Taken at the next look, and then part of the job's state.
     *
     * @param sinceMillis when the last record came before it, milliseconds since 1970
     */
    public void accept(String site, long sinceMillis) {
        accepted.add(new Accepted(site, sinceMillis));
    }

    Queue<Accepted> accepted() {
        return accepted;
    }

    void show(SiteFigures now) {
        figures = now;
    }
}

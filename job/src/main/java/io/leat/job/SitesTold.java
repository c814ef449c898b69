package io.leat.job;

import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Op;
import io.leat.format.ChangeSites;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.metrics.Gauge;
import org.jspecify.annotations.Nullable;

/**
 * How many changes were told of each site since the task began, once readers could see them. Thread-safe.
 *
 * <p>Limit: {@value #MOST_SITES} sites; what comes beyond them is not counted.
 */
public final class SitesTold implements Gauge<SitesTold.Figures> {

    private static final int MOST_SITES = 1_000;

    private final ChangeSites sites;
    private final long begun = System.nanoTime();
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    private static final class Counter {
        private final LongAdder told = new LongAdder();
        private final LongAdder updates = new LongAdder();
    }

    /**
     * Changes of a site.
     *
     * @param updates those that told that something known has changed
     */
    public record Count(long told, long updates) {

        Count and(Count other) {
            return new Count(told + other.told, updates + other.updates);
        }
    }

    /**
     * What was counted.
     *
     * @param begun tells one start of the job from another, in which all is counted anew
     */
    public record Figures(long begun, Map<String, Count> sites) {

        /** Nothing, of no start. */
        public static final Figures NONE = new Figures(0, Map.of());

        public Figures {
            sites = Map.copyOf(sites);
        }

        /** What two tasks of one start have counted. */
        public Figures and(Figures other) {
            Map<String, Count> both = new HashMap<>(sites);
            other.sites.forEach((site, count) -> both.merge(site, count, Count::and));
            return new Figures(31 * begun + other.begun, both);
        }
    }

    private SitesTold(ChangeSites sites) {
        this.sites = sites;
    }

    /** @return {@code null} if the feed's sites are not watched */
    static @Nullable SitesTold of(Feed feed) {
        Feed.Watch watch = feed.watch();
        return watch == null ? null : new SitesTold(new ChangeSites(feed, watch.by()));
    }

    void told(Change change) {
        String site = sites.of(change);
        if (site == null) {
            return;
        }
        Counter counter = counters.get(site);
        if (counter == null) {
            if (counters.size() >= MOST_SITES) {
                return;
            }
            counter = counters.computeIfAbsent(site, fresh -> new Counter());
        }
        counter.told.increment();
        if (change.op() == Op.UPDATE) {
            counter.updates.increment();
        }
    }

    @Override
    public Figures getValue() {
        Map<String, Count> now = new HashMap<>();
        counters.forEach((site, counter) -> now.put(site, new Count(counter.told.sum(), counter.updates.sum())));
        return new Figures(begun, now);
    }
}

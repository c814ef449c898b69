package io.leat.app.embedded;

import io.leat.core.Tally;
import io.leat.core.silence.SiteFigure;
import io.leat.format.metrics.Metric;
import io.leat.gateway.Gateway;
import io.leat.gateway.metrics.Reading;
import io.leat.job.FeedMetrics;
import io.leat.job.LatencyWindow;
import io.leat.job.SiteFigures;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells the figures of a run; those of one look belong to one moment. Thread-safe. */
public final class FeedMeters implements Consumer<Reading> {

    private static final double MILLIS = 1_000.0;

    private final FeedRun run;
    private final String feed;

    private FeedMeters(FeedRun run) {
        this.run = run;
        this.feed = run.feed().name();
    }

    /** Tells the figures of a run. */
    public static FeedMeters of(FeedRun run) {
        return new FeedMeters(run);
    }

    /** Has a gateway show the figures of a run and check that it works. */
    public static void show(FeedRun run, Gateway gateway) {
        gateway.meters().add(of(run));
        check(run, gateway);
    }

    /** Has a gateway check that a run works. */
    public static void check(FeedRun run, Gateway gateway) {
        gateway.checks().add("job of " + run.feed().name(), run::isRunning);
        gateway.checks().add("end of " + run.feed().source().topic(), run::knowsTheEnd);
        gateway.checks().add(run.keeper());
    }

    @Override
    public void accept(Reading reading) {
        Figures now = run.figures();
        if (now.tally().in() > 0 || now.status().equals("RUNNING")) {
            scrapes(now, reading);
        }
        unread(now, reading);
        job(now, reading);
        latency(reading, Metric.APPEND_LATENCY, run.latencies(FeedMetrics.LOGGING));
        latency(reading, Metric.AGE, run.latencies(FeedMetrics.LATENCY));
        sites(run.sites(), reading);
        run.openShares().forEach((kind, count) -> reading.tell(Metric.ALERTS, count, feed, kind));
        room(now.room(), reading);
    }

    private void scrapes(Figures now, Reading reading) {
        Tally tally = now.tally();
        reading.tell(Metric.SCRAPES, tally.in(), feed);
        reading.tell(Metric.SCRAPE_BYTES, run.scrapeBytes(), feed);
        decided(reading, "changed", tally.changed());
        decided(reading, "unchanged", tally.unchanged());
        decided(reading, "stale", tally.stale());
        decided(reading, "seeded", tally.seeded());
        decided(reading, "unsettled", tally.unsettled());
        decided(reading, "held", tally.held());
        decided(reading, "late", tally.late());
        decided(reading, "dead", tally.dead());
        reading.tell(Metric.WAITING, now.order().waiting(), feed);
        reading.tell(Metric.TIED, now.tied(), feed);
    }

    private void decided(Reading reading, String result, long count) {
        reading.tell(Metric.DECIDED, count, feed, result);
    }

    private void unread(Figures now, Reading reading) {
        if (now.behind().known()) {
            reading.tell(Metric.UNREAD, now.behind().records(), feed);
            reading.tell(Metric.BEHIND, now.behind().millis() / MILLIS, feed);
        }
        if (now.newest().isNear()) {
            reading.tell(Metric.EVENT_LAG, Math.max(0, now.at() - now.newest().millis()) / MILLIS, feed);
        }
    }

    private void job(Figures now, Reading reading) {
        reading.tell(Metric.RUNNING, now.status().equals("RUNNING") ? 1 : 0, feed);
        reading.tell(Metric.RESTARTS, now.restarts(), feed);
        reading.tell(Metric.BUSY, now.work().busy(), feed);
        reading.tell(Metric.BACKPRESSURED, now.work().backpressured(), feed);
        Figures.Checkpoint last = now.checkpoint();
        reading.tell(Metric.CHECKPOINTS, last.completed(), feed);
        if (last.completed() > 0) {
            reading.tell(Metric.CHECKPOINT_AGE, Math.max(0, now.at() - last.completedAt()) / MILLIS, feed);
            reading.tell(Metric.CHECKPOINT_TIME, last.durationMillis() / MILLIS, feed);
            reading.tell(Metric.STATE, last.stateBytes(), feed);
        }
    }

    private void latency(Reading reading, Metric metric, LatencyWindow.Buckets all) {
        double[] bounds = Arrays.stream(LatencyWindow.bounds())
                .mapToDouble(millis -> millis / MILLIS)
                .toArray();
        reading.tell(metric, bounds, all.counts(), all.sumMillis() / MILLIS, feed);
    }

    private void sites(SiteFigures sites, Reading reading) {
        Map<String, Double> records = new HashMap<>();
        sites.sites().forEach((site, figure) -> records.put(site, (double) figure.records()));
        reading.tellSites(Metric.SITE_RECORDS, feed, records);
        Map<String, Double> refused = new HashMap<>();
        sites.sites().forEach((site, figure) -> refused.put(site, (double) figure.refused()));
        reading.tellSites(Metric.SITE_REFUSED, feed, refused, records);
        Map<String, Double> bytes = new HashMap<>();
        sites.sites().forEach((site, figure) -> bytes.put(site, (double) figure.bytes()));
        reading.tellSites(Metric.SITE_BYTES, feed, bytes, records);
        Map<String, Double> told = new HashMap<>();
        run.told().sites().forEach((site, count) -> told.put(site, (double) count.told()));
        reading.tellSites(Metric.SITE_TOLD, feed, told, records);
        // The busiest are named; silence cannot be added up, so of the others nothing is said.
        sites.sites().entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, SiteFigure>>comparingLong(
                                each -> -each.getValue().records())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(Metric.MOST_SITES)
                .forEach(each -> site(each.getKey(), each.getValue(), reading));
        sites.open().forEach((kind, count) -> reading.tell(Metric.ALERTS, count, feed, kind));
    }

    private void site(String name, SiteFigure site, Reading reading) {
        reading.tell(Metric.SITE_SILENT, site.silentMillis() / MILLIS, feed, name);
        Long limit = site.limitMillis();
        if (limit != null) {
            reading.tell(Metric.SITE_TO_TELL, limit / MILLIS, feed, name);
        }
    }

    private static void room(Room room, Reading reading) {
        if (room.heapLimit() == 0) {
            return;
        }
        reading.tell(Metric.HEAP_USED, room.heapUsed());
        if (room.heap() > 0) {
            reading.tell(Metric.HEAP_CLEARED, room.heap());
        }
        reading.tell(Metric.HEAP_LIMIT, room.heapLimit());
        reading.tell(Metric.DATA, room.disk());
        reading.tell(Metric.DISK_FREE, room.diskFree());
    }
}

package io.leat.app.status;

import io.leat.app.embedded.FeedRun;
import io.leat.app.embedded.Figures;
import io.leat.app.panel.Pace;
import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import io.leat.job.SiteFigures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Looks at a run once a second, so that it can be said how fast its figures grow. Thread-safe. */
final class JobSamples implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 1_000;
    private static final long SITES_EVERY_MILLIS = 5_000;
    private static final long SITES_WINDOW_MILLIS = 60_000;
    private static final double MINUTE = 60_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final FeedRun run;
    private final Pace pace = new Pace();
    private final FeedHistory history = new FeedHistory();
    private final Deque<SiteFigures> sites = new ArrayDeque<>();
    private final Kept work;
    private volatile boolean ending;

    /** @param keeper keeps the thread */
    JobSamples(FeedRun run, Keeper keeper) {
        this.run = run;
        this.work = keeper.keep("figures of " + run.feed().name(), this::look);
    }

    private void look() throws InterruptedException {
        while (!ending) {
            take(run.figures(), run.sites());
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private synchronized void take(Figures figures, SiteFigures seen) {
        pace.add(figures);
        history.add(point(figures));
        SiteFigures last = sites.peekLast();
        if (seen.atMillis() != Long.MIN_VALUE
                && (last == null || seen.atMillis() - last.atMillis() >= SITES_EVERY_MILLIS)) {
            sites.addLast(seen);
        }
        while (sites.size() > 1 && seen.atMillis() - sites.getFirst().atMillis() > SITES_WINDOW_MILLIS) {
            sites.removeFirst();
        }
    }

    private FeedHistory.Point point(Figures now) {
        var latency = now.latency().appended();
        return new FeedHistory.Point(
                now.at(),
                pace.in(),
                pace.out(),
                now.tally().in() == 0 ? Double.NaN : now.tally().suppressedShare(),
                latency.samples() == 0 ? Double.NaN : latency.p99Millis(),
                now.newest().isNear() ? Math.max(0, now.at() - now.newest().millis()) : Double.NaN);
    }

    synchronized ObjectNode history(long nowMillis) {
        return history.json(nowMillis);
    }

    synchronized ObjectNode job() {
        Figures figures = run.figures();
        pace.add(figures);
        return JobJson.write(figures, pace.in(), pace.out());
    }

    /** When the sites were last looked at; {@code null} before the first time, and where nobody watches. */
    @Nullable
    String sitesAsOf() {
        long at = run.sites().atMillis();
        return at == Long.MIN_VALUE ? null : Moments.text(at);
    }

    /** Each site, by name. */
    synchronized ArrayNode sites() {
        SiteFigures now = run.sites();
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        Map<String, Double> perMinute = perMinute(now);
        now.sites().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(each -> {
            ObjectNode site = json.addObject();
            var known = each.getValue();
            site.put("site", each.getKey());
            site.put("records", known.records());
            site.put("records_per_minute", perMinute.get(each.getKey()));
            site.put("refused", known.refused());
            site.put("last_seen", Moments.text(known.lastMillis()));
            site.put("silent_seconds", Moments.seconds(known.silentMillis()));
            site.put("learning", known.limitMillis() == null);
            site.put("silence_told_after_seconds", Moments.secondsOrNull(known.limitMillis()));
            site.put("drop_told_after_seconds", Moments.secondsOrNull(known.dropMillis()));
        });
        return json;
    }

    /** Over the last minute; of a site that was not there at its begin, nothing. */
    private Map<String, Double> perMinute(SiteFigures now) {
        Map<String, Double> paces = new LinkedHashMap<>();
        SiteFigures before = sites.peekFirst();
        if (before == null || now.atMillis() <= before.atMillis()) {
            return paces;
        }
        double minutes = (now.atMillis() - before.atMillis()) / MINUTE;
        now.sites().forEach((name, site) -> {
            var was = before.sites().get(name);
            if (was != null) {
                paces.put(name, (site.records() - was.records()) / minutes);
            }
        });
        return paces;
    }

    @Override
    public void close() {
        work.end(() -> ending = true, PATIENCE);
    }
}

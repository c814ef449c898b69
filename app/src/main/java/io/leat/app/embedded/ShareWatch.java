package io.leat.app.embedded;

import io.leat.core.Feed;
import io.leat.core.silence.ShareAlert;
import io.leat.core.silence.Shares;
import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import io.leat.format.AlertJson;
import io.leat.job.PartsFile;
import io.leat.job.SiteFigures;
import io.leat.job.SitesTold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches what the records of sites come to: beside the job, from its figures. What is learned is kept in the
 * data directory. Looks every few seconds on a thread of its own, and judges nothing while the job is behind.
 */
final class ShareWatch implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 5_000;
    private static final int LOOKS_PER_SAVE = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Feed feed;
    private final Broker broker;
    private final FiguresReporter figures;
    private final PartsFile file;
    private final Kept work;
    private volatile Map<String, Long> open = Map.of();
    private volatile boolean ending;

    /**
     * Begins to watch.
     *
     * @param figures what is known of the sites
     * @param kept where what is learned is kept
     * @param keeper keeps the thread
     */
    ShareWatch(Feed feed, Broker broker, FiguresReporter figures, Path kept, Keeper keeper) {
        this.feed = feed;
        this.broker = broker;
        this.figures = figures;
        this.file = new PartsFile(kept, Shares.LAYOUT);
        this.work = keeper.keep("shares of " + feed.name(), this::look);
    }

    /** How many alerts are open, by kind. */
    Map<String, Long> open() {
        return open;
    }

    private void look() throws InterruptedException {
        Shares shares = new Shares();
        file.read(shares::pass);
        try {
            long seen = Long.MIN_VALUE;
            long begun = 0;
            for (int looks = 1; !ending; looks++) {
                SiteFigures now = figures.sites();
                if (now.atMillis() != seen) { // else it is behind
                    SitesTold.Figures told = figures.told();
                    seen = now.atMillis();
                    take(shares, counts(now, told), seen, told.begun() == begun);
                    begun = told.begun();
                }
                if (looks % LOOKS_PER_SAVE == 0) {
                    file.write(shares::pass);
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } finally {
            file.write(shares::pass);
        }
    }

    private void take(Shares shares, Map<String, Shares.Count> counts, long at, boolean isWhole) {
        if (!isWhole) {
            shares.skip(counts, at);
            return;
        }
        AlertWriter writer = new AlertWriter(feed, broker);
        for (ShareAlert alert : shares.look(counts, at)) {
            writer.write(AlertJson.id(feed.name(), alert), AlertJson.write(feed.name(), alert));
        }
        open = shares.open();
    }

    private static Map<String, Shares.Count> counts(SiteFigures now, SitesTold.Figures told) {
        Map<String, Shares.Count> counts = new HashMap<>();
        now.sites().forEach((site, figure) -> {
            SitesTold.Count of = told.sites().get(site);
            counts.put(site, new Shares.Count(figure.records(), figure.refused(), of == null ? 0 : of.updates()));
        });
        return counts;
    }

    @Override
    public void close() {
        work.end(() -> ending = true, PATIENCE);
    }
}

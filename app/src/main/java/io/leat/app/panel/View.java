package io.leat.app.panel;

import io.leat.app.embedded.Figures;
import io.leat.app.feeding.Feeder.Progress;
import io.leat.core.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a panel shows at one moment.
 *
 * @param feed its name
 * @param broker where the Kafka is
 * @param http where scrapes are taken and changes served, {@code null} if nowhere
 * @param uptimeMillis since the command began
 * @param runningMillis since the job was first seen at work; 0 before
 * @param figures the latest
 * @param inPerSecond scrapes read per second
 * @param outPerSecond changes told per second
 * @param feeding how far a file has been fed, {@code null} if none is
 * @param sources who sends, and when last; empty if that is not watched
 * @param recent the newest changes, newest first
 */
public record View(
        String feed,
        String broker,
        @Nullable String http,
        long uptimeMillis,
        long runningMillis,
        Figures figures,
        double inPerSecond,
        double outPerSecond,
        @Nullable Progress feeding,
        List<Source> sources,
        List<Recent> recent) {

    public View {
        sources = List.copyOf(sources);
        recent = List.copyOf(recent);
    }

    /**
     * How long changes took to the log. What was there before the job was at work has waited for its start: that is no
     * figure of it, and not shown.
     */
    Figures.Latency appended() {
        Figures.Latency appended = figures.latency().appended();
        return appended.p99Millis() > runningMillis ? Figures.Latency.NONE : appended;
    }

    /** How old the news is; that of a recording says nothing. */
    Figures.Latency age() {
        Figures.Latency extracted = figures.latency().extracted();
        return figures.newest().isNear() ? extracted : Figures.Latency.NONE;
    }

    /**
     * One that sends scrapes.
     *
     * @param silentMillis since its last scrape arrived
     */
    public record Source(String name, long silentMillis) {}

    /**
     * A change that was just told. Its texts are fit for a terminal.
     *
     * @param ageMillis since its extraction
     * @param op what it did to its key
     */
    public record Recent(String key, String what, Op op, long ageMillis) {}
}

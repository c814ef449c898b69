package io.leat.app.panel;

import io.leat.app.embedded.Figures;

/** Figures as words; a dash where there is nothing to tell yet. */
final class Readings {

    static final long SILENT_MILLIS = 5_000;
    private static final String NONE = "–";

    private Readings() {}

    static String lag(Figures figures) {
        return figures.newestEventMillis() == Long.MIN_VALUE
                ? NONE
                : Amounts.span(Math.max(0, figures.at() - figures.newestEventMillis()));
    }

    static String checkpoint(Figures figures) {
        Figures.Checkpoint last = figures.checkpoint();
        return last.completed() == 0
                ? NONE
                : "%s, %s ago"
                        .formatted(
                                Amounts.span(last.durationMillis()),
                                Amounts.span(Math.max(0, figures.at() - last.completedAt())));
    }

    static String p50(Figures figures) {
        return figures.latency().samples() == 0
                ? NONE
                : Amounts.span(figures.latency().p50Millis());
    }

    static String p99(Figures figures) {
        return figures.latency().samples() == 0
                ? NONE
                : Amounts.span(figures.latency().p99Millis());
    }
}

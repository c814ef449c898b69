package io.leat.app.panel;

import io.leat.app.embedded.Figures;
import io.leat.app.feeding.Feeder.Progress;
import io.leat.app.log.SafeText;

/**
 * A moment on one line, for pipes and files: the same columns in every line, and after them what is not usual. All else is
 * on the panel and in {@code leat status}.
 */
public final class PlainLine {

    /** INITIALIZING. */
    private static final int LONGEST_STATUS = 12;

    private PlainLine() {}

    /** The line, without its end. */
    public static String of(View view) {
        Figures figures = view.figures();
        StringBuilder line = new StringBuilder();
        line.append(pad(Amounts.span(view.uptimeMillis()), 7))
                .append("  ")
                .append(pad(figures.status(), LONGEST_STATUS));
        column(line, "in", Amounts.count(figures.tally().in()) + " (" + Amounts.rate(view.inPerSecond()) + ")", 18);
        column(line, "out", Amounts.count(figures.tally().changed()), 7);
        column(line, "suppressed", Amounts.percent(figures.tally().suppressedShare()), 7);
        column(line, "dead", Amounts.count(figures.tally().dead()), 5);
        column(line, "unread", Readings.unread(figures), 7);
        column(line, "behind", Readings.behindBriefly(figures), 7);
        column(line, "p99", Readings.p99(view.appended()), 6);
        unusual(view, line);
        return line.toString().stripTrailing();
    }

    private static void unusual(View view, StringBuilder line) {
        Figures figures = view.figures();
        Progress feeding = view.feeding();
        if (feeding != null && !feeding.finished()) {
            line.append("  fed ").append(Feeding.brief(feeding));
        }
        ifAny(line, "stale", figures.tally().stale());
        ifAny(line, "held", figures.tally().held());
        ifAny(line, "late", figures.tally().late());
        ifAny(line, "waiting", figures.order().waiting());
        ifAny(line, "restarts", figures.restarts());
        if (figures.room().isShortOfMemory()) {
            line.append("  memory ").append(Readings.memory(figures));
        }
        if (figures.room().isShortOfDisk()) {
            line.append("  disk ").append(Readings.disk(figures));
        }
        if (figures.room().isStateLarge()) {
            line.append("  state ").append(Readings.state(figures));
        }
        view.sources().stream()
                .filter(source -> source.silentMillis() >= Readings.SILENT_MILLIS)
                .forEach(source -> line.append("  ")
                        .append(SafeText.of(source.name()))
                        .append(" silent for ")
                        .append(Amounts.span(source.silentMillis())));
    }

    private static void ifAny(StringBuilder line, String what, long count) {
        if (count > 0) {
            line.append("  ").append(what).append(' ').append(Amounts.count(count));
        }
    }

    private static void column(StringBuilder line, String what, String value, int width) {
        line.append("  ").append(what).append(' ').append(pad(value, width));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}

package io.leat.app.panel;

import io.leat.app.embedded.Figures;
import io.leat.app.feeding.Feeder.Progress;

/** A moment on one line, for pipes and files. */
public final class PlainLine {

    private PlainLine() {}

    /** The line, without its end. */
    public static String of(View view) {
        Figures figures = view.figures();
        StringBuilder line = new StringBuilder();
        line.append(Amounts.span(view.uptimeMillis())).append("  ").append(figures.status());
        Progress feeding = view.feeding();
        if (feeding != null) {
            line.append("  fed ").append(Feeding.text(feeding, view.uptimeMillis()));
        }
        line.append("  in ").append(Amounts.count(figures.tally().in()));
        line.append(" (").append(Amounts.rate(view.inPerSecond())).append(')');
        line.append("  out ").append(Amounts.count(figures.tally().changed()));
        line.append(" (").append(Amounts.rate(view.outPerSecond())).append(')');
        line.append("  suppressed ").append(Amounts.percent(figures.tally().suppressedShare()));
        line.append("  stale ").append(Amounts.count(figures.tally().stale()));
        line.append("  dead ").append(Amounts.count(figures.tally().dead()));
        held(figures, line);
        if (figures.order().waitMillis() > 0 || figures.tally().late() > 0) {
            line.append("  waits ").append(Readings.waits(figures));
            line.append("  late ").append(Amounts.count(figures.tally().late()));
        }
        line.append("  unread ").append(Readings.unread(figures));
        line.append("  behind ").append(Readings.behind(figures));
        line.append("  lag ").append(Readings.lag(figures));
        line.append("  busy ").append(Amounts.percent(figures.work().busy()));
        line.append("  backpressure ").append(Amounts.percent(figures.work().backpressured()));
        line.append("  checkpoint ").append(Readings.checkpoint(figures));
        line.append("  memory ").append(Readings.memory(figures));
        line.append(", ").append(Readings.cleared(figures)).append(" when cleared");
        line.append("  disk ").append(Readings.disk(figures));
        line.append("  state ").append(Readings.state(figures));
        Figures.Latencies latency = figures.latency();
        line.append("  p50 ").append(Readings.p50(latency.appended()));
        line.append("  p99 ").append(Readings.p99(latency.appended()));
        line.append("  age ").append(Readings.p50(latency.extracted()));
        view.sources().stream()
                .filter(source -> source.silentMillis() >= Readings.SILENT_MILLIS)
                .forEach(source -> line.append("  ")
                        .append(source.name())
                        .append(" silent for ")
                        .append(Amounts.span(source.silentMillis())));
        if (!view.recent().isEmpty()) {
            View.Recent newest = view.recent().get(0);
            line.append("  | ").append(newest.key()).append("  ").append(newest.what());
        }
        return line.toString();
    }

    private static void held(Figures figures, StringBuilder line) {
        if (figures.tally().held() > 0) {
            line.append("  held ").append(Amounts.count(figures.tally().held()));
        }
    }
}

package io.leat.app.panel;

import io.leat.app.embedded.Figures;
import io.leat.app.feeding.Feeder.Progress;
import io.leat.core.Op;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Lays a view out on a screen of a given size. Pure: the same view gives the same lines. */
public final class PanelText {

    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle DIM = AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT);
    private static final AttributedStyle STRONG = AttributedStyle.BOLD;
    private static final AttributedStyle GOOD = AttributedStyle.BOLD.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle WARN = AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW);
    private static final AttributedStyle BAD = AttributedStyle.BOLD.foreground(AttributedStyle.RED);

    private static final int LABEL = 15;
    /** Characters of one column: a letter outside the basic plane with two marks. */
    private static final int MOST_CHARS = 4;

    private static final int CELL = 36;

    private PanelText() {}

    /** The lines from the top, none wider than the screen, no more than it has. */
    public static List<AttributedString> lines(View view, int columns, int rows) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(title(view, columns));
        lines.add(rule(columns));
        grid(cells(view), columns, lines);
        Progress feeding = view.feeding();
        if (feeding != null) {
            lines.add(AttributedString.EMPTY);
            lines.add(bar(feeding, view.uptimeMillis(), columns));
        }
        if (!view.sources().isEmpty()) {
            lines.add(rule(columns));
            sources(view.sources(), columns, lines);
        }
        lines.add(rule(columns));
        int room = Math.max(0, rows - lines.size() - 1);
        if (view.recent().isEmpty()) {
            lines.add(new AttributedString(" no change yet", DIM));
        }
        view.recent().stream().limit(room).forEach(change -> lines.add(recent(change, columns)));
        while (lines.size() < rows - 1) {
            lines.add(AttributedString.EMPTY);
        }
        lines.add(new AttributedString(" Ctrl-C stops", DIM));
        return lines.stream()
                .limit(rows)
                .map(line -> line.columnSubSequence(0, columns))
                .toList();
    }

    private static AttributedString title(View view, int columns) {
        AttributedStringBuilder left = new AttributedStringBuilder()
                .append(" leat ", DIM)
                .append(view.feed(), STRONG)
                .append("  ")
                .append(view.figures().status(), ofStatus(view.figures().status()))
                .append(restarts(view.figures()), WARN);
        AttributedString right = new AttributedString(
                "up %s · kafka %s%s "
                        .formatted(
                                Amounts.span(view.uptimeMillis()),
                                view.broker(),
                                view.http() == null ? "" : " · http " + view.http()),
                DIM);
        int gap = columns - left.columnLength() - right.columnLength();
        return gap < 1
                ? left.toAttributedString()
                : left.append(" ".repeat(gap)).append(right).toAttributedString();
    }

    private static String restarts(Figures figures) {
        return figures.restarts() == 0 ? "" : "  restarted ×" + figures.restarts();
    }

    private static AttributedStyle ofStatus(String status) {
        return switch (status) {
            case "RUNNING" -> GOOD;
            case "FAILED", "FAILING" -> BAD;
            default -> WARN;
        };
    }

    private record Cell(String label, String value, AttributedStyle style, String note) {}

    private static List<Cell> cells(View view) {
        Figures now = view.figures();
        double hindered = now.work().backpressured();
        return List.of(
                new Cell("events in", Amounts.count(now.tally().in()), STRONG, Amounts.rate(view.inPerSecond())),
                new Cell("unread", Readings.unread(now), STRONG, ""),
                new Cell("append →", "", PLAIN, "change log"),
                new Cell("events out", Amounts.count(now.tally().changed()), STRONG, Amounts.rate(view.outPerSecond())),
                new Cell("behind", Readings.behind(now), STRONG, ""),
                new Cell("  p50", Readings.p50(view.appended()), STRONG, ""),
                new Cell("suppressed", Amounts.percent(now.tally().suppressedShare()), STRONG, ""),
                new Cell("busy", Amounts.percent(now.work().busy()), STRONG, ""),
                new Cell("  p99", Readings.p99(view.appended()), STRONG, ""),
                new Cell("stale", Amounts.count(now.tally().stale()), STRONG, ""),
                new Cell(
                        "backpressure",
                        Amounts.percent(hindered),
                        hindered > 0.5 ? BAD : hindered > 0.1 ? WARN : STRONG,
                        ""),
                new Cell("  age", Readings.p50(view.age()), STRONG, ""),
                new Cell("dead", Amounts.count(now.tally().dead()), now.tally().dead() > 0 ? WARN : STRONG, ""),
                new Cell("watermark lag", Readings.lag(now), STRONG, ""),
                new Cell("checkpoint", Readings.checkpoint(now), STRONG, ""),
                new Cell("memory", Readings.memory(now), now.room().isShortOfMemory() ? BAD : STRONG, ""),
                new Cell("when cleared", Readings.cleared(now), STRONG, ""),
                new Cell("waits", Readings.waits(now), STRONG, ""),
                new Cell("disk", Readings.disk(now), now.room().isShortOfDisk() ? BAD : STRONG, ""),
                new Cell("held", Amounts.count(now.tally().held()), STRONG, ""),
                new Cell("late", Amounts.count(now.tally().late()), STRONG, ""),
                new Cell("state", Readings.state(now), now.room().isStateLarge() ? BAD : STRONG, ""));
    }

    private static void grid(List<Cell> cells, int columns, List<AttributedString> lines) {
        int perLine = columns >= 3 * CELL ? 3 : 1;
        AttributedStringBuilder line = new AttributedStringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            int end = (i % perLine + 1) * CELL;
            line.append(" ").append(pad(cell.label(), LABEL), DIM);
            line.append(cell.value(), cell.style());
            line.append(cell.value().isEmpty() || cell.note().isEmpty() ? "" : "  ")
                    .append(cell.note(), DIM);
            if (i % perLine == perLine - 1) {
                lines.add(line.toAttributedString());
                line = new AttributedStringBuilder();
            } else {
                line.append(" ".repeat(Math.max(1, end - line.columnLength())));
            }
        }
        if (cells.size() % perLine != 0) {
            lines.add(line.toAttributedString());
        }
    }

    private static AttributedString bar(Progress feeding, long uptimeMillis, int columns) {
        String text = Feeding.text(feeding, uptimeMillis);
        int room = Math.max(0, Math.min(30, columns - text.length() - LABEL - 4));
        int full = (int) Math.round(room * Feeding.share(feeding));
        return new AttributedStringBuilder()
                .append(" ")
                .append(pad("file", LABEL), DIM)
                .append("█".repeat(full), GOOD)
                .append("░".repeat(room - full), DIM)
                .append(" ")
                .append(text)
                .toAttributedString();
    }

    private static void sources(List<View.Source> sources, int columns, List<AttributedString> lines) {
        int width = 27;
        int perLine = Math.max(1, (columns - 1) / width);
        AttributedStringBuilder line = new AttributedStringBuilder();
        for (int i = 0; i < sources.size(); i++) {
            View.Source source = sources.get(i);
            boolean silent = source.silentMillis() >= Readings.SILENT_MILLIS;
            line.append(silent ? " ○ " : " ● ", silent ? BAD : GOOD).append(source.name(), PLAIN);
            if (silent) {
                line.append(" silent %s s".formatted(source.silentMillis() / 1000), BAD);
            }
            if (i % perLine == perLine - 1 || i == sources.size() - 1) {
                lines.add(line.toAttributedString());
                line = new AttributedStringBuilder();
            } else {
                line.append(" ".repeat(Math.max(1, (i % perLine + 1) * width - line.columnLength())));
            }
        }
    }

    private static AttributedString recent(View.Recent change, int columns) {
        int keyWidth = Math.max(12, Math.min(30, columns / 4));
        return new AttributedStringBuilder()
                .append(" ")
                .append(pad(change.op().word(), 7), change.op() == Op.UPDATE ? GOOD : DIM)
                .append(column(change.key(), keyWidth), PLAIN)
                .append("  ")
                .append(column(change.what(), columns - keyWidth - 22), change.op() == Op.UPDATE ? STRONG : DIM)
                .append("  ")
                .append(Readings.age(change.ageMillis()), DIM)
                .toAttributedString();
    }

    private static AttributedString rule(int columns) {
        return new AttributedString("─".repeat(Math.max(0, columns)), DIM);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /**
     * The text cut or filled to a number of terminal columns, wide characters counted as such. What takes no column may
     * come in any number: it is cut too.
     */
    private static AttributedString column(String text, int width) {
        int most = Math.max(0, MOST_CHARS * width);
        AttributedString whole = new AttributedString(text.substring(0, Math.min(text.length(), most)));
        int length = whole.columnLength();
        if (length > width) {
            AttributedString cut = whole.columnSubSequence(0, Math.max(0, width - 1));
            return new AttributedStringBuilder().append(cut).append("…").toAttributedString();
        }
        return new AttributedStringBuilder()
                .append(whole)
                .append(" ".repeat(width - length))
                .toAttributedString();
    }
}

package io.leat.app.status;

import static io.leat.app.panel.JsonAmounts.NONE;
import static io.leat.app.panel.JsonAmounts.count;
import static io.leat.app.panel.JsonAmounts.percent;
import static io.leat.app.panel.JsonAmounts.span;

import io.leat.app.log.SafeText;
import io.leat.app.panel.Amounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import tools.jackson.databind.JsonNode;

/** A status as a person reads it; what nobody has measured is a dash. Pure: the same status gives the same lines. */
public final class StatusText {

    private static final AttributedStyle DIM = AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT);
    private static final AttributedStyle STRONG = AttributedStyle.BOLD;
    private static final AttributedStyle GOOD = AttributedStyle.BOLD.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle WARN = AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW);
    private static final AttributedStyle BAD = AttributedStyle.BOLD.foreground(AttributedStyle.RED);
    private static final int LABEL = 16;
    private static final int VALUE = 16;
    private static final int NAME = 24;
    private static final double STALE_SECONDS = 10;

    private StatusText() {}

    /** All there is to say. */
    public static List<AttributedString> lines(JsonNode status, long nowMillis) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(title(status, nowMillis));
        job(status.path("job"), lines);
        sites(status.path("watch"), lines);
        sinks(status.path("sinks"), lines);
        alerts(status.path("alerts"), nowMillis, lines);
        return lines;
    }

    /** The same cut to a screen. */
    public static List<AttributedString> lines(JsonNode status, long nowMillis, int columns, int rows) {
        List<AttributedString> all = lines(status, nowMillis);
        List<AttributedString> shown = new ArrayList<>(all.subList(0, Math.min(all.size(), Math.max(0, rows - 1))));
        int left = all.size() - shown.size();
        shown.add(new AttributedString(
                (left > 0 ? " %s more lines; leat status shows all. ".formatted(left) : " ") + "Ctrl-C stops", DIM));
        return shown.stream().map(line -> line.columnSubSequence(0, columns)).toList();
    }

    private static AttributedString title(JsonNode status, long nowMillis) {
        String word = status.path("job").path("status").asString("");
        double age = age(status, nowMillis);
        AttributedStringBuilder title = new AttributedStringBuilder().append("feed ", DIM);
        title.append(text(status, "feed"), STRONG).append("  ");
        title.append(
                word.isEmpty() ? "job runs elsewhere" : word,
                word.equals("RUNNING") ? GOOD : word.isEmpty() ? DIM : word.startsWith("FAIL") ? BAD : WARN);
        long restarts = status.path("job").path("restarts").asLong(0);
        title.append(restarts == 0 ? "" : "  restarted ×" + restarts, WARN);
        return title.append("   as of " + Amounts.span(1_000 * age) + " ago", age > STALE_SECONDS ? BAD : DIM)
                .toAttributedString();
    }

    private static double age(JsonNode status, long nowMillis) {
        String at = status.path("as_of").asString("");
        return at.isEmpty() ? 0 : Math.max(0, nowMillis - Instant.parse(at).toEpochMilli()) / 1_000.0;
    }

    private static void job(JsonNode job, List<AttributedString> lines) {
        if (!job.isObject()) {
            return;
        }
        JsonNode unread = job.path("unread");
        JsonNode latency = job.path("latency");
        double hindered = job.path("backpressured").asDouble(0);
        long dead = job.path("decided").path("dead").asLong(0);
        lines.add(row(
                new Cell("events in", count(job.path("records")), STRONG),
                new Cell("", Amounts.rate(job.path("records_per_second").asDouble(0)), DIM),
                new Cell("watermark lag", span(job.path("event_lag_seconds")), STRONG)));
        lines.add(row(
                new Cell("events out", count(job.path("told")), STRONG),
                new Cell("", Amounts.rate(job.path("told_per_second").asDouble(0)), DIM),
                new Cell("unread", unread(unread), unread.path("records").asLong(0) > 0 ? WARN : STRONG)));
        lines.add(row(
                new Cell("suppressed", percent(job.path("suppressed_share")), STRONG),
                new Cell("", "", DIM),
                new Cell("busy", percent(job.path("busy")), STRONG)));
        lines.add(row(
                new Cell("refused", Amounts.count(dead), dead > 0 ? WARN : STRONG),
                new Cell("", "", DIM),
                new Cell(
                        "backpressure",
                        percent(job.path("backpressured")),
                        hindered > 0.5 ? BAD : hindered > 0.1 ? WARN : STRONG)));
        lines.add(row(
                new Cell("p99 to the log", span(latency.path("append_to_log").path("p99_seconds")), STRONG),
                new Cell("", "", DIM),
                new Cell("last checkpoint", ago(job.path("checkpoint").path("age_seconds")), STRONG)));
        lines.add(row(
                new Cell("p99 of age", span(latency.path("extraction_to_log").path("p99_seconds")), STRONG),
                new Cell("", "", DIM),
                new Cell("heap cleared", heap(job.path("room")), STRONG)));
    }

    private static String unread(JsonNode unread) {
        long records = unread.path("records").asLong(0);
        return records == 0
                ? count(unread.path("records"))
                : "%s, %s, partition %s"
                        .formatted(
                                count(unread.path("records")), span(unread.path("seconds")), unread.path("partition"));
    }

    private static String heap(JsonNode room) {
        JsonNode cleared = room.path("heap_cleared_bytes");
        return cleared.isNumber()
                ? "%s of %s"
                        .formatted(
                                Amounts.bytes(cleared.asLong()),
                                Amounts.bytes(room.path("heap_limit_bytes").asLong(0)))
                : NONE;
    }

    private static void sites(JsonNode watch, List<AttributedString> lines) {
        if (!watch.path("by").isString()) {
            return;
        }
        lines.add(heading("sites", "records", "a minute", "refused", "seen", "silence told", "drop told"));
        if (watch.path("sites").isEmpty()) {
            lines.add(new AttributedString(
                    watch.path("as_of").isString()
                            ? "  none has sent yet"
                            : "  not looked at yet, or watched elsewhere",
                    DIM));
        }
        StreamSupport.stream(watch.path("sites").spliterator(), false)
                .sorted(Comparator.comparingDouble(StatusText::urgency).reversed())
                .forEach(site -> lines.add(site(site)));
    }

    /** The share of its limit that a site has been silent for. */
    private static double urgency(JsonNode site) {
        JsonNode limit = site.path("silence_told_after_seconds");
        return limit.isNumber() ? site.path("silent_seconds").asDouble(0) / limit.asDouble(1) : 0;
    }

    private static AttributedString site(JsonNode site) {
        double urgency = urgency(site);
        JsonNode limit = site.path("silence_told_after_seconds");
        JsonNode perMinute = site.path("records_per_minute");
        return new AttributedStringBuilder()
                .append(urgency > 1 ? "○ " : "● ", urgency > 1 ? BAD : urgency > 0.5 ? WARN : GOOD)
                .append(cut(text(site, "site"), NAME - 2))
                .append(right(count(site.path("records")), 12), STRONG)
                .append(right(perMinute.isNumber() ? Amounts.count(Math.round(perMinute.asDouble(0))) : NONE, 12))
                .append(right(count(site.path("refused")), 12))
                .append(right(ago(site.path("silent_seconds")), 14), urgency > 1 ? BAD : AttributedStyle.DEFAULT)
                .append(right(limit.isNumber() ? "after " + span(limit) : "learning", 16), DIM)
                .append(
                        right(
                                site.path("drop_told_after_seconds").isNumber()
                                        ? "after " + span(site.path("drop_told_after_seconds"))
                                        : NONE,
                                16),
                        DIM)
                .toAttributedString();
    }

    private static void sinks(JsonNode sinks, List<AttributedString> lines) {
        if (sinks.isEmpty()) {
            return;
        }
        lines.add(heading("sinks", "state", "lag", "minutes", "breaker", "delivered", "undelivered"));
        sinks.forEach(sink -> {
            String state = sink.path("state").asString("");
            String breaker = sink.path("breaker").asString(NONE);
            long undelivered = sink.path("here").path("undelivered").asLong(0);
            boolean isActive = state.equals("active");
            lines.add(new AttributedStringBuilder()
                    .append(isActive && !breaker.equals("open") ? "● " : "○ ", isActive ? GOOD : BAD)
                    .append(cut(text(sink, "name") + " (" + text(sink, "kind") + ")", NAME - 2))
                    .append(right(state, 12), isActive ? AttributedStyle.DEFAULT : BAD)
                    .append(right(count(sink.path("lag_records")), 12), STRONG)
                    .append(right(minutes(sink.path("lag_minutes")), 12))
                    .append(right(breaker, 14), breaker.equals("open") ? BAD : DIM)
                    .append(right(count(sink.path("here").path("delivered")), 16))
                    .append(right(Amounts.count(undelivered), 16), undelivered > 0 ? BAD : AttributedStyle.DEFAULT)
                    .toAttributedString());
            if (sink.path("reason").isString()) {
                lines.add(new AttributedString("    " + text(sink, "reason"), BAD));
            }
        });
    }

    private static void alerts(JsonNode alerts, long nowMillis, List<AttributedString> lines) {
        lines.add(heading("alerts", "", "", "", "", "", ""));
        if (alerts.isEmpty()) {
            lines.add(new AttributedString("  none open", DIM));
        }
        alerts.forEach(alert -> {
            String since = alert.path("since").asString(alert.path("at").asString(""));
            lines.add(new AttributedStringBuilder()
                    .append("! ", BAD)
                    .append(cut(text(alert, "alert") + " " + text(alert, "state"), NAME - 2), BAD)
                    .append(" ")
                    .append(List.of("site", "field", "what").stream()
                            .filter(alert::has)
                            .map(member -> text(alert, member))
                            .reduce("", (one, other) -> (one + " " + other).strip()))
                    .append(
                            since.isEmpty()
                                    ? ""
                                    : "  for "
                                            + Amounts.span(Math.max(
                                                    0,
                                                    nowMillis
                                                            - Instant.parse(since)
                                                                    .toEpochMilli())),
                            DIM)
                    .toAttributedString());
        });
    }

    private record Cell(String label, String value, AttributedStyle style) {}

    private static AttributedString row(Cell... cells) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        for (Cell cell : cells) {
            if (!cell.label().isEmpty()) {
                line.append("  ").append(left(cell.label(), LABEL), DIM);
            }
            line.append(left(cell.value(), VALUE), cell.style());
        }
        return line.toAttributedString();
    }

    private static AttributedString heading(String name, String... columns) {
        AttributedStringBuilder line = new AttributedStringBuilder().append(left(name, NAME), STRONG);
        int[] widths = {12, 12, 12, 14, 16, 16};
        for (int i = 0; i < columns.length; i++) {
            line.append(right(columns[i], widths[i]), DIM);
        }
        return line.toAttributedString();
    }

    private static String text(JsonNode node, String member) {
        return SafeText.of(node.path(member).asString(""));
    }

    private static String ago(JsonNode seconds) {
        return seconds.isNumber() ? span(seconds) + " ago" : NONE;
    }

    private static String minutes(JsonNode minutes) {
        return minutes.isNumber() ? String.format(java.util.Locale.ROOT, "%.1f", minutes.asDouble()) : NONE;
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(1, width - text.length())) + text;
    }

    private static AttributedString cut(String text, int width) {
        AttributedString whole = new AttributedString(text.substring(0, Math.min(text.length(), 4 * width)));
        AttributedString fit = whole.columnLength() <= width ? whole : whole.columnSubSequence(0, width);
        return new AttributedStringBuilder()
                .append(fit)
                .append(" ".repeat(Math.max(0, width - fit.columnLength())))
                .toAttributedString();
    }
}

package io.leat.app.report;

import io.leat.app.log.SafeText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A report for a terminal. */
public final class ReportText {

    private static final int FIRST = 24;
    private static final int SECOND = 24;

    private ReportText() {}

    /** Its lines. */
    public static List<String> lines(JsonNode report) {
        List<String> lines = new ArrayList<>();
        lines.add(head(report));
        for (ReportRows.Table table : ReportRows.of(report)) {
            lines.add("");
            lines.add(table.title());
            for (List<String> row : table.rows()) {
                lines.add(
                        SafeText.of("  %s%s%s".formatted(left(row.get(0), FIRST), left(row.get(1), SECOND), row.get(2)))
                                .stripTrailing());
            }
        }
        return lines;
    }

    /** What it is of; and if the raw topic begins later than the span, from when on scrapes are known. */
    static String head(JsonNode report) {
        String from = report.path("from").asString("");
        String known = report.path("raw_from").asString("");
        return "feed %s, %s to %s%s"
                .formatted(
                        report.path("feed").asString(""),
                        from,
                        report.path("to").asString(""),
                        known.compareTo(from) > 0 ? "; scrapes are known from " + known : "");
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}

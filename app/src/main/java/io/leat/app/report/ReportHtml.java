package io.leat.app.report;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A report as one page that needs nothing else: no script, no address, nothing from elsewhere. */
public final class ReportHtml {

    private static final String STYLE =
            """
            :root{color-scheme:light dark}
            body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.5rem;margin-bottom:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
            p{margin:.25rem 0;opacity:.8}
            table{border-collapse:collapse;width:100%}
            th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid rgba(128,128,128,.35);vertical-align:top}
            th{font-weight:600;width:14rem}td:nth-child(2){white-space:nowrap;font-variant-numeric:tabular-nums}
            """;

    private ReportHtml() {}

    /** The page. */
    public static String page(JsonNode report) {
        StringBuilder page = new StringBuilder();
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src")
                .append(" 'unsafe-inline'\">\n")
                .append("<title>")
                .append(escaped("Report of " + report.path("feed").asString("")))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escaped("Report of " + report.path("feed").asString("")))
                .append("</h1>\n<p>")
                .append(escaped(ReportText.head(report)))
                .append("</p>\n");
        for (ReportRows.Table table : ReportRows.of(report)) {
            page.append("<h2>").append(escaped(table.title())).append("</h2>\n<table>\n");
            for (List<String> row : table.rows()) {
                page.append("<tr><th scope=\"row\">")
                        .append(escaped(row.get(0)))
                        .append("</th><td>")
                        .append(escaped(row.get(1)))
                        .append("</td><td>")
                        .append(escaped(row.get(2)))
                        .append("</td></tr>\n");
            }
            page.append("</table>\n");
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

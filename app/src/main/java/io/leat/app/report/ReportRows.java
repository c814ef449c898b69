package io.leat.app.report;

import static io.leat.app.panel.JsonAmounts.NONE;
import static io.leat.app.panel.JsonAmounts.count;
import static io.leat.app.panel.JsonAmounts.percent;
import static io.leat.app.panel.JsonAmounts.span;

import io.leat.app.panel.Amounts;
import io.leat.core.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A report as a person reads it: titled tables of text. Pure. */
final class ReportRows {

    private ReportRows() {}

    /**
     * A table.
     *
     * @param title what it shows
     * @param rows each of as many cells; the first are labels
     */
    record Table(String title, List<List<String>> rows) {}

    static List<Table> of(JsonNode report) {
        List<Table> tables = new ArrayList<>();
        tables.add(new Table("Told and kept back", totals(report)));
        List<List<String>> rules = new ArrayList<>();
        report.path("not_told")
                .properties()
                .forEach(rule -> rules.add(List.of(rule.getKey(), count(rule.getValue()), meaning(rule.getKey()))));
        if (!rules.isEmpty()) {
            tables.add(new Table("Not told, by rule", rules));
        }
        for (JsonNode client : report.path("clients")) {
            tables.add(new Table("Delivered to " + client.path("client").asString(""), client(client)));
        }
        List<List<String>> alerts = new ArrayList<>();
        for (JsonNode alert : report.path("alerts").path("list")) {
            alerts.add(List.of(
                    alert.path("alert").asString("") + " " + alert.path("state").asString(""),
                    alert.path("site").asString(alert.path("what").asString("")),
                    alert.path("since").asString(alert.path("at").asString(""))));
        }
        tables.add(new Table("Alerts", alerts.isEmpty() ? List.of(List.of("none", "", "")) : alerts));
        return tables;
    }

    private static List<List<String>> totals(JsonNode report) {
        return List.of(
                List.of("scrapes", count(report.path("records")), bytes(report.path("record_bytes"))),
                List.of("changes told", count(report.path("told")), bytes(report.path("told_bytes"))),
                List.of("suppressed", percent(report.path("suppressed_share")), ""),
                List.of("bytes saved", bytes(report.path("bytes_saved")), ""),
                List.of(
                        "extraction to log",
                        "p50 " + span(report.path("extraction_to_log").path("p50_seconds")),
                        "p99 " + span(report.path("extraction_to_log").path("p99_seconds"))));
    }

    private static List<List<String>> client(JsonNode client) {
        return List.of(
                List.of("delivered", count(client.path("delivered")), bytes(client.path("bytes"))),
                List.of("waiting", count(client.path("waiting")), ""),
                List.of("undelivered", count(client.path("undelivered")), ""),
                List.of("not asked for", count(client.path("filtered_out")), ""),
                List.of("bytes saved", bytes(client.path("bytes_saved")), ""),
                List.of("attempts", count(client.path("attempts")), count(client.path("failed_attempts")) + " failed"),
                List.of(
                        "log to client",
                        "p50 " + span(client.path("log_to_client").path("p50_seconds")),
                        "p99 " + span(client.path("log_to_client").path("p99_seconds"))),
                List.of(
                        "extraction to client",
                        "p50 " + span(client.path("extraction_to_client").path("p50_seconds")),
                        "p99 " + span(client.path("extraction_to_client").path("p99_seconds"))));
    }

    private static String meaning(String rule) {
        return switch (rule) {
            case "refused" -> "It breaks the contract, or cannot be read.";
            case "late" -> "It came after a newer one of its key had been let go.";
            default -> Reason.valueOf(rule.toUpperCase(Locale.ROOT)).sentence();
        };
    }

    private static String bytes(JsonNode number) {
        return number.isNumber() ? Amounts.bytes(number.asLong()) : NONE;
    }
}

package io.leat.bench.result;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An outcome as Markdown: medians over the rotations. */
final class Page {

    private final Outcome outcome;
    private final StringBuilder out = new StringBuilder();

    Page(Outcome outcome) {
        this.outcome = outcome;
        line("# Latency and throughput, all systems in one run");
        line("");
        line("Milliseconds; each figure is the median over the rotations of that figure. See bench/README.md for what");
        line("each system does and does not do.");
        outcome.paces().forEach(this::latency);
        throughput();
        about();
    }

    private void latency(int perSecond) {
        line("");
        line(String.format(Locale.ROOT, "## %,d records a second", perSecond));
        line("");
        line("| system | append → visible p50 | p99 | p99.9 | intended send → visible p50 | p99 | p99.9 "
                + "| caught up after | lost | repeated | cores: system | broker | driver | others |");
        line("| --- " + "| ---: ".repeat(13) + "|");
        for (Map.Entry<String, List<Cell>> each : outcome.at(perSecond).entrySet()) {
            List<Cell> cells = each.getValue();
            Spread append = Spread.median(cells.stream().map(Cell::fromAppend).toList());
            Spread intended =
                    Spread.median(cells.stream().map(Cell::fromIntended).toList());
            row(
                    each.getKey(),
                    number(append.p50()),
                    number(append.p99()),
                    number(append.p999()),
                    number(intended.p50()),
                    number(intended.p99()),
                    number(intended.p999()),
                    number(Spread.median(cells, Cell::catchUpMillis)),
                    Long.toString(cells.stream().mapToLong(Cell::lost).sum()),
                    Long.toString(cells.stream().mapToLong(Cell::repeated).sum()),
                    number(Spread.median(cells, Cell::systemCores)),
                    number(Spread.median(cells, Cell::brokerCores)),
                    number(Spread.median(cells, Cell::driverCores)),
                    number(Spread.median(cells, Cell::otherCores)));
        }
    }

    private void throughput() {
        if (outcome.drains().isEmpty()) {
            return;
        }
        Map<String, List<Drain>> bySystem = outcome.drains().stream().collect(Collectors.groupingBy(Drain::system));
        line("");
        line("## Draining a filled raw topic");
        line("");
        line("| system | records a second | system CPU µs a record | broker CPU µs a record |");
        line("| --- | ---: | ---: | ---: |");
        for (String system : outcome.systems().keySet()) {
            List<Drain> drains = bySystem.getOrDefault(system, List.of());
            row(
                    system,
                    String.format(Locale.ROOT, "%,.0f", Spread.median(drains, Drain::recordsPerSecond)),
                    number(Spread.median(drains, Drain::cpuMicrosPerRecord)),
                    number(Spread.median(drains, drain -> drain.brokerCpuSeconds() * 1e6 / drain.records())));
        }
    }

    private void about() {
        line("");
        line("## What was run");
        line("");
        outcome.systems().forEach((system, description) -> line("- **%s**: %s".formatted(system, description)));
        line("");
        line("| | |");
        line("| --- | --- |");
        outcome.about().forEach((name, value) -> row(name, value));
    }

    private void row(String... columns) {
        line("| " + String.join(" | ", columns) + " |");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, number >= 100 ? "%.0f" : number >= 10 ? "%.1f" : "%.2f", number);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

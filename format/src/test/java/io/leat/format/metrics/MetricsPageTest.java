package io.leat.format.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.GeneratedPage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The reference of metrics is written from their declarations; {@code -Dleat.docs.write=true} rewrites it. */
class MetricsPageTest {

    private static final Path PAGE = Path.of("../docs/reference/metrics.md");

    /** Whoever scrapes sets these, and a series for each key or address has no end. */
    private static final List<String> NEVER = List.of("job", "instance", "key", "url", "le", "quantile");

    @Test
    void thePageIsNotStale() {
        GeneratedPage.check(PAGE, page());
    }

    @Test
    void namesKeepTheConventions() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::title)).doesNotHaveDuplicates();
        for (Metric metric : Metric.values()) {
            assertThat(metric.title()).matches("leat(_[a-z]+)+");
            assertThat(metric.title().endsWith("_total"))
                    .as(metric.title())
                    .isEqualTo(metric.kind() == Metric.Kind.COUNTER);
            assertThat(metric.title())
                    .as("seconds and bytes, nothing else")
                    .doesNotContain("_ms", "milli", "_percent", "_mb", "_minutes");
            assertThat(metric.labels()).as(metric.title()).doesNotContainAnyElementsOf(NEVER);
            assertThat(metric.meaning()).endsWith(".");
        }
    }

    private static String page() {
        StringBuilder page = new StringBuilder(
                "<!-- Generated from code. Change the code, then run: mvn -pl format -am verify -Dleat.docs.write=true -->\n\n");
        page.append(
                """
                # Metrics

                `/metrics` of a process shows them as Prometheus text. Rules and a dashboard for them are in
                [`monitoring`](../../monitoring). Times are in seconds, sizes in bytes, shares from 0 to 1. What is not known
                is absent, never 0. Sites are told by name up to %d, the busiest first; the rest share `source="%s"`.

                Counters of a feed are part of its checkpoints: after a restart, or `kill -9`, they go on where the change log stands.
                Those of a gateway and of sinks begin at 0 with their process, `leat_source_changes_total` with the job.

                ## Equations

                    leat_scrapes_total = sum of leat_scrapes_decided_total + leat_scrapes_waiting
                    leat_sink_changes_total = sum of leat_sink_done_total + leat_sink_waiting

                A scrape that is being decided while one looks may be missing on the right for a moment.

                Suppressed of a site, of all and of a client, and the bytes that a client did not have to read again:

                    1 - rate(leat_source_changes_total) / rate(leat_source_records_total)
                    1 - rate(leat_scrapes_decided_total{result="changed"}) / rate(leat_scrapes_total)
                    1 - rate(leat_sink_done_total{result="delivered"}) / rate(leat_scrapes_total)
                    rate(leat_scrape_bytes_total) - rate(leat_sink_delivered_bytes_total)

                | name | kind | labels | meaning |
                | --- | --- | --- | --- |
                """
                        .formatted(Metric.MOST_SITES, Metric.OTHER));
        for (Metric metric : Metric.values()) {
            page.append("| `").append(metric.title()).append("` | ");
            page.append(metric.kind().name().toLowerCase(Locale.ROOT)).append(" | ");
            page.append(String.join(", ", metric.labels())).append(" | ");
            page.append(metric.meaning()).append(" |\n");
        }
        return page.toString();
    }
}

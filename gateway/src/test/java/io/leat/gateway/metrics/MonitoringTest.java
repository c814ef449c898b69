package io.leat.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.format.metrics.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules and the dashboard in {@code monitoring/} fit what is measured. */
class MonitoringTest {

    private static final Path FOLDER = Path.of("../monitoring");
    private static final Pattern NAME = Pattern.compile("\\bleat(?:_[a-z]+)+\\b");
    private static final Set<String> TITLES =
            Arrays.stream(Metric.values()).map(Metric::title).collect(Collectors.toSet());

    @Test
    void promtoolAcceptsTheRulesAndTheirTests() throws Exception {
        assumeTrue(isThere(), "promtool is not installed (Debian: prometheus): the rules are not checked");
        assertThat(promtool("check", "rules", "rules.yml")).contains("SUCCESS");
        assertThat(promtool("test", "rules", "rules.test.yml")).contains("SUCCESS");
    }

    private static boolean isThere() {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "promtool")));
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void onlyWhatIsMeasuredIsAskedFor() throws IOException {
        for (String file : List.of("rules.yml", "rules.test.yml", "grafana-dashboard.json")) {
            List<String> names = NAME.matcher(Files.readString(FOLDER.resolve(file)))
                    .results()
                    .map(found -> found.group().replaceFirst("_(bucket|sum|count)$", ""))
                    .toList();
            assertThat(names).as(file).isNotEmpty();
            assertThat(TITLES).as(file).containsAll(names);
        }
    }

    @Test
    void theDashboardKeepsTheRulesOfDashboards() throws IOException {
        JsonNode dashboard = new JsonMapper().readTree(Files.readString(FOLDER.resolve("grafana-dashboard.json")));
        assertThat(dashboard.required("editable").booleanValue()).isFalse();
        assertThat(dashboard
                        .required("templating")
                        .required("list")
                        .get(0)
                        .required("type")
                        .stringValue())
                .isEqualTo("datasource");
        for (JsonNode panel : dashboard.required("panels")) {
            String title = panel.required("title").stringValue();
            assertThat(title).isNotBlank();
            assertThat(panel.required("description").stringValue()).as(title).isNotBlank();
            assertThat(panel.required("fieldConfig")
                            .required("defaults")
                            .required("unit")
                            .stringValue())
                    .as(title)
                    .isNotBlank();
            for (JsonNode target : panel.required("targets")) {
                assertThat(target.required("datasource").required("uid").stringValue())
                        .as(title)
                        .isEqualTo("${datasource}");
                query(title, target.required("expr").stringValue());
            }
        }
    }

    private static void query(String title, String query) {
        for (Metric metric : Metric.values()) {
            String counted = metric.title() + (metric.kind() == Metric.Kind.HISTOGRAM ? "_bucket" : "");
            if (metric.kind() != Metric.Kind.GAUGE && query.contains(counted)) {
                assertThat(query)
                        .as("%s: counters are shown as rates", title)
                        .containsPattern("(rate|increase)\\(" + counted)
                        .contains("[$__rate_interval]");
            }
        }
    }

    @Test
    void sitesBeyondTheMostShareOneSeries() {
        Map<String, Double> sites = new HashMap<>();
        for (int i = 1; i <= Metric.MOST_SITES + 10; i++) {
            sites.put("site-" + i, (double) i);
        }
        Meters meters = new Meters();
        meters.add(each -> each.tellSites(Metric.SITE_RECORDS, "prices", sites));
        String text = new String(meters.text(), StandardCharsets.UTF_8);
        assertThat(text.lines().filter(line -> line.startsWith("leat_source_records_total{")))
                .hasSize(Metric.MOST_SITES + 1)
                .contains("leat_source_records_total{feed=\"prices\",source=\"other\"} 55.0");
        assertThat(text).contains("# TYPE leat_source_records_total counter");
    }
}

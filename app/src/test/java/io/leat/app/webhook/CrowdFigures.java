package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * p99 of each kind of those sinks that are not struck, in milliseconds, over windows of calm and windows in which others are struck,
 * by turns: what else the machine does meets both alike, and of several windows the median counts.
 */
final class CrowdFigures {

    /**
     * So many times as long may it take while others are struck, and so many milliseconds on top. A machine that builds beside the
     * test leaves no tenth to be seen; who waits for what is struck waits for a second and more.
     */
    private static final double FACTOR = Double.parseDouble(System.getProperty("leat.crowd.factor", "1.5"));

    private static final int SLACK_MILLIS = Integer.getInteger("leat.crowd.slack", 500);

    private final Map<String, List<Double>> calm = new LinkedHashMap<>();
    private final Map<String, List<Double>> struck = new LinkedHashMap<>();

    /** @param p99 by kind */
    void addCalm(Map<String, Double> p99) {
        add(p99, calm);
    }

    /** @param p99 by kind */
    void addStruck(Map<String, Double> p99) {
        add(p99, struck);
    }

    private static void add(Map<String, Double> p99, Map<String, List<Double>> to) {
        p99.forEach((kind, millis) ->
                to.computeIfAbsent(kind, first -> new ArrayList<>()).add(millis));
    }

    /** Nobody is kept up by what is struck. */
    void areUnmoved() {
        calm.forEach((kind, windows) -> assertThat(median(struck.get(kind)))
                .as("p99 of %s: calm %s, struck %s", kind, windows, struck.get(kind))
                .isLessThanOrEqualTo(FACTOR * median(windows) + SLACK_MILLIS));
    }

    /** A row of each kind. */
    String rows() {
        StringBuilder rows = new StringBuilder();
        calm.forEach((kind, windows) -> {
            double before = median(windows);
            double meanwhile = median(struck.get(kind));
            rows.append("| %s | %.0f ms | %.0f ms | %.2f |%n".formatted(kind, before, meanwhile, meanwhile / before));
        });
        return rows.toString();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}

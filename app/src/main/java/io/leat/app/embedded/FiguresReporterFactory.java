package io.leat.app.embedded;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * How Flink finds the reporter of a run: by class name, with a name that leads back to the {@link FiguresReporter} made
 * before the cluster was started.
 */
public final class FiguresReporterFactory implements MetricReporterFactory {

    static final String RUN = "run";

    private static final Map<String, FiguresReporter> WAITING = new ConcurrentHashMap<>();

    /** Lets the reporter be found under a name, once. */
    static void offer(String run, FiguresReporter reporter) {
        WAITING.put(run, reporter);
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        FiguresReporter reporter = WAITING.remove(properties.getProperty(RUN, ""));
        return reporter == null ? new FiguresReporter() : reporter;
    }
}

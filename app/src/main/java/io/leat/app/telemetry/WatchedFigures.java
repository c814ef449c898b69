package io.leat.app.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;
import java.util.List;

/**
 * Sends the figures of one scope, without those that the SDK counts of itself, and has somebody look whether they arrive. Thread-safe
 * as far as the exporter is.
 */
record WatchedFigures(MetricExporter exporter, String scope, Reach reach) implements MetricExporter {

    @Override
    public CompletableResultCode export(Collection<MetricData> figures) {
        List<MetricData> ours = figures.stream()
                .filter(figure -> figure.getInstrumentationScopeInfo().getName().equals(scope))
                .toList();
        return ours.isEmpty() ? CompletableResultCode.ofSuccess() : reach.of(exporter.export(ours));
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return exporter.getAggregationTemporality(type);
    }
}

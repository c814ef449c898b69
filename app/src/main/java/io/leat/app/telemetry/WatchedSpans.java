package io.leat.app.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/** Sends spans, and has somebody look whether they arrive. Thread-safe as far as the exporter is. */
record WatchedSpans(SpanExporter exporter, Reach reach) implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return reach.of(exporter.export(spans));
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}

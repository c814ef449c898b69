package io.leat.app.telemetry;

import io.leat.format.spans.Spans;
import io.leat.gateway.metrics.Meters;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The SDK at work, configured by its own variables. Its threads collect and send; what is told here goes into a bounded queue. For
 * one thread.
 */
final class OtlpExport {

    private static final String SCOPE = "io.leat";
    private static final long PATIENCE_MILLIS = 2_000;
    /** The SDK's own log says the same each minute, on standard error; held here, or it would be forgotten. */
    private static final Logger TALK = Logger.getLogger("io.opentelemetry");

    private final Reach reach = new Reach();
    private final Figures figures;
    private final GivenIds ids = new GivenIds();
    private final OpenTelemetrySdk sdk;
    private boolean tellsSpans;

    /**
     * The process that is told of.
     *
     * @param version Leat's
     * @param command what it does
     */
    record Emitter(String version, String command) {}

    /**
     * Begins.
     *
     * @param traces whether a collector is named for spans
     * @param metrics whether one is for figures
     * @throws RuntimeException if what the variables say cannot be used
     */
    OtlpExport(Emitter process, boolean traces, boolean metrics, InstantSource clock) {
        figures = new Figures(SCOPE, clock);
        TALK.setLevel(Level.OFF);
        sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> usual(traces, metrics))
                .addResourceCustomizer((given, config) -> about(process).merge(given))
                .addTracerProviderCustomizer((provider, config) -> provider.setIdGenerator(ids))
                .addSpanExporterCustomizer((exporter, config) -> {
                    tellsSpans = true;
                    return new WatchedSpans(exporter, reach);
                })
                .addMeterProviderCustomizer((provider, config) -> provider.registerMetricProducer(figures))
                .addMetricExporterCustomizer((exporter, config) -> new WatchedFigures(exporter, SCOPE, reach))
                .build()
                .getOpenTelemetrySdk();
        if (tellsSpans) {
            Spans.tellTo(new SpanTeller(sdk.getTracer(SCOPE), ids));
        }
    }

    /** What holds where the variables say nothing. */
    private static Map<String, String> usual(boolean traces, boolean metrics) {
        return Map.of(
                "otel.service.name",
                "leat",
                "otel.exporter.otlp.protocol",
                "http/protobuf",
                "otel.traces.exporter",
                traces ? "otlp" : "none",
                "otel.metrics.exporter",
                metrics ? "otlp" : "none",
                "otel.logs.exporter",
                "none");
    }

    private static Resource about(Emitter process) {
        return Resource.create(Attributes.builder()
                .put("service.version", process.version())
                .put("service.instance.id", UUID.randomUUID().toString())
                .put("leat.command", process.command())
                .build());
    }

    void show(Meters meters) {
        figures.show(meters);
    }

    /** Tells the figures a last time. */
    void showNothing() {
        sdk.getSdkMeterProvider().forceFlush().join(patienceMillis(), TimeUnit.MILLISECONDS);
        figures.show(null);
    }

    void close() {
        sdk.shutdown().join(patienceMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nobody waits for a collector that is known not to answer. */
    private long patienceMillis() {
        return reach.isLost() ? 0 : PATIENCE_MILLIS;
    }
}

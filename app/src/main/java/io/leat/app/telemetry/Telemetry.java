package io.leat.app.telemetry;

import io.leat.app.exit.Failure;
import io.leat.format.spans.Spans;
import io.leat.gateway.metrics.Meters;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The figures and spans of this process on their way to a collector, if its environment names one by OpenTelemetry's variables;
 * otherwise nothing of it is even loaded. A collector that cannot be reached holds nothing up: what waits for it is bounded, and
 * the rest is dropped. For one thread.
 */
public final class Telemetry implements AutoCloseable {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String TRACES = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private static final String METRICS = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private static final String DISABLED = "OTEL_SDK_DISABLED";

    private final @Nullable OtlpExport export;

    /** Figures are told until this is closed. */
    public interface Showing extends AutoCloseable {
        @Override
        void close();
    }

    private Telemetry(@Nullable OtlpExport export) {
        this.export = export;
    }

    /**
     * Begins, if a collector is named.
     *
     * @param env environment variables by name, the process's own
     * @param version Leat's
     * @param command what the process does: {@code run}, {@code gateway}, {@code deliver}
     * @throws Failure if what the variables say cannot be used
     */
    public static Telemetry begin(
            UnaryOperator<@Nullable String> env, InstantSource clock, String version, String command) {
        boolean all = isSet(env, ENDPOINT);
        boolean traces = all || isSet(env, TRACES);
        boolean metrics = all || isSet(env, METRICS);
        if (!traces && !metrics || "true".equalsIgnoreCase(env.apply(DISABLED))) {
            return new Telemetry(null);
        }
        try {
            return new Telemetry(new OtlpExport(new OtlpExport.Emitter(version, command), traces, metrics, clock));
        } catch (RuntimeException e) {
            throw Failure.environment(
                            "LEAT-484",
                            "What OpenTelemetry's variables say cannot be used: %s.".formatted(reason(e)),
                            "Set " + ENDPOINT
                                    + " to where a collector takes OTLP over HTTP, http://HOST:4318, or unset it.")
                    .because(e);
        }
    }

    private static boolean isSet(UnaryOperator<@Nullable String> env, String name) {
        String value = env.apply(name);
        return value != null && !value.isBlank();
    }

    private static String reason(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage()).replaceFirst("\\.$", "");
    }

    /** Tells the figures of this process from now on, every minute if nothing else is asked for, and at the close once more. */
    public Showing show(Meters meters) {
        OtlpExport running = export;
        if (running == null) {
            return () -> {};
        }
        running.show(meters);
        return running::showNothing;
    }

    @Override
    public void close() {
        if (export != null) {
            Spans.tellTo(null);
            export.close();
        }
    }
}

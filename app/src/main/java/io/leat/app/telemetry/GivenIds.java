package io.leat.app.telemetry;

import io.opentelemetry.sdk.trace.IdGenerator;
import org.jspecify.annotations.Nullable;

/** Gives a span the id that was handed on with it before it was over. Thread-safe. */
final class GivenIds implements IdGenerator {

    private final IdGenerator others = IdGenerator.random();
    private final ThreadLocal<@Nullable String> next = new ThreadLocal<>();

    /** Makes something whose span has this id. */
    void with(String spanId, Runnable making) {
        next.set(spanId);
        try {
            making.run();
        } finally {
            next.remove();
        }
    }

    @Override
    public String generateSpanId() {
        String given = next.get();
        return given == null ? others.generateSpanId() : given;
    }

    @Override
    public String generateTraceId() {
        return others.generateTraceId();
    }
}

package io.leat.app.telemetry;

import io.leat.format.Traceparent;
import io.leat.format.spans.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hands the spans of Leat to the SDK, whose queue drops what it has no room for. Thread-safe. */
final class SpanTeller implements Consumer<Span> {

    private final Tracer tracer;
    private final GivenIds ids;

    SpanTeller(Tracer tracer, GivenIds ids) {
        this.tracer = tracer;
        this.ids = ids;
    }

    @Override
    public void accept(Span span) {
        ids.with(span.id(), () -> tell(span));
    }

    private void tell(Span span) {
        SpanContext parent = SpanContext.createFromRemoteParent(
                Traceparent.traceId(span.parent()),
                Traceparent.parentId(span.parent()),
                TraceFlags.getSampled(),
                TraceState.getDefault());
        io.opentelemetry.api.trace.Span told = tracer.spanBuilder(span.stage().word())
                .setSpanKind(kind(span.stage()))
                .setParent(Context.root().with(io.opentelemetry.api.trace.Span.wrap(parent)))
                .setStartTimestamp(span.beganMillis(), TimeUnit.MILLISECONDS)
                .startSpan();
        span.about().forEach((name, value) -> {
            if (value instanceof Long number) {
                told.setAttribute(name, number);
            } else {
                told.setAttribute(name, value.toString());
            }
        });
        String trouble = span.trouble();
        if (trouble != null) {
            told.setStatus(StatusCode.ERROR, trouble);
        }
        told.end(Math.max(span.beganMillis(), span.endedMillis()), TimeUnit.MILLISECONDS);
    }

    private static SpanKind kind(Span.Stage stage) {
        return switch (stage) {
            case INGEST -> SpanKind.SERVER;
            case RAW -> SpanKind.CONSUMER;
            case CHANGE -> SpanKind.INTERNAL;
            case DELIVERY -> SpanKind.CLIENT;
        };
    }
}

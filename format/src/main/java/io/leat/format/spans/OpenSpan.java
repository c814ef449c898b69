package io.leat.format.spans;

import io.leat.format.Traceparent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span that is not over.
 *
 * @param parent the {@code traceparent} that its stage was given
 * @param beganMillis milliseconds since 1970
 */
public record OpenSpan(Span.Stage stage, String parent, String id, long beganMillis) {

    /**
     * Begins a span.
     *
     * @param parent the {@code traceparent} that the stage was given; {@code null} for none
     * @return {@code null} if nobody wants it
     */
    public static @Nullable OpenSpan begin(Span.Stage stage, @Nullable String parent, long nowMillis) {
        return parent != null && Spans.areWanted(parent) ? new OpenSpan(stage, parent, Spans.newId(), nowMillis) : null;
    }

    /** What the stage hands on: a {@code traceparent} below this span. */
    public String traceparent() {
        return Traceparent.below(parent, id);
    }

    /**
     * It is over.
     *
     * @param about what is known of it
     * @param trouble what went wrong; {@code null} if nothing did
     */
    public void end(long nowMillis, Map<String, Object> about, @Nullable String trouble) {
        Spans.tell(new Span(stage, parent, id, beganMillis, nowMillis, about, trouble));
    }
}

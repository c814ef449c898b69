package io.leat.format.spans;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.format.Traceparent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpansTest {

    private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String UNSAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    private final List<Span> heard = new ArrayList<>();

    @AfterEach
    void nobodyHears() {
        Spans.tellTo(null);
    }

    @Test
    void nothingIsBegunThatNobodyWants() {
        assertThat(OpenSpan.begin(Span.Stage.INGEST, SAMPLED, 1)).isNull();
        Spans.tellTo(heard::add);
        assertThat(OpenSpan.begin(Span.Stage.INGEST, UNSAMPLED, 1)).isNull();
        assertThat(OpenSpan.begin(Span.Stage.INGEST, null, 1)).isNull();
        assertThat(OpenSpan.begin(Span.Stage.INGEST, SAMPLED, 1)).isNotNull();
        assertThat(heard).isEmpty();
    }

    @Test
    void aSpanIsToldAtItsEndAndHandsOnATraceparentOfItsOwn() {
        Spans.tellTo(heard::add);
        OpenSpan span = Objects.requireNonNull(OpenSpan.begin(Span.Stage.INGEST, SAMPLED, 5));
        assertThat(Traceparent.of(span.traceparent())).isEqualTo(span.traceparent());
        assertThat(Traceparent.traceId(span.traceparent())).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(Traceparent.parentId(span.traceparent())).isEqualTo(span.id());
        assertThat(Traceparent.isSampled(span.traceparent())).isTrue();
        span.end(9, Map.of("a", 1L), "status 500");
        assertThat(heard)
                .containsExactly(new Span(Span.Stage.INGEST, SAMPLED, span.id(), 5, 9, Map.of("a", 1L), "status 500"));
    }

    @Test
    void whatIsRepeatedAfterACrashHasTheSameIdAndNothingElseHas() {
        String id = Spans.idOf(Span.Stage.RAW, SAMPLED, "raw/0@7");
        assertThat(id).matches("[0-9a-f]{16}").isEqualTo(Spans.idOf(Span.Stage.RAW, SAMPLED, "raw/0@7"));
        assertThat(List.of(
                        id,
                        Spans.idOf(Span.Stage.CHANGE, SAMPLED, "raw/0@7"),
                        Spans.idOf(Span.Stage.RAW, UNSAMPLED, "raw/0@7"),
                        Spans.idOf(Span.Stage.RAW, SAMPLED, "raw/0@8")))
                .doesNotHaveDuplicates();
    }
}

package io.leat.delivery;

import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.lane.LogEntry;
import io.leat.delivery.lane.Outcome;
import io.leat.delivery.lane.Send;
import io.leat.format.spans.OpenSpan;
import io.leat.format.spans.Span;
import io.leat.format.spans.Spans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The spans of one attempt at a subscription: one for each change whose scrape belongs to a trace that somebody collects. */
final class AttemptSpans {

    static final AttemptSpans NONE = new AttemptSpans(List.of());

    private final List<Traced> open;

    private record Traced(OpenSpan span, long offset, Map<String, Object> about) {}

    private AttemptSpans(List<Traced> open) {
        this.open = open;
    }

    /** An attempt at a webhook begins. */
    static AttemptSpans begin(Send send, Standing standing, long nowMillis) {
        if (!Spans.areHeard()) {
            return NONE;
        }
        List<Traced> open = new ArrayList<>();
        send.entries().forEach(change -> begin(open, change, standing, send.attempt(), nowMillis));
        return new AttemptSpans(open);
    }

    /**
     * A batch is given to an end, or given again.
     *
     * @param attempt 1 for the first
     */
    static AttemptSpans begin(Batch batch, Standing standing, int attempt, long nowMillis) {
        if (!Spans.areHeard()) {
            return NONE;
        }
        List<Traced> open = new ArrayList<>();
        for (Arrival arrival : batch.arrivals()) {
            if (arrival.change() != null) {
                begin(open, arrival.change(), standing, attempt, nowMillis);
            }
        }
        return new AttemptSpans(open);
    }

    private static void begin(List<Traced> open, LogEntry change, Standing standing, int attempt, long nowMillis) {
        OpenSpan span = OpenSpan.begin(Span.Stage.DELIVERY, change.trace(), nowMillis);
        if (span != null) {
            open.add(new Traced(span, change.offset(), about(change, standing, attempt)));
        }
    }

    private static Map<String, Object> about(LogEntry change, Standing standing, int attempt) {
        return Map.of(
                "leat.sink",
                standing.subscription().name(),
                "leat.sink.kind",
                standing.subscription().sink().kind(),
                "leat.change",
                change.id(),
                "leat.attempt",
                (long) attempt);
    }

    /** The letter with its own span as where it comes from, if it has one. */
    Letter in(Letter letter) {
        return letter.trace() == null || open.isEmpty()
                ? letter
                : letter.from(open.get(0).span().traceparent());
    }

    /** The receiver has answered, or has not. */
    void end(Outcome outcome, long nowMillis) {
        if (open.isEmpty()) {
            return;
        }
        Map<String, Object> answer = outcome instanceof Outcome.Answered answered
                ? Map.of("http.response.status_code", (long) answered.status())
                : Map.of();
        end(answer, OneOff.isDelivered(outcome) ? null : OneOff.words(outcome), nowMillis);
    }

    /** Every one of them has failed. */
    void fail(String trouble, long nowMillis) {
        end(Map.of(), trouble, nowMillis);
    }

    private void end(Map<String, Object> answer, @Nullable String trouble, long nowMillis) {
        for (Traced each : open) {
            Map<String, Object> about = new HashMap<>(each.about());
            about.putAll(answer);
            each.span().end(nowMillis, about, trouble);
        }
    }

    /**
     * All below an offset have arrived.
     *
     * @return those that have not
     */
    AttemptSpans arrived(long offset, long nowMillis) {
        if (open.isEmpty()) {
            return this;
        }
        List<Traced> left = new ArrayList<>();
        for (Traced each : open) {
            if (each.offset() < offset) {
                each.span().end(nowMillis, each.about(), null);
            } else {
                left.add(each);
            }
        }
        return left.isEmpty() ? NONE : new AttemptSpans(left);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }
}

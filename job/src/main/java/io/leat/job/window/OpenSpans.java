package io.leat.job.window;

import io.leat.core.Reading;
import io.leat.core.Window;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * The spans a reading belongs to, less those that were closed before the last restart: Flink has forgotten them and its
 * watermark begins anew, so it would take the reading for the first of its span and tell a result that replaces the right
 * one.
 */
final class OpenSpans extends WindowAssigner<Object, TimeWindow> {

    private static final long serialVersionUID = 1L;

    private final SlidingEventTimeWindows spans;
    private final long allowedLatenessMillis;
    private final SilenceTrigger trigger;

    OpenSpans(Window window, SilenceTrigger trigger) {
        this.spans = SlidingEventTimeWindows.of(window.every(), window.slide());
        this.allowedLatenessMillis = window.allowedLateness().toMillis();
        this.trigger = trigger;
    }

    @Override
    public Collection<TimeWindow> assignWindows(Object element, long timestamp, WindowAssignerContext context) {
        long closed = ((Reading) element).closed();
        Collection<TimeWindow> all = spans.assignWindows(element, timestamp, context);
        if (closed == Long.MIN_VALUE) {
            return all;
        }
        List<TimeWindow> open = all.stream()
                .filter(span -> span.getEnd() + allowedLatenessMillis > closed)
                .toList();
        return open;
    }

    @Override
    public Trigger<Object, TimeWindow> getDefaultTrigger() {
        return trigger;
    }

    @Override
    public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig config) {
        return spans.getWindowSerializer(config);
    }

    @Override
    public boolean isEventTime() {
        return true;
    }
}

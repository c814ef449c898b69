package io.leat.job.window;

import io.leat.core.Reading;
import io.leat.core.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * The spans a reading belongs to, less those that are closed. Flink would not know it: its watermark waits for other
 * partitions, and begins anew after a restart, when it would take a late reading for the first of its span and tell a
 * result that replaces the right one.
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
        List<TimeWindow> open = new ArrayList<>();
        for (TimeWindow span : spans.assignWindows(element, timestamp, context)) {
            if (span.getEnd() + allowedLatenessMillis > closed) {
                open.add(span);
            }
        }
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

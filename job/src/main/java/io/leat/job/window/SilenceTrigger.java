package io.leat.job.window;

import java.time.Duration;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Tells a span when event time has passed its end, again for each item that comes after that, and once before if event
 * time stands still: when as much time has passed by the job's clock as the span had left, and a while more. What is told
 * early is corrected like anything else, so silence never loses an item.
 */
final class SilenceTrigger extends Trigger<Object, TimeWindow> {

    private static final long serialVersionUID = 1L;

    private final long patienceMillis;
    private final ValueStateDescriptor<Long> due = new ValueStateDescriptor<>("due", LongSerializer.INSTANCE);

    SilenceTrigger(Duration patience) {
        this.patienceMillis = patience.toMillis();
    }

    @Override
    public TriggerResult onElement(Object element, long timestamp, TimeWindow span, TriggerContext context)
            throws Exception {
        if (span.maxTimestamp() <= context.getCurrentWatermark()) {
            return TriggerResult.FIRE;
        }
        context.registerEventTimeTimer(span.maxTimestamp());
        ValueState<Long> silence = context.getPartitionedState(due);
        if (silence.value() == null) {
            long at = context.getCurrentProcessingTime() + span.getEnd() - timestamp + patienceMillis;
            context.registerProcessingTimeTimer(at);
            silence.update(at);
        }
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, TimeWindow span, TriggerContext context) {
        context.getPartitionedState(due).clear();
        return TriggerResult.FIRE;
    }

    @Override
    public TriggerResult onEventTime(long time, TimeWindow span, TriggerContext context) throws Exception {
        if (time != span.maxTimestamp()) {
            return TriggerResult.CONTINUE;
        }
        forget(context);
        return TriggerResult.FIRE;
    }

    @Override
    public void clear(TimeWindow span, TriggerContext context) throws Exception {
        context.deleteEventTimeTimer(span.maxTimestamp());
        forget(context);
    }

    private void forget(TriggerContext context) throws Exception {
        ValueState<Long> silence = context.getPartitionedState(due);
        Long at = silence.value();
        if (at != null) {
            context.deleteProcessingTimeTimer(at);
            silence.clear();
        }
    }
}

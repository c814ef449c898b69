package io.leat.job;

import io.leat.core.Change;
import io.leat.job.log.ChangeLog;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.metrics.TimerGauge;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/** Hears from the log for its task: ends that when the log fails, and measures. Thread-safe. */
final class LogOwner implements ChangeLog.Owner {

    private static final long LATENCY_SPAN_MILLIS = 5_000;

    private final LatencyWindow latency = new LatencyWindow(LATENCY_SPAN_MILLIS);
    private final LatencyWindow logging = new LatencyWindow(LATENCY_SPAN_MILLIS);
    private final Environment task;
    private final ProcessingTimeService clock;
    private final TimerGauge waiting;

    LogOwner(Environment task, MetricGroup operator, ProcessingTimeService clock) {
        this.task = task;
        this.clock = clock;
        this.waiting = task.getMetricGroup().getIOMetricGroup().getHardBackPressuredTimePerSecond();
        MetricGroup group = operator.addGroup(FeedMetrics.GROUP);
        group.histogram(FeedMetrics.LATENCY, latency);
        group.histogram(FeedMetrics.LOGGING, logging);
    }

    /** Flink sees a task wait for the next one; nobody is next to the log. */
    @Override
    public void waits(boolean isWaiting) {
        if (isWaiting) {
            waiting.markStart();
        } else {
            waiting.markEnd();
        }
    }

    @Override
    public void failed(Throwable cause) {
        task.failExternally(Refusals.meaning(cause));
    }

    @Override
    public void committed(Change change, long taken) {
        long now = clock.getCurrentProcessingTime();
        latency.add(now - Math.floorDiv(change.eventTime(), 1_000), now);
        if (taken != ChangeLog.UNKNOWN) {
            logging.add(now - taken, now);
        }
    }
}

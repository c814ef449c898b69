package io.leat.job;

import io.leat.core.Change;
import io.leat.job.log.ChangeLog;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.metrics.TimerGauge;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/** Hears from the log for its task: ends that when the log fails, and measures. Thread-safe. */
final class LogOwner implements ChangeLog.Owner {

    private static final long LATENCY_SPAN_MILLIS = 5_000;

    private final LatencyWindow latency;
    private final LatencyWindow logging;
    private final Environment task;
    private final ProcessingTimeService clock;
    private final TimerGauge waiting;
    private final @Nullable SitesTold sites;

    LogOwner(Environment task, MetricGroup operator, ProcessingTimeService clock, @Nullable SitesTold sites) {
        this.task = task;
        this.clock = clock;
        this.latency = new LatencyWindow(LATENCY_SPAN_MILLIS, clock::getCurrentProcessingTime);
        this.logging = new LatencyWindow(LATENCY_SPAN_MILLIS, clock::getCurrentProcessingTime);
        this.sites = sites;
        this.waiting = task.getMetricGroup().getIOMetricGroup().getHardBackPressuredTimePerSecond();
        MetricGroup group = operator.addGroup(FeedMetrics.GROUP);
        group.histogram(FeedMetrics.LATENCY, latency);
        group.histogram(FeedMetrics.LOGGING, logging);
        if (sites != null) {
            group.gauge(FeedMetrics.SITES_TOLD, sites);
        }
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
        if (sites != null) {
            sites.told(change);
        }
    }
}

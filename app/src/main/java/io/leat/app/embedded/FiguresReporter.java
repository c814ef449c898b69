package io.leat.app.embedded;

import io.leat.app.embedded.Figures.Checkpoint;
import io.leat.app.embedded.Figures.Latency;
import io.leat.core.Tally;
import io.leat.job.FeedMetrics;
import io.leat.job.LatencyWindow;
import io.leat.job.SiteFigures;
import io.leat.job.SitesGauge;
import io.leat.job.SitesTold;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.metrics.TimerGauge;

/**
 * Collects the figures of one run from Flink's metrics, over all subtasks.
 *
 * <p>Thread-safe: Flink's threads add and remove metrics, any thread may take {@link #figures}.
 */
public final class FiguresReporter implements MetricReporter {

    private static final String COMPLETED = "numberOfCompletedCheckpoints";
    private static final String DURATION = "lastCheckpointDuration";
    private static final String COMPLETED_AT = "lastCheckpointCompletedTimestamp";
    private static final String STATE_BYTES = "lastCheckpointFullSize";
    private static final String RESTARTS = "numRestarts";

    private static final List<String> OURS = List.of(
            FeedMetrics.IN,
            FeedMetrics.DEAD,
            FeedMetrics.CHANGED,
            FeedMetrics.UNCHANGED,
            FeedMetrics.STALE,
            FeedMetrics.TIED,
            FeedMetrics.SEEDED,
            FeedMetrics.UNSETTLED,
            FeedMetrics.HELD,
            FeedMetrics.LATE,
            FeedMetrics.WAITING,
            FeedMetrics.PENDING,
            FeedMetrics.WAIT,
            FeedMetrics.LATENCY,
            FeedMetrics.LOGGING,
            FeedMetrics.EVENT_TIME,
            FeedMetrics.EVENT_AGE,
            FeedMetrics.BYTES,
            FeedMetrics.SITES_TOLD,
            FeedMetrics.SITES);
    private static final List<String> FLINKS = List.of(COMPLETED, DURATION, COMPLETED_AT, STATE_BYTES, RESTARTS);

    private final Map<String, List<Metric>> metrics = new ConcurrentHashMap<>();
    private final Map<Metric, Integer> partitions = new ConcurrentHashMap<>();
    private final Map<String, TaskTime> tasks = new ConcurrentHashMap<>();

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (name.equals(FeedMetrics.NEXT_OFFSET)) {
            String[] scope = group.getScopeComponents();
            partitions.put(metric, Integer.valueOf(scope[scope.length - 1]));
        } else if (metric instanceof TimerGauge gauge) {
            clock(gauge, name, group);
        } else if (isWatched(name, group)) {
            metrics.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>()).add(metric);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        partitions.remove(metric);
        if (name.equals(MetricNames.TASK_IDLE_TIME)) {
            tasks.remove(group.getMetricIdentifier(""));
        }
        metrics.getOrDefault(name, new CopyOnWriteArrayList<>()).remove(metric);
    }

    private void clock(TimerGauge gauge, String name, MetricGroup group) {
        switch (name) {
            case MetricNames.TASK_IDLE_TIME -> task(group).idle(gauge);
            case MetricNames.TASK_SOFT_BACK_PRESSURED_TIME, MetricNames.TASK_HARD_BACK_PRESSURED_TIME ->
                task(group).waiting(gauge);
            default -> {}
        }
    }

    private TaskTime task(MetricGroup group) {
        return tasks.computeIfAbsent(group.getMetricIdentifier(""), any -> new TaskTime(System::nanoTime));
    }

    private static boolean isWatched(String name, MetricGroup group) {
        String[] scope = group.getScopeComponents();
        boolean inOurGroup = scope.length > 0 && scope[scope.length - 1].equals(FeedMetrics.GROUP);
        return inOurGroup ? OURS.contains(name) : FLINKS.contains(name);
    }

    /** The figures as they are now. */
    public Figures figures(long nowMillis, String status) {
        long changed = count(FeedMetrics.CHANGED);
        long unchanged = count(FeedMetrics.UNCHANGED);
        long stale = count(FeedMetrics.STALE);
        long dead = count(FeedMetrics.DEAD);
        long late = count(FeedMetrics.LATE);
        long seeded = count(FeedMetrics.SEEDED);
        long unsettled = count(FeedMetrics.UNSETTLED);
        long held = count(FeedMetrics.HELD);
        // Counted first in the job, so read last: what is decided has been read.
        Tally tally = new Tally(count(FeedMetrics.IN), changed, unchanged, stale, dead, late, seeded, unsettled, held);
        return new Figures(
                nowMillis,
                status,
                tally,
                count(FeedMetrics.TIED),
                Math.max(0, gauge(RESTARTS, 0, Math::max)),
                new Figures.Newest(
                        gauge(FeedMetrics.EVENT_TIME, Long.MIN_VALUE, Math::max),
                        gauge(FeedMetrics.EVENT_AGE, 0, Math::max)),
                work(),
                nextOffsets(),
                Figures.Behind.UNKNOWN,
                new Checkpoint(
                        gauge(COMPLETED, 0, Math::max),
                        Math.max(0, gauge(DURATION, 0, Math::max)),
                        Math.max(0, gauge(COMPLETED_AT, 0, Math::max)),
                        Math.max(0, gauge(STATE_BYTES, 0, Math::max))),
                new Figures.Latencies(latency(FeedMetrics.LOGGING), latency(FeedMetrics.LATENCY)),
                new Figures.Order(
                        gauge(FeedMetrics.WAITING, 0, Long::sum) + gauge(FeedMetrics.PENDING, 0, Long::sum),
                        gauge(FeedMetrics.WAIT, 0, Math::max)),
                Room.UNKNOWN);
    }

    /** The job's counters are part of its state: they go on where a checkpoint left them. */
    private long count(String name) {
        return metrics.getOrDefault(name, List.of()).stream()
                .mapToLong(metric -> metric instanceof Counter counter ? counter.getCount() : 0)
                .sum();
    }

    private Figures.Work work() {
        double busy = 0;
        double waiting = 0;
        for (TaskTime task : tasks.values()) {
            if (!task.isWhole()) {
                continue;
            }
            TaskTime.Shares shares = task.shares();
            busy = Math.max(busy, shares.busy());
            waiting = Math.max(waiting, shares.waiting());
        }
        return new Figures.Work(busy, waiting);
    }

    /** The next offset to read of each raw partition; none for one that has not been read. */
    public Map<Integer, Long> nextOffsets() {
        Map<Integer, Long> next = new HashMap<>();
        partitions.forEach(
                (metric, partition) -> value(metric).forEach(offset -> next.merge(partition, offset, Math::max)));
        return next;
    }

    private long gauge(String name, long none, LongBinaryOperator choose) {
        return metrics.getOrDefault(name, List.of()).stream()
                .flatMapToLong(FiguresReporter::value)
                .reduce(choose)
                .orElse(none);
    }

    private static LongStream value(Metric metric) {
        if (metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
            double value = number.doubleValue();
            return Double.isNaN(value) ? LongStream.empty() : LongStream.of(number.longValue());
        }
        return metric instanceof Counter counter ? LongStream.of(counter.getCount()) : LongStream.empty();
    }

    private Latency latency(String name) {
        long[] samples = metrics.getOrDefault(name, List.of()).stream()
                .flatMapToLong(metric -> metric instanceof Histogram histogram
                        ? Arrays.stream(histogram.getStatistics().getValues())
                        : LongStream.empty())
                .sorted()
                .toArray();
        return samples.length == 0
                ? Latency.NONE
                : new Latency(samples.length, quantile(samples, 0.5), quantile(samples, 0.99));
    }

    /** What is known of the sites; nothing where nobody watches. */
    SiteFigures sites() {
        for (Metric metric : metrics.getOrDefault(FeedMetrics.SITES, List.of())) {
            if (metric instanceof SitesGauge gauge) {
                return gauge.getValue();
            }
        }
        return SiteFigures.NONE;
    }

    /** Changes told of each site since the job's last start; nothing where nobody watches. */
    SitesTold.Figures told() {
        SitesTold.Figures all = SitesTold.Figures.NONE;
        for (Metric metric : metrics.getOrDefault(FeedMetrics.SITES_TOLD, List.of())) {
            if (metric instanceof SitesTold part) {
                all = all.and(part.getValue());
            }
        }
        return all;
    }

    /** Bytes of the scrapes that were read. */
    long bytes() {
        return count(FeedMetrics.BYTES);
    }

    /** See {@link SitesGauge#accept}; whether somebody watches who can be told. */
    boolean acceptGap(String site, long sinceMillis) {
        for (Metric metric : metrics.getOrDefault(FeedMetrics.SITES, List.of())) {
            if (metric instanceof SitesGauge gauge) {
                gauge.accept(site, sinceMillis);
                return true;
            }
        }
        return false;
    }

    /** All durations of one kind since the job's last start. */
    LatencyWindow.Buckets latencies(String name) {
        long[] counts = new long[LatencyWindow.bounds().length + 1];
        long sum = 0;
        for (Metric metric : metrics.getOrDefault(name, List.of())) {
            if (metric instanceof LatencyWindow window) {
                LatencyWindow.Buckets buckets = window.buckets();
                Arrays.setAll(counts, i -> counts[i] + buckets.counts()[i]);
                sum += buckets.sumMillis();
            }
        }
        return new LatencyWindow.Buckets(counts, sum);
    }

    private static double quantile(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
    }
}
